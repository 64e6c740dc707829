"""What the views of every app know about a request."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from organizations.models import Collaborative, Organization, User
from organizations.selectors import frame


class SignedInRequest(HttpRequest):
    """A request behind the sign-in: SignInFirstMiddleware let it pass, so its user is a User."""

    user: User


def collaborative_of(request: SignedInRequest, slug: str) -> Collaborative:
    """The collaborative of the address, as far as this person may see it; else 404. The frame reads the same row."""
    found = frame.collaborative(request.user, slug)
    if found is None:
        raise Http404
    return found


def organization_of(request: SignedInRequest, slug: str, ref: str) -> Organization:
    """The organization of the address, with its collaborative, as far as this person may see it; else 404."""
    seen = Organization.objects.visible_to(request.user).select_related("collaborative")
    return get_object_or_404(seen, collaborative__slug=slug, ref=ref)
