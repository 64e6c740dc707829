"""An organization's measures: the list, a new one, a core measure adopted."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures import rules
from measures.forms.measures import MeasureForm
from measures.models import Measure
from measures.pages.measures import adoptable, listed, nothing
from measures.selectors.months import first_asked
from measures.services import core_measures, measures, rights
from organizations.http import SignedInRequest, organization_of
from organizations.models import Organization, User
from organizations.services.programme import phases
from p2.errors import ensure
from p2.spanning.composition import gather
from p2.web.forms import rules_beside
from p2.web.http import csv_answer, in_english

CSV_HEADS = ("measure", "area", "unit", "newest", "period", "goal", "chart", "retired")


@require_safe
def page(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """What the organization measures, each with its mark and its newest number."""
    organization = organization_of(request, slug, ref)
    rows = listed(organization, reader=request.user)
    shown = {
        "organization": organization,
        "collaborative": organization.collaborative,
        "kept": [row for row in rows if not row.is_retired],
        "retired": [row for row in rows if row.is_retired],
        "empty": None
        if rows and not rows[0].is_retired
        else nothing(organization, rows, reader=request.user),
        "may_make": rules.may_make_measures(request.user, organization)
        and not phases.why_past(organization, by=request.user),
        "may_record": rules.may_record(request.user, organization)
        and not rights.why_not_logged(organization, by=request.user),
    }
    return render(request, "measures/measures.html", shown)


@require_safe
@in_english
def table(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The list as a file."""
    organization = organization_of(request, slug, ref)
    rows = [
        (
            row.name,
            row.area,
            row.unit,
            row.newest,
            row.newest_period,
            row.goal,
            row.words,
            "yes" * row.is_retired,
        )
        for row in listed(organization, reader=request.user)
    ]
    return csv_answer(f"{organization.label} measures", CSV_HEADS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """A measure of the organization's own; lands on the sheet, in its row."""
    organization = organization_of(request, slug, ref)
    ensure(rules.may_make_measures(request.user, organization))
    if request.method != "POST":  # before somebody fills in what nobody may send
        phases.ensure_not_past(organization, by=request.user)
    parts = gather("PARTS_OFFERED", organization, request.user)
    form = MeasureForm(request.POST or None, organization=organization, parts=parts)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            return _to_its_row(organization, _made(organization, form, by=request.user))
    shown = {
        "organization": organization,
        "collaborative": organization.collaborative,
        "form": form,
        "cores": adoptable(organization),
    }
    return render(request, "measures/new.html", shown, status=422 if form.errors else 200)


@require_POST
def adopt(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Log one of the collaborative's core measures."""
    organization = organization_of(request, slug, ref)
    ensure(rules.may_make_measures(request.user, organization))
    asked = request.POST.get("core", "").replace("\x00", "")
    core = get_object_or_404(organization.collaborative.core_measures, ref=asked)
    measure = core_measures.adopt(organization, core, by=request.user)
    messages.info(
        request,
        _("%(measure)s is logged from now on, with the program office's definition.") % {"measure": measure},
    )
    return _to_its_row(organization, measure)


def _made(organization: Organization, form: MeasureForm, *, by: User) -> Measure:
    words = form.words()
    return measures.create(
        organization,
        naming=form.naming(),
        definition=words,
        effective_from=first_asked(organization, words["frequency"], timezone.now()),
        part=form.part_taken(),
        by=by,
    )


def _to_its_row(organization: Organization, measure: Measure) -> HttpResponse:
    sheet = reverse("measures:sheet", args=[organization.collaborative.slug, organization.ref])
    return redirect(f"{sheet}?{urlencode({'frequency': measure.words.frequency, 'row': measure.ref})}")
