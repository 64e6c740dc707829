"""The measures of an organization as a list."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import CoreMeasure, Measure, today_in
from measures.selectors.axis import rows_on_one_axis
from measures.selectors.charts import (
    figure,
    mark_of,
    newest_words,
    short_words,
    snapshot_of,
    spark,
    with_charts,
)
from measures.selectors.gains import Gain, gain_of
from measures.selectors.readings import Glyph, Spark
from measures.sentences.periods import label as period_label
from measures.services.rights import nothing_logged
from organizations.models import Organization, User
from organizations.selectors.taking_part import part_on


@dataclass(frozen=True, slots=True)
class Listed:
    """One measure in the list."""

    ref: str
    name: str
    is_stratum: bool
    area: str
    unit: str
    mark: Glyph
    words: str  # "11 points below the median"
    gain: Gain | None  # of the last part over the part before
    newest: str
    newest_period: str
    goal: str
    spark: Spark
    is_retired: bool


def listed(organization: Organization, *, reader: User) -> tuple[Listed, ...]:
    """Those that the reader may see, in the sheet's order, retired ones last. One query."""
    visible = with_charts(Measure.objects.visible_to(reader)).filter(organization=organization)
    rows = rows_on_one_axis([_listed(measure) for measure in visible])
    return tuple(sorted(rows, key=lambda row: row.is_retired))


def nothing(organization: Organization, rows: Collection[Listed], *, reader: User) -> tuple[str, str]:
    """Title and words where no measure is logged that the reader may see."""
    part = part_on(today_in(organization.time_zone, timezone.now()), organization.last_day())
    return nothing_logged(organization, part, has_retired=bool(rows), by=reader)


def adoptable(organization: Organization) -> list[CoreMeasure]:
    """Core measures of the collaborative that the organization does not log."""
    logged = Measure.objects.filter(organization=organization).kept().values("core_measure")
    return list(
        CoreMeasure.objects.filter(collaborative=organization.collaborative_id).exclude(
            pk__in=logged.filter(core_measure__isnull=False)
        )
    )


def _listed(measure: Measure) -> Listed:
    words, snapshot = measure.words, snapshot_of(measure)
    period = snapshot.newest_period if snapshot else None
    return Listed(
        ref=measure.ref,
        name=_("of these, %(stratum)s") % {"stratum": measure.stratum_label}
        if measure.stratum_of_id
        else measure.name,
        is_stratum=measure.stratum_of_id is not None,
        area=measure.area_words,
        unit=words.unit,
        mark=mark_of(measure),
        words=short_words(measure),
        gain=gain_of(measure),
        newest=newest_words(measure),
        newest_period=period_label(period, words.frequency) if period else "",
        goal="" if words.goal is None else figure(measure, words.goal),
        spark=spark(measure),
        is_retired=measure.retired_at is not None,
    )
