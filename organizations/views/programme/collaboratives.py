"""The collaborative's own pages: what it is, its roster, changing it, starting another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import rules
from organizations.forms.programme import CollaborativeEditForm, CollaborativeForm
from organizations.http import SignedInRequest, collaborative_of
from organizations.pages.programme.collaborative import page as page_of
from organizations.pages.programme.collaboratives import directory as rows_of_all
from organizations.services.programme import collaboratives
from p2.errors import ensure
from p2.web.forms import rules_beside
from p2.web.http import csv_answer, in_english


@require_safe
def collaborative(request: SignedInRequest, slug: str) -> HttpResponse:
    """Purpose, phases, who takes part, who runs it."""
    found = collaborative_of(request, slug)
    context = {
        "collaborative": found,
        "page": page_of(found, request.user, today=timezone.localdate()),
        "may_edit": rules.may_edit_collaborative(request.user, found),
        "may_see_roster": rules.may_see_roster(request.user, found),
        "may_read_portfolio": rules.may_read_portfolio(request.user, found),
    }
    return render(request, "organizations/collaborative.html", context)


@require_safe
@in_english
def roster_csv(request: SignedInRequest, slug: str) -> HttpResponse:
    """The roster as a table to take away."""
    found = collaborative_of(request, slug)
    page = page_of(found, request.user, today=timezone.localdate())
    heads = ["Organization", "Kind", "Place", *(phase.name for phase in page.phases)]
    return csv_answer(
        f"{found.slug} roster", heads, ([row.name, row.kind, row.place, *row.funding] for row in page.roster)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    found = collaborative_of(request, slug)
    ensure(rules.may_edit_collaborative(request.user, found))
    trail = [
        (found.name, found.get_absolute_url()),
        (_("Edit"), ""),
    ]  # the form writes what is typed into its row
    form = CollaborativeEditForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            collaboratives.edit(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {
        "title": _("Edit the collaborative"),
        "trail": trail,
        "form": form,
        "verb": _("Save"),
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "p2/form_page.html", context)


@require_safe
def directory(request: SignedInRequest) -> HttpResponse:
    """All collaboratives of the site."""
    ensure(rules.may_open_collaboratives(request.user))
    return render(request, "organizations/collaboratives.html", {"rows": rows_of_all()})


@require_safe
@in_english
def directory_csv(request: SignedInRequest) -> HttpResponse:
    ensure(rules.may_open_collaboratives(request.user))
    rows = ([row.name, row.organizations, row.phases] for row in rows_of_all())
    return csv_answer("collaboratives", ["Collaborative", "Organizations", "Phases"], rows)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """Start a collaborative; its people page, where the office is invited, comes next."""
    ensure(rules.may_open_collaboratives(request.user))
    form = CollaborativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            started = collaboratives.create(by=request.user, **form.cleaned_data)
            messages.success(
                request, _("%(name)s is there. Invite its program office next.") % {"name": started}
            )
            return redirect("organizations:people", slug=started.slug)
    directory_url = reverse("organizations:collaboratives")
    context = {
        "title": _("Start a collaborative"),
        "trail": [(_("Collaboratives"), directory_url), (_("Start"), "")],
        "form": form,
        "verb": _("Start the collaborative"),
        "cancel_url": directory_url,
    }
    return render(request, "p2/form_page.html", context)
