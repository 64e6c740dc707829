"""The team of a project: a list that its organization's lead keeps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations.http import SignedInRequest
from p2.edits import still_there
from p2.errors import ensure
from p2.web.forms import rules_beside
from p2.web.http import csv_answer, in_english
from projects import rules
from projects.forms import TeamForm
from projects.pages import team as shown
from projects.selectors.team import team as members
from projects.services import teams
from projects.services.projects import ensure_changeable
from projects.views.project import find
from projects.views.trails import project_trail


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    project = find(request, slug, ref)
    ensure(rules.may_edit_project(request.user, project))
    if request.method != "POST":
        ensure_changeable(project, by=request.user)
    form = TeamForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            added = teams.add(project, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(person)s is in the team.") % {"person": added.membership.user})
            return redirect("projects:team", slug=slug, ref=ref)
    context = {
        "project": project,
        "trail": project_trail(project, _("Team")),
        "kept": shown.page(project),
        "form": form,
    }
    return render(request, "projects/team.html", context)


@require_safe
@in_english
def team_csv(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    project = find(request, slug, ref)
    rows = ([row.name, row.task, "yes" if row.is_leader else ""] for row in members(project))
    return csv_answer(f"{project.name} team", ["Name", "Task", "Leads"], rows)


@require_POST
def remove(request: SignedInRequest, slug: str, ref: str, team_member: str) -> HttpResponse:
    project = find(request, slug, ref)
    ensure(rules.may_edit_project(request.user, project))
    leaving = still_there(
        project.team.select_related("membership__user"),
        team_member,
        slug=slug,
        gone=_("This person was taken out of the team meanwhile."),
    )
    teams.remove(leaving, by=request.user)
    messages.success(request, _("%(person)s is out of the team.") % {"person": leaving.membership.user})
    return redirect("projects:team", slug=slug, ref=ref)
