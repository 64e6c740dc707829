"""A person looks at all their collaboratives at once, on Today."""

from datetime import datetime

from django.utils import timezone

from organizations.models import Collaborative, User, standing_of
from organizations.services import visits


def note_everywhere(user: User, *, at: datetime | None = None) -> datetime | None:
    """Note a visit to each of the person's collaboratives. Returns the earliest end of the visits before."""
    at = at or timezone.now()
    own = Collaborative.objects.visible_to(user).filter(pk__in=standing_of(user).collaboratives)
    return min((before for one in own if (before := visits.note(user, one, at=at))), default=None)
