"""The page of an organization, and the tables to take away from it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.models import today_in
from organizations.http import SignedInRequest, organization_of
from organizations.rules import may_edit_organization, may_edit_units, may_manage_people
from organizations.services.programme import phases
from organizations.views.trails import organization_trail
from p2.web.http import csv_answer, in_english
from projects import rules
from projects.pages import organization as shown


@require_safe
def organization(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Facts, plan against done, projects, measures, units, people."""
    found = organization_of(request, slug, ref)
    is_current = not phases.why_past(found, by=request.user)
    context = {
        "organization": found,
        "trail": [organization_trail(found)[0], (found.label, "")],
        "page": shown.page(found, request.user, today=today_in(found.time_zone, timezone.now())),
        "may_edit": is_current and may_edit_organization(request.user, found),
        "may_edit_units": is_current and may_edit_units(request.user, found),
        "may_manage_people": may_manage_people(request.user, found),
        "may_edit_projects": is_current and rules.may_edit_projects(request.user, found),
    }
    return render(request, "projects/organization.html", context)


@require_safe
@in_english
def projects_csv(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    found = organization_of(request, slug, ref)
    rows = shown.project_rows(found, request.user, today=today_in(found.time_zone, timezone.now()))
    heads = ["Project", "Care process", "State", "Aim date", "Outcome measure"]
    cells = ([row.name, row.care_process, row.state, row.aim_on, row.outcome] for row in rows)
    return csv_answer(f"{found.label} projects", heads, cells)
