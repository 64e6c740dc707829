"""The people of a collaborative and of an organization: who is there, who is invited, who leaves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import rules
from organizations.forms.people import AppointmentInvitationForm, MemberInvitationForm
from organizations.http import SignedInRequest, collaborative_of, organization_of
from organizations.models import Organization, Place
from organizations.pages.people import people as shown
from organizations.services.people import invitations, roles
from organizations.services.programme import phases
from organizations.views.trails import Trail, organization_trail
from p2.errors import ensure, told_on
from p2.web.forms import rules_beside
from p2.web.http import csv_answer, in_english

HEADS = ["Name", "E-mail", "Role", "Since"]


@require_http_methods(["GET", "HEAD", "POST"])
def of_collaborative(request: SignedInRequest, slug: str) -> HttpResponse:
    """Office, faculty, committee and funder, and everybody invited; the form invites another."""
    place = collaborative_of(request, slug)
    trail = [*_trail(place), (_("People"), "")]
    return _people(request, place, AppointmentInvitationForm(request.POST or None), trail)


@require_http_methods(["GET", "HEAD", "POST"])
def of_organization(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The members and everybody invited; the form invites another."""
    place = organization_of(request, slug, ref)
    trail = [*_trail(place), (_("People"), "")]
    return _people(request, place, MemberInvitationForm(request.POST or None), trail, organization=place)


@require_safe
@in_english
def collaborative_csv(request: SignedInRequest, slug: str) -> HttpResponse:
    place = collaborative_of(request, slug)
    return _csv(request, place, f"{place.slug} people")


@require_safe
@in_english
def organization_csv(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    place = organization_of(request, slug, ref)
    return _csv(request, place, f"{place.label} people")


@require_http_methods(["GET", "HEAD", "POST"])
def end_appointment(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Ask, then end a role in the collaborative."""
    return _end(request, collaborative_of(request, slug), ref)


@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: SignedInRequest, slug: str, ref: str, membership: str) -> HttpResponse:
    """Ask, then end a role in the organization."""
    return _end(request, organization_of(request, slug, ref), membership)


def _people(
    request: SignedInRequest,
    place: Place,
    form: AppointmentInvitationForm | MemberInvitationForm,
    trail: Trail,
    **context: object,
) -> HttpResponse:
    """The page of a place's people, and the invitation that its form sends."""
    ensure(rules.may_manage_people(request.user, place))
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            invitations.invite(place, by=request.user, **form.cleaned_data)
            messages.success(request, _("The invitation goes to %(email)s.") % form.cleaned_data)
            return redirect(_address(place))
    held = shown.holders(place)
    context |= {
        "place": place,
        "trail": trail,
        "people": held,
        "may_end": any(row.may_end for row in held),
        "invitations": shown.open_invitations(place, at=timezone.now()),
        "form": form,
        "past": phases.why_past(place, by=request.user),
    }
    return render(request, "organizations/people.html", context)


def _csv(request: SignedInRequest, place: Place, name: str) -> HttpResponse:
    ensure(rules.may_manage_people(request.user, place))
    rows = ([row.name, row.email, row.role, f"{row.since:%Y-%m-%d}"] for row in shown.holders(place))
    return csv_answer(name, HEADS, rows)


def _end(request: SignedInRequest, place: Place, ref: str) -> HttpResponse:
    """The question, then the verb; who ends a role of their own lands where it is still seen."""
    ensure(rules.may_manage_people(request.user, place))
    role = get_object_or_404(place.roles.select_related("user"), ref=ref)
    with told_on(_address(place)):
        if request.method == "POST":
            roles.end(role, by=request.user)
            messages.success(request, _("%(person)s’s role has ended.") % {"person": role.user})
            return redirect(place.home if role.user_id == request.user.pk else _address(place))
        roles.ensure_held(role)
    context = {
        "question": _("End %(person)s’s role: %(role)s?")
        % {"person": role.user, "role": role.get_role_display()},
        "consequence": _("They lose what the role opens. What they did stays under their name."),
        "verb": _("End the role"),
        "cancel_url": _address(place),
        "trail": [*_trail(place), (_("People"), _address(place)), (_("End the role"), "")],
    }
    return render(request, "p2/confirm_page.html", context)


def _trail(place: Place) -> Trail:
    """The way to the place itself."""
    if isinstance(place, Organization):
        return organization_trail(place)
    return [(place.home.name, place.get_absolute_url())]


def _address(place: Place) -> str:
    """The page of a place's people."""
    return f"{place.get_absolute_url()}people/"
