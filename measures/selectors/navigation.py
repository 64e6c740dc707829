"""What measures add to the navigation: one's own sheet, or the list for who logs nothing, and Today's count."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from measures.selectors import today
from organizations.models import User
from organizations.selectors.frame import homes
from p2.spanning.rows import NavigationEntry


def entries(user: User, slug: str, at: datetime) -> list[NavigationEntry]:
    """Today, for everybody; Measures, for who belongs to an organization. One query for who logs numbers."""
    found = [NavigationEntry(_("Today"), reverse("today"), "check", 10, today.count(user, at))]
    own = next((home for home in homes(user) if home.slug == slug), None)
    if own:
        page = "sheet" if own.is_in("lead", "data_entry") else "measures"
        address = reverse(f"measures:{page}", args=[own.slug, own.ref])
        everything = reverse("measures:measures", args=[own.slug, own.ref])
        found.append(
            NavigationEntry(_("Measures"), address, "chart", 20, prefixes=(f"/c/{own.slug}/m/", everything))
        )
    return found
