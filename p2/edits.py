"""The one way in which a verb changes the facts of a row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from p2 import audit


def apply(
    subject: models.Model,
    facts: Mapping[str, Any],
    *,
    verb: str = "edited",
    by: Any,
    at: datetime | None = None,
) -> bool:
    """Set what is new on a locked row, save it, and audit old and new. False: nothing was new."""
    changes = audit.differences(subject, facts)
    if not changes:
        return False
    for field, (_, new) in changes.items():
        setattr(subject, field, new)
    subject.save()
    audit.record(verb, subject, by=by, at=at, changes=changes)
    return True
