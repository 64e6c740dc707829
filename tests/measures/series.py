"""Measures and their numbers for the tests, through the product's own verbs."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, Observation
from measures.services import measures
from measures.services.entry import observations
from organizations.models import Organization, User

FIRST = date(2020, 1, 1)

NAMING = {"area": "patient_safety", "aim": "safe", "care_process": "Medicines and harm"}
WAIT = {
    "numerator_words": "Days to the third next appointment",
    "shape": "mean",
    "unit": "days",
    "decimals": 1,
    "direction": "down",
}
SHARE = {
    "numerator_words": "Patients seen in time",
    "denominator_words": "Patients seen",
    "shape": "proportion",
    "unit": "% of patients",
    "multiplier": 100,
    "decimals": 1,
    "direction": "up",
}


def make_measure(
    organization: Organization, name: str = "Wait", *, by: User | None = None, **definition: Any
) -> Measure:
    """A measure of one number a month, in days, lower is better; `definition` changes its words."""
    return measures.create(
        organization, naming={**NAMING, "name": name}, definition={**WAIT, **definition}, by=by
    )


def log(
    measure: Measure,
    values: Sequence[float | tuple[int, int] | None],
    *,
    first: date = FIRST,
    by: User | None = None,
) -> None:
    """Log values (pairs for a ratio, None for a month without a row) from `first` on."""
    frequency = measure.words.frequency
    observations.record_many(
        [
            observations.Cell(measure.pk, periods.following(first, frequency, step), _entry(value))
            for step, value in enumerate(values)
            if value is not None
        ],
        by=by,
    )


def _entry(value: float | tuple[int, int]) -> Entry:
    if isinstance(value, tuple):
        return Entry(numerator=Decimal(value[0]), denominator=Decimal(value[1]))
    return Entry(value=Decimal(str(value)))


def confirm(measure: Measure, period: date, *, by: User, at: datetime | None = None) -> Observation:
    """Say that the number which stands is right, as somebody who looked at it just now."""
    seen = measure.observations.filter(period=period, ordinal=0).first()
    return observations.confirm(measure, period, have=seen.version if seen else 0, by=by, at=at)
