"""What organizations add to the navigation: the collaborative; its people, for the office."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import User
from organizations.selectors.frame import place_of
from p2.spanning.rows import NavigationEntry


def entries(user: User, slug: str, at: datetime) -> list[NavigationEntry]:
    """No query beyond the frame's own."""
    del at
    place = place_of(user, slug)
    found = []
    if place:
        page = reverse("organizations:collaborative", args=[slug])
        found.append(NavigationEntry(_("Organizations"), page, "home", 40))
        if rules.is_office(user, place.id):
            found.append(
                NavigationEntry(_("People"), reverse("organizations:people", args=[slug]), "people", 50)
            )
    if rules.may_open_collaboratives(user):
        everything = reverse("organizations:collaboratives")
        found.append(NavigationEntry(_("Collaboratives"), everything, "globe", 60))
        found.append(NavigationEntry(_("Letters"), reverse("letters"), "mail", 70))
    return found
