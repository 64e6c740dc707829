"""The history of what a save of several cells changes: one correction a number, however many cells changed it."""

from collections.abc import Iterable
from datetime import date

from measures.models import Correction

FIELDS = ("numerator", "denominator", "value", "no_data", "sd", "size")


def one_a_place(corrections: Iterable[Correction]) -> list[Correction]:
    """What stood before all cells, to what stands after them; none where that is the same."""
    found: dict[tuple[int, date, int], Correction] = {}
    for one in corrections:
        place = one.measure_id, one.period, one.ordinal
        if first := found.pop(place, None):
            for field in FIELDS:
                setattr(one, f"old_{field}", getattr(first, f"old_{field}"))
        found[place] = one
    return [one for one in found.values() if _changes_something(one)]


def _changes_something(correction: Correction) -> bool:
    return any(getattr(correction, f"old_{field}") != getattr(correction, f"new_{field}") for field in FIELDS)
