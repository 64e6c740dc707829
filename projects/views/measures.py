"""The measures of a project: a list that its organization's lead keeps."""

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
from projects.forms import LinkForm
from projects.pages.measures import page
from projects.selectors.projects import measure_rows
from projects.services import projects
from projects.views.project import find
from projects.views.trails import project_trail


@require_http_methods(["GET", "HEAD", "POST"])
def measures(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    project = find(request, slug, ref)
    ensure(rules.may_edit_project(request.user, project))
    if request.method != "POST":
        projects.ensure_changeable(project, by=request.user)
    form = LinkForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            link = projects.link_measure(project, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(measure)s is linked.") % {"measure": link.measure})
            return redirect("projects:project_measures", slug=slug, ref=ref)
    context = {
        "project": project,
        "trail": project_trail(project, _("Measures")),
        "kept": page(project, request.user),
        "form": form,
    }
    return render(request, "projects/measures.html", context)


@require_safe
@in_english
def measures_csv(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    project = find(request, slug, ref)
    rows = ([row.role, row.name, row.unit, row.goal] for row in measure_rows(project, request.user))
    return csv_answer(f"{project.name} measures", ["Role", "Measure", "Unit", "Goal"], rows)


@require_POST
def unlink(request: SignedInRequest, slug: str, ref: str, link: str) -> HttpResponse:
    project = find(request, slug, ref)
    ensure(rules.may_edit_project(request.user, project))
    found = still_there(
        project.project_measures.select_related("measure"),
        link,
        slug=slug,
        gone=_("This measure was taken out of the project meanwhile."),
    )
    projects.unlink_measure(found, by=request.user)
    messages.success(
        request,
        _("%(measure)s is out of the project. Its numbers and chart stay.") % {"measure": found.measure},
    )
    return redirect("projects:project_measures", slug=slug, ref=ref)
