"""When a person was last here, so that a page can say what is new to them."""

from datetime import datetime, timedelta

from django.utils import timezone

from organizations.models import Collaborative, Presence, User, standing_of

PAUSE = timedelta(minutes=30)
"""After so much silence the next page begins a new visit."""

GRAIN = timedelta(minutes=1)
"""Pages closer together than this write nothing."""


def note(user: User, collaborative: Collaborative, *, at: datetime | None = None) -> datetime | None:
    """Note that the person is here. Returns the end of their visit before this one, None on the first.

    One query, and a second one when there is something to write. Two pages at once begin one visit.
    """
    at = at or timezone.now()
    known = Presence.objects.filter(user=user, collaborative=collaborative).first()
    if known is None:
        Presence.objects.bulk_create(
            [Presence(user=user, collaborative=collaborative, latest_at=at)], ignore_conflicts=True
        )
        return None
    silence = at - known.latest_at
    if silence < GRAIN:
        return known.previous_at
    previous = known.latest_at if silence >= PAUSE else known.previous_at
    Presence.objects.filter(pk=known.pk, latest_at=known.latest_at).update(latest_at=at, previous_at=previous)
    return previous


def note_everywhere(user: User, *, at: datetime | None = None) -> datetime | None:
    """Note a visit to each of the person's collaboratives, on Today. Returns the earliest end of those before."""
    at = at or timezone.now()
    own = Collaborative.objects.visible_to(user).filter(pk__in=standing_of(user).collaboratives)
    return min((before for one in own if (before := note(user, one, at=at))), default=None)
