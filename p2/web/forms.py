"""What the forms of every app share."""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from p2.errors import RuleViolation


@contextmanager
def rules_beside(form: forms.BaseForm) -> Iterator[None]:
    """A rule that the verb inside finds broken is said in the form, and what was typed stays."""
    try:
        yield
    except RuleViolation as broken:
        form.add_error(None, str(broken))


def zones() -> list[tuple[str, str]]:
    """The time zones of the world as choices, UTC first."""
    places = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and "Etc" not in zone)
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]
