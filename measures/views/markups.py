"""Mark-ups of a chart: one form each, one verb to withdraw any."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from measures import rules
from measures.forms.markups import AnnotationForm, MarkUpForm
from measures.models import Measure
from measures.pages.measure import readers
from measures.pages.measure.chart import reading
from measures.pages.measure.freezing import freezing_costs, points_up_to
from measures.pages.measure.marks import annotated_periods, marks_of
from measures.services import markups
from measures.services.rights import ensure_changeable
from measures.views.measure import find
from measures.views.trails import measure_trail
from organizations.http import SignedInRequest
from p2.errors import ensure
from p2.web.forms import rules_beside

PAGES = {
    "annotation": (
        gettext_lazy("Write on the chart"),
        gettext_lazy("Write it"),
        gettext_lazy(
            "Words at a period: a change you made, an event, a note. The period that runs now may be chosen too: "
            "they stand there before its number does."
        ),
    ),
    "rebase": (
        gettext_lazy("Set a new median"),
        gettext_lazy("Set the new median"),
        gettext_lazy(
            "From this period on the chart has a new median, judged anew from ten "
            "points on: best is a period with many "
            "points after it. The old median stays drawn. It is your decision: say why the process changed."
        ),
    ),
    "freeze": (
        gettext_lazy("Freeze the median"),
        gettext_lazy("Freeze the median"),
        gettext_lazy(
            "The median is taken from the points up to this period and extended over the rest, so that later points "
            "are held against where you began. Each period says how many points that is."
        ),
    ),
    "exclusion": (
        gettext_lazy("Leave a point out"),
        gettext_lazy("Leave it out"),
        gettext_lazy(
            "The point stays on the chart and no longer counts for the median or the rules. Say what was special."
        ),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def mark_up(request: SignedInRequest, slug: str, ref: str, kind: str) -> HttpResponse:
    """The form of one mark-up, and its verb."""
    measure = find(request, slug, ref)
    ensure(_may(request, measure, kind))
    if request.method != "POST":  # before somebody fills in what nobody may send
        ensure_changeable(measure, by=request.user)
    form = _form(request, measure, kind)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            _verb(measure, kind, form.cleaned_data, request)
            return redirect(measure)
    title, verb, words = PAGES[kind]
    trail = measure_trail(measure, str(title))
    shown = {
        "measure": measure, "trail": trail, "form": form, "title": title, "verb": verb, "words": words,
        "sees": readers.who_sees(measure, request.user),
        "cost": freezing_costs(measure) if kind == "freeze" else "",
    }  # fmt: skip
    return render(request, "measures/mark_up.html", shown)


@require_POST
def withdraw(request: SignedInRequest, slug: str, ref: str, kind: str, mark: str) -> HttpResponse:
    """Take a mark-up back."""
    measure = find(request, slug, ref)
    ensure(_may(request, measure, kind))
    found = get_object_or_404(marks_of(measure, kind), ref=mark)
    markups.withdraw(found, by=request.user)
    messages.info(request, _("Withdrawn: %(words)s. It stays in the history.") % {"words": found.text})
    return redirect(measure)


def _may(request: SignedInRequest, measure: Measure, kind: str) -> bool:
    if kind == "annotation":
        return rules.may_annotate_chart(request.user, measure)
    return rules.may_mark_up(request.user, measure)


def _form(request: SignedInRequest, measure: Measure, kind: str) -> MarkUpForm:
    points = reading(measure, private=False).points
    if kind == "annotation":
        known = annotated_periods(measure, points, timezone.now())
        newest = points[-1].period if points else None
        asked = {"period": request.GET.get("period", newest)}
        return AnnotationForm(request.POST or None, initial=asked, measure=measure, known=known)
    known = tuple(dict.fromkeys(point.period for point in points))
    asked = {"period": request.GET.get("period")}
    counts = points_up_to(points) if kind == "freeze" else {}
    return MarkUpForm(request.POST or None, initial=asked, measure=measure, known=known, counts=counts)


def _verb(measure: Measure, kind: str, given: dict[str, Any], request: SignedInRequest) -> None:
    by, period, text = request.user, given["period"], given["text"]
    if kind == "annotation":
        markups.annotate(measure, period, kind=given["kind"], text=text, by=by)
        return
    verbs = {"rebase": markups.rebase, "freeze": markups.freeze, "exclusion": markups.exclude}
    verbs[kind](measure, period, why=text, by=by)
