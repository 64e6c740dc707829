"""The people of a collaborative and of an organization: who is there, who is invited, who leaves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organizations import rules
from organizations.forms import AppointmentInvitationForm, MemberInvitationForm
from organizations.http import SignedInRequest, organization_of
from organizations.models import Collaborative
from organizations.selectors import people as shown
from organizations.services import appointments, invitations, memberships
from organizations.views.trails import organization_trail
from p2.forms import rules_beside
from p2.http import csv_answer, ensure

HEADS = ["Name", "E-mail", "Role", "Since"]


@require_http_methods(["GET", "HEAD", "POST"])
def of_collaborative(request: SignedInRequest, slug: str) -> HttpResponse:
    """Office, faculty, committee and funder, and everybody invited; the form invites another."""
    place = get_object_or_404(Collaborative.objects.visible_to(request.user), slug=slug)
    ensure(rules.may_see_people(request.user, place))
    form = AppointmentInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            invitations.invite(place, by=request.user, **form.cleaned_data)
            messages.success(request, f"The invitation goes to {form.cleaned_data['email']}.")
            return redirect("organizations:people", slug=slug)
    context = {
        "place": place,
        "slug": slug,
        "trail": [(place.name, place.get_absolute_url()), ("People", "")],
        "people": shown.appointed(place),
        "invitations": shown.open_invitations(place, at=timezone.now()),
        "form": form,
    }
    return render(request, "organizations/people.html", context)


@require_safe
def collaborative_csv(request: SignedInRequest, slug: str) -> HttpResponse:
    place = get_object_or_404(Collaborative.objects.visible_to(request.user), slug=slug)
    ensure(rules.may_see_people(request.user, place))
    rows = ([row.name, row.email, row.role, f"{row.since:%Y-%m-%d}"] for row in shown.appointed(place))
    return csv_answer(f"{place.slug} people", HEADS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def of_organization(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The members and everybody invited; the form invites another."""
    place = organization_of(request, slug, ref)
    ensure(rules.may_manage_people(request.user, place))
    form = MemberInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            invitations.invite(place, by=request.user, **form.cleaned_data)
            messages.success(request, f"The invitation goes to {form.cleaned_data['email']}.")
            return redirect("organizations:organization_people", slug=slug, ref=ref)
    context = {
        "place": place,
        "slug": slug,
        "organization": place,
        "trail": [*organization_trail(place), ("People", "")],
        "people": shown.members(place),
        "invitations": shown.open_invitations(place, at=timezone.now()),
        "form": form,
    }
    return render(request, "organizations/people.html", context)


@require_safe
def organization_csv(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    place = organization_of(request, slug, ref)
    ensure(rules.may_manage_people(request.user, place))
    rows = ([row.name, row.email, row.role, f"{row.since:%Y-%m-%d}"] for row in shown.members(place))
    return csv_answer(f"{place.label} people", HEADS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def end_appointment(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Ask, then end a role in the collaborative."""
    place = get_object_or_404(Collaborative.objects.visible_to(request.user), slug=slug)
    ensure(rules.may_appoint(request.user, place))
    appointment = get_object_or_404(place.appointments.select_related("user"), ref=ref)
    if request.method == "POST":
        appointments.end(appointment, by=request.user)
        messages.success(request, f"{appointment.user}’s role has ended.")
        return redirect("organizations:people", slug=slug)
    context = {
        "question": f"End {appointment.user}’s role: {appointment.get_role_display().lower()}?",
        "consequence": "They lose what the role opens. What they did stays under their name.",
        "verb": "End the role",
        "cancel_url": f"{place.get_absolute_url()}people/",
    }
    return render(request, "p2/confirm_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: SignedInRequest, slug: str, ref: str, membership: str) -> HttpResponse:
    """Ask, then end a role in the organization."""
    place = organization_of(request, slug, ref)
    ensure(rules.may_manage_people(request.user, place))
    ending = get_object_or_404(place.memberships.select_related("user"), ref=membership)
    if request.method == "POST":
        memberships.end(ending, by=request.user)
        messages.success(request, f"{ending.user}’s role has ended.")
        if ending.user_id == request.user.pk:
            return redirect(place.collaborative)
        return redirect("organizations:organization_people", slug=slug, ref=ref)
    context = {
        "question": f"End {ending.user}’s role: {ending.get_role_display().lower()}?",
        "consequence": "They lose what the role opens. What they did stays under their name.",
        "verb": "End the role",
        "cancel_url": f"{place.get_absolute_url()}people/",
    }
    return render(request, "p2/confirm_page.html", context)
