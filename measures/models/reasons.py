"""Why a period has no number, and what its row says where events stand on their days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoData(models.TextChoices):
    """Why a period has no number."""

    NONE = "", _("has a number")
    NO_CASES = "no_cases", _("no cases")
    NOT_COLLECTED = "not_collected", _("not collected")
    VENDOR_LATE = "vendor_late", _("vendor late")
    SYSTEM_DOWN = "system_down", _("system down")
    CLOSED = "closed", _("unit closed")
    WITHHELD = "withheld", _("withheld")
    OTHER = "other", _("other, see note")
    EVENTS = "events", _("event dates")
    NO_EVENTS = "no_events", _("no events")
    FIRST_EVENT = "first_event", _("first event")


EVENT_KEYS = frozenset({NoData.EVENTS, NoData.NO_EVENTS, NoData.FIRST_EVENT})
"""What stands where a measure is logged by event dates. Nobody chooses them as a reason: the verb writes them.

A month has one of the first two in its own row, ordinal 0: its events stand on their days, or there were none. Each
event is a row of its day, ordinals from 1, whose value is the days since the one before; the first has none. See
docs/why/014-event-dates.md."""

REASONS = tuple(reason for reason in NoData if reason.value and reason not in EVENT_KEYS)
"""Why a period has no number, as a person may say it."""
