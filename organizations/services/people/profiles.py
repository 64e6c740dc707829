"""What a person says of themselves."""

from datetime import datetime

from django.db import transaction

from organizations.models import User
from p2 import edits


@transaction.atomic
def edit(
    user: User,
    *,
    name: str,
    time_zone: str,
    language: str,
    wants_digest: bool,
    have: str | None = None,
    at: datetime | None = None,
) -> User:
    """Change one's own name, clock, language and mail. The address is one's sign-in, and stays."""
    user = User.objects.select_for_update().get(pk=user.pk)
    facts = {"name": name, "time_zone": time_zone, "language": language, "wants_digest": wants_digest}
    edits.apply(user, facts, by=user, at=at, have=have)
    return user
