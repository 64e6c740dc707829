"""Which charts are older than their numbers, or judged by other rules than their collaborative's."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q

from measures.models import Measure, MeasureQuerySet

IS_STALE = (
    Q(snapshot__isnull=True)
    | Q(snapshot__version__lt=F("series_version"))
    | ~Q(snapshot__rules=F("organization__collaborative__run_rules"))
)


@dataclass(frozen=True, slots=True)
class StaleSeries:
    """What a chart depends on beside numbers and mark-ups, as it stood when the computation began."""

    pk: int
    ref: str
    version: int
    shape: str
    frequency: str
    direction: str
    multiplier: Decimal
    rules: str


def find() -> list[int]:
    """The keys of all measures whose chart is stale."""
    return list(_stale().values_list("pk", flat=True))


def among(measures: Collection[int]) -> list[StaleSeries]:
    """Those of these measures whose chart is stale, by their keys."""
    rows = _stale().filter(pk__in=measures).order_by("pk")
    return [
        StaleSeries(*row)
        for row in rows.values_list(
            "pk",
            "ref",
            "series_version",
            "definition__shape",
            "definition__frequency",
            "definition__direction",
            "definition__multiplier",
            "organization__collaborative__run_rules",
        )
    ]


def _stale() -> MeasureQuerySet:
    return Measure.objects.filter(IS_STALE, definition__isnull=False)
