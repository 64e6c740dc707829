"""What a measure is, and what happens to it as a whole: its name, new versions, sharing, retiring."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures import rules
from measures.forms.definitions import DefinitionForm
from measures.forms.measures import RenameForm
from measures.pages.measure import readers
from measures.services import measures
from measures.services.rights import ensure_changeable
from measures.views.measure import find
from measures.views.trails import measure_trail
from organizations.http import SignedInRequest
from organizations.services.programme import phases
from p2.errors import ensure, told_on
from p2.web.forms import HAVE, rules_beside


@require_http_methods(["GET", "HEAD", "POST"])
def define(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """A new version of the definition; the old one stays readable."""
    measure = find(request, slug, ref)
    ensure(rules.may_define(request.user, measure))
    if request.method != "POST":  # before somebody fills in what nobody may send
        ensure_changeable(measure, by=request.user)
    form = DefinitionForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with rules_beside(form):
            measures.define(
                measure,
                definition=form.words(),
                effective_from=given["effective_from"],
                why=given["why"],
                have=given[HAVE],
                by=request.user,
            )
            return redirect(measure)
    shown = {"measure": measure, "trail": measure_trail(measure, _("Definition")), "form": form}
    return render(request, "measures/define.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """What a measure is called and where it belongs; its definition and its numbers stay."""
    measure = find(request, slug, ref)
    ensure(rules.may_make_measures(request.user, measure.organization))
    if request.method != "POST":
        phases.ensure_not_past(measure.organization, by=request.user)
    form = RenameForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            measures.rename(measure, naming=form.naming(), have=form.cleaned_data[HAVE], by=request.user)
            return redirect(measure)
    shown = {"measure": measure, "trail": measure_trail(measure, _("Name and place")), "form": form}
    return render(request, "measures/rename.html", shown, status=422 if form.errors else 200)


@require_POST
def share(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Let the other participants see the chart, or stop it."""
    measure = find(request, slug, ref)
    ensure(rules.may_share(request.user, measure))
    measure = measures.share(measure, is_shared=request.POST.get("shared") == "yes", by=request.user)
    messages.info(request, readers.told_of_sharing(measure, request.user))
    return redirect(measure)


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Stop logging a measure, after a question."""
    measure = find(request, slug, ref)
    ensure(rules.may_make_measures(request.user, measure.organization))
    with told_on(measure.get_absolute_url()):
        if request.method == "POST":
            measures.retire(measure, by=request.user)
            messages.info(
                request, _("%(measure)s is retired. Its numbers and chart stay.") % {"measure": measure}
            )
            return redirect(measure)
        ensure_changeable(measure, by=request.user)
    shown = {"measure": measure, "trail": measure_trail(measure, _("Retire the measure"))}
    return render(request, "measures/retire.html", shown)


@require_POST
def resume(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Log a retired measure again."""
    measure = find(request, slug, ref)
    ensure(rules.may_make_measures(request.user, measure.organization))
    measures.resume(measure, by=request.user)
    messages.info(
        request,
        _("%(measure)s is on the sheet again. Months since it was retired are asked for like any others.")
        % {"measure": measure},
    )
    return redirect(measure)
