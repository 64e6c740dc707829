"""What may be done with an open invitation, by those who may invite to its place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organizations.http import SignedInRequest, collaborative_of
from organizations.models import Invitation
from organizations.services.people import invitations


@require_POST
def withdraw(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    invitation = _invitation(request, slug, ref)
    invitations.withdraw(invitation, by=request.user)
    messages.success(
        request,
        _("The invitation of %(email)s is withdrawn. Its link lets nobody in any more.")
        % {"email": invitation.email},
    )
    return _back(invitation)


@require_POST
def renew(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Send a new letter with a new key."""
    invitation = _invitation(request, slug, ref)
    invitations.renew(invitation, by=request.user)
    messages.success(
        request,
        _("A new letter goes to %(email)s. The old link lets nobody in any more.")
        % {"email": invitation.email},
    )
    return _back(invitation)


def _invitation(request: SignedInRequest, slug: str, ref: str) -> Invitation:
    collaborative = collaborative_of(request, slug)
    seen = Invitation.objects.visible_to(request.user).filter(collaborative=collaborative)
    return get_object_or_404(seen.select_related("organization", "collaborative"), ref=ref)


def _back(invitation: Invitation) -> HttpResponse:
    slug = invitation.collaborative.slug
    if invitation.organization:
        return redirect("organizations:organization_people", slug=slug, ref=invitation.organization.ref)
    return redirect("organizations:people", slug=slug)
