"""What projects add to the navigation: the own organization, or the portfolio for who oversees all of them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import User
from organizations.rules import oversees
from organizations.selectors.frame import homes, place_of
from p2.spanning.rows import NavigationEntry


def entries(user: User, slug: str, at: datetime) -> list[NavigationEntry]:
    """No query beyond the frame's own."""
    del at
    found = []
    own = [home for home in homes(user) if home.slug == slug]
    if own:
        page = reverse("projects:organization", args=[slug, own[0].ref])
        found.append(NavigationEntry(_("Projects"), page, "flag", 30, prefixes=(f"/c/{slug}/p/",)))
    place = place_of(user, slug)
    if place and oversees(user, place.id):
        page = reverse("projects:portfolio", args=[slug])
        prefixes = (f"/c/{slug}/portfolio", f"/c/{slug}/m/", f"/c/{slug}/p/")
        found.append(NavigationEntry(_("Portfolio"), page, "chart", 20, prefixes=prefixes))
    return found
