"""When a person was last here, so that a page can say what is new to them."""

from datetime import datetime, timedelta

from django.utils import timezone

from organizations.models import Collaborative, User, Visit

PAUSE = timedelta(minutes=30)
"""After so much silence the next page begins a new visit."""

GRAIN = timedelta(minutes=1)
"""Pages closer together than this write nothing."""


def note(user: User, collaborative: Collaborative, *, at: datetime | None = None) -> datetime | None:
    """Note that the person is here. Returns the end of their visit before this one, None on the first.

    One query, and a second one when there is something to write. Two pages at once begin one visit.
    """
    at = at or timezone.now()
    visit = Visit.objects.filter(user=user, collaborative=collaborative).first()
    if visit is None:
        Visit.objects.bulk_create(
            [Visit(user=user, collaborative=collaborative, latest_at=at)], ignore_conflicts=True
        )
        return None
    silence = at - visit.latest_at
    if silence < GRAIN:
        return visit.previous_at
    previous = visit.latest_at if silence >= PAUSE else visit.previous_at
    Visit.objects.filter(pk=visit.pk, latest_at=visit.latest_at).update(latest_at=at, previous_at=previous)
    return previous
