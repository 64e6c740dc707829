"""One's account: taking up an invitation, the profile, and looking around the demo."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import rules
from organizations.forms.account import AskForPasswordForm
from organizations.forms.people import NewPersonForm, ProfileForm
from organizations.http import SignedInRequest
from organizations.models import Invitation, User
from organizations.selectors import people as known
from organizations.services.people import accounts, invitations, profiles
from p2.web import known_browsers
from p2.web.forms import rules_beside
from p2.web.http import network_of
from p2.web.unsent import answers

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what; then a name and a password, or the account that is there already."""
    found = known.invitation_with(token)
    if found is None:  # its hash is gone with the renewal, so that nobody learns whether there was one
        return render(request, "organizations/no_invitation.html", status=404)
    person = request.user if request.user.is_authenticated else None
    form = NewPersonForm(request.POST if request.method == "POST" else None, email=found.email)
    if request.method == "POST" and (form.is_valid() or person):
        with rules_beside(form):
            names = {} if person else form.person()
            accepted = invitations.accept(token, by=person, **names)
            return _accepted(request, accepted, is_new=person is None)
    context = {
        "invitation": found,
        "form": form,
        "account": known.account_of(found.email),
        "has_run_out": found.expires_at <= timezone.now(),
        "is_backed": rules.is_backed(found),
        "is_other_person": person is not None and person.email != found.email,
        "begins_at": landing(found) if person and rules.holds(person, found) else "",
    }
    return render(request, "organizations/invitation.html", context)


def _accepted(request: HttpRequest, invitation: Invitation, *, is_new: bool) -> HttpResponse:
    """On to where the role begins, signed in, with a word that it has begun."""
    answer = redirect(landing(invitation))
    if is_new and invitation.accepted_by:
        _let_in(request, invitation.accepted_by)
        known_browsers.remember(answer, invitation.email)
    said = {"place": invitation.place, "role": invitation.get_role_display()}
    messages.success(request, _("You are in: your role in %(place)s is %(role)s.") % said)
    return answer


def landing(invitation: Invitation) -> str:
    """Where a person begins: on the form that is due from their role."""
    slug, role, organization = invitation.collaborative.slug, invitation.role, invitation.organization
    if organization and role == "data_entry":
        return reverse("measures:sheet", args=[slug, organization.ref])
    if organization and role == "lead":
        return organization.get_absolute_url()
    if role in {"faculty", "funder"}:
        return reverse("projects:portfolio", args=[slug])
    return invitation.collaborative.get_absolute_url() if role == "office" else reverse("today")


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: SignedInRequest) -> HttpResponse:
    """One's own name, clock and mail."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            profiles.edit(request.user, **form.cleaned_data)
            messages.info(request, _("Saved."))
            return redirect("organizations:me")
    return render(request, "organizations/me.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_password(request: HttpRequest) -> HttpResponse:
    """Ask for a letter with a link to a new password; the answer is the same for every address."""
    form = AskForPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            accounts.ask_for_password(form.cleaned_data["email"], network=network_of(request))
            return redirect("account_reset_password_done")
    return render(request, "account/password_reset.html", {"form": form})


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in as a person of the demo, by address."""
    person = known.demo_person(request.POST.get("as", "")) if settings.DEMO_SITE else None
    if person is None:
        raise Http404
    _let_in(request, person)
    return answers.after_sign_in(request, redirect("today"))


def _let_in(request: HttpRequest, person: User) -> None:
    login(request, person, backend=BACKEND)
    accounts.signed_in(person)
