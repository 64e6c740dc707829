"""A project's page, starting one, changing its facts, completing and stopping it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.models import today_in
from organizations.http import SignedInRequest, organization_of
from organizations.services.programme import phases
from organizations.views.trails import organization_trail
from p2.errors import ensure, told_on
from p2.web.forms import rules_beside
from projects import rules
from projects.forms import ProjectForm
from projects.models import Project
from projects.pages import project as shown
from projects.services import projects
from projects.views.trails import project_trail


def find(request: SignedInRequest, slug: str, ref: str) -> Project:
    """The project that this person may see; else 404."""
    seen = Project.objects.visible_to(request.user).select_related("organization__collaborative")
    return get_object_or_404(seen, organization__collaborative__slug=slug, ref=ref)


@require_safe
def project(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The aim, the days left, the team, the measures."""
    found = find(request, slug, ref)
    today = today_in(found.organization.time_zone, timezone.now())
    context = {
        "project": found,
        "trail": [*organization_trail(found.organization), (found.name, "")],
        "page": shown.page(found, request.user, today=today),
        "may_edit": rules.may_edit_project(request.user, found)
        and not phases.why_past(found.organization, by=request.user),
    }
    return render(request, "projects/project.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    organization = organization_of(request, slug, ref)
    ensure(rules.may_edit_projects(request.user, organization))
    if request.method != "POST":  # before somebody fills in what nobody may send
        phases.ensure_not_past(organization, by=request.user)
    form = ProjectForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            return redirect(projects.create(organization, by=request.user, **form.cleaned_data))
    context = {
        "title": _("Start a project"),
        "trail": [*organization_trail(organization), (_("Start a project"), "")],
        "form": form,
        "verb": _("Start the project"),
        "cancel_url": organization.get_absolute_url(),
    }
    return render(request, "p2/form_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    found = find(request, slug, ref)
    ensure(rules.may_edit_project(request.user, found))
    if request.method != "POST":
        projects.ensure_changeable(found, by=request.user)
    trail = project_trail(found, _("Edit"))  # the form writes what is typed into its row
    form = ProjectForm(request.POST or None, instance=found, organization=found.organization)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            return redirect(projects.edit(found, by=request.user, **form.cleaned_data))
    context = {
        "title": _("Edit the project"),
        "trail": trail,
        "form": form,
        "verb": _("Save"),
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "p2/form_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Ask, then say that the work is done."""
    return _close(
        request,
        find(request, slug, ref),
        projects.complete,
        (
            _("Complete this project?"),
            _(
                "%(project)s. The work is done: from now on it is read and no longer changed. "
                "This cannot be undone."
            ),
            _("Complete the project"),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Ask, then give the project up."""
    return _close(
        request,
        find(request, slug, ref),
        projects.stop,
        (
            _("Stop this project?"),
            _("%(project)s. It stays readable, and no longer counts or changes. This cannot be undone."),
            _("Stop the project"),
        ),
    )


def _close(
    request: SignedInRequest, found: Project, close: Callable[..., Project], words: tuple[str, str, str]
) -> HttpResponse:
    ensure(rules.may_edit_project(request.user, found))
    with told_on(found.get_absolute_url()):
        if request.method == "POST":
            return redirect(close(found, by=request.user))
        projects.ensure_changeable(found, by=request.user)
    question, consequence, verb = words
    context = {
        "question": question,
        "consequence": consequence % {"project": found.name},
        "verb": verb,
        "cancel_url": found.get_absolute_url(),
        "trail": project_trail(found, verb),
    }
    return render(request, "p2/confirm_page.html", context)
