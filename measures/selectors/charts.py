"""Charts for lists: marks, short words and sparks, from the snapshot alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods
from measures.models import (
    ChartSnapshot,
    DefinitionWords,
    Flag,
    Measure,
    MeasureQuerySet,
    Observation,
    packing,
)
from measures.selectors.axis import TWO_YEARS, by_number, by_period
from measures.selectors.readings import Glyph, Spark
from measures.sentences import charts as sentences
from measures.sentences import latest, lists
from measures.spc import ChartResult, Evidence, RuleSet, analyse
from measures.spc.result import BETTER_CODES, METHOD, SIDES, is_improvement
from p2.words import wording
from p2.words.listing import told

MARKS = {state: Glyph.of_state(state) for state in ChartSnapshot.State}


def with_charts(measures: MeasureQuerySet) -> MeasureQuerySet:
    """The measures with all that a list of charts shows, in one query."""
    return measures.select_related("organization__collaborative", "definition", "snapshot")


@dataclass(frozen=True)
class Drawn:
    """A snapshot's arrays, unpacked: one item a point."""

    packed_periods: bytes
    numbers: tuple[float | None, ...]
    centre: tuple[float | None, ...]
    part: bytes
    flags: bytes

    @classmethod
    def of(cls, measure: Measure) -> "Drawn | None":
        snapshot = snapshot_of(measure)
        if snapshot is None:
            return None
        return cls(
            bytes(snapshot.periods),
            packing.unpack_numbers(snapshot.numbers),
            packing.unpack_numbers(snapshot.centre),
            bytes(snapshot.part),
            bytes(snapshot.flags),
        )

    @cached_property
    def periods(self) -> tuple[date, ...]:
        """Unpacked when asked for: a sparkline, which lists draw, needs no dates."""
        return packing.unpack_dates(self.packed_periods)

    def band(self) -> tuple[int, int] | None:
        """First and last position of the last part's shift."""
        inside = [
            at
            for at, flags in enumerate(self.flags)
            if flags & Flag.IN_BAND and self.part[at] == self.part[-1]
        ]
        return (inside[0], inside[-1]) if inside else None

    def result(self, measure: Measure, rules: str, *, as_frozen: bool = True) -> ChartResult:
        """What the engine says of these numbers, sentences included; or would say without a freeze."""
        parts = range(1, len(self.part))
        baseline = [at for at, flags in enumerate(self.flags) if flags & Flag.BASELINE]
        extended = [at for at, flags in enumerate(self.flags) if not flags & Flag.BASELINE]
        frozen = max((at for at in baseline if at + 1 in extended), default=None)
        return analyse(
            self.numbers,
            rules=RuleSet(rules),
            freeze=frozen + 1 if as_frozen and frozen is not None else None,
            splits=[at for at in parts if self.part[at] != self.part[at - 1]],
            exclude=[at for at, flags in enumerate(self.flags) if not flags & Flag.INCLUDED],
            better=measure.words.direction or None,
        )


def is_stale(measure: Measure) -> bool:
    """True while the chart is older than the numbers, or judged by other rules or another method than hold now."""
    snapshot = snapshot_of(measure)
    return (
        snapshot is None
        or snapshot.version < measure.series_version
        or snapshot.method < METHOD
        or snapshot.rules != measure.organization.collaborative.run_rules
    )


def mark_of(measure: Measure) -> Glyph:
    """The mark of the measure's last part; none before the first computation."""
    snapshot = snapshot_of(measure)
    return MARKS[ChartSnapshot.State(snapshot.state)] if snapshot else Glyph.NONE


def short_words(measure: Measure) -> str:
    """In a list: "11 points below the median", "24 points, no change", "7 points so far"."""
    snapshot = snapshot_of(measure)
    if snapshot is None or snapshot.state == ChartSnapshot.State.NONE:
        return _("no numbers yet")
    if snapshot.state == ChartSnapshot.State.TOO_FEW:
        return (sentences.so_far if snapshot.useful else sentences.all_equal)(_observed(snapshot))
    if is_shifted(measure):
        said = latest.latest_ranks if snapshot.evidence == Evidence.RANKS else sentences.run
        return said(snapshot.run_length, SIDES[snapshot.run_side])
    if snapshot.state == ChartSnapshot.State.NO_RULES:
        return latest.no_rules(_observed(snapshot))
    if snapshot.evidence:
        return str(lists.EVIDENCE[Evidence(snapshot.evidence)])
    return lists.steady(_observed(snapshot), is_rebased=bytes(snapshot.part)[-1] > 0)


def _observed(snapshot: ChartSnapshot) -> int:
    """How many numbers the last part has that are not left out."""
    part, flags = bytes(snapshot.part), bytes(snapshot.flags)
    numbers = packing.unpack_numbers(snapshot.numbers)
    return sum(
        1
        for at, number in enumerate(numbers)
        if number is not None and part[at] == part[-1] and flags[at] & Flag.INCLUDED
    )


def is_shifted(measure: Measure) -> bool:
    """Whether a shift is in force."""
    snapshot = snapshot_of(measure)
    return bool(snapshot and Evidence(snapshot.evidence).is_shift)


def headline(measure: Measure, *, names_place: bool) -> str:
    """In the lists of signals: what kind of change it is, and of whom."""
    kind = measure.snapshot.state, is_shifted(measure)
    if names_place:
        return str(lists.HEADLINES_OF[kind] % {"organization": measure.organization})
    return str(lists.HEADLINES[kind])


def newest_words(measure: Measure) -> str:
    """The newest value with the definition's decimals; empty before the first number."""
    snapshot = snapshot_of(measure)
    return "" if snapshot is None or snapshot.newest is None else figure(measure, snapshot.newest)


def figure(measure: Measure, value: float | Decimal) -> str:
    """A value as every table writes it, with the definition's decimals."""
    return wording.figure(value, measure.words.decimals)


def figure_with_sign(measure: Measure, value: float | Decimal) -> str:
    """The same alone in a line of words: a percentage carries its sign."""
    return wording.with_sign(figure(measure, value), measure.words.unit)


def middle_with_sign(measure: Measure, value: float) -> str:
    """A median alone in a line of words."""
    return wording.with_sign(wording.middle_figure(value, measure.words.decimals), measure.words.unit)


def newest_with_sign(measure: Measure) -> str:
    """The newest value alone in a line of words; empty before the first number."""
    snapshot = snapshot_of(measure)
    if snapshot is None or snapshot.newest is None:
        return ""
    return figure_with_sign(measure, snapshot.newest)


def spark(measure: Measure, *, says: str = "", last: int | None = 24) -> Spark:
    """The sparkline of the snapshot's newest points, on an axis of `last`. No query if it came `with_charts`.

    Of weeks it has those of two years, for a list of mixed frequencies; the list's axis cuts it.
    `says` are its short words, where they are known already.
    """
    drawn = Drawn.of(measure)
    if drawn is None:
        return Spark((), (), Glyph.NONE, alt=_("No numbers yet"))
    alt = told(measure, says or short_words(measure))
    has_end = bool(drawn.numbers) and _stands_on_a_calendar(measure.words)
    ends_on = packing.unpack_dates(drawn.packed_periods[-4:])[-1] if has_end else None
    return _spark(measure, drawn.numbers, drawn.centre, drawn.band(), alt=alt, last=last, ends_on=ends_on)


def live_spark(measure: Measure, series: Sequence[Observation], *, last: int | None = 24) -> Spark:
    """The sparkline of these numbers over the snapshot's median: what a row shows in the moment of saving."""
    if not is_stale(measure):
        return spark(measure, last=last)
    words, drawn = measure.words, Drawn.of(measure)
    known, values = by_number(measure, series) if words.has_gaps else by_period(measure, series)
    centre = dict(zip(drawn.periods, drawn.centre, strict=True)) if drawn else {}
    count = sum(value is not None for value in values)
    counted = ngettext(
        "%(measure)s: %(count)d number, the chart is being computed",
        "%(measure)s: %(count)d numbers, the chart is being computed",
        count,
    )
    alt = counted % {"measure": measure, "count": count}
    medians = tuple(centre.get(period) for period in known)
    ends_on = known[-1] if known and _stands_on_a_calendar(words) else None
    return _spark(measure, values, medians, None, alt=alt, last=last, ends_on=ends_on)


def _stands_on_a_calendar(words: DefinitionWords) -> bool:
    """Whether its sparkline ends where its last period lies among those of others."""
    return not words.is_dated and words.frequency != periods.DAY


def _spark(
    measure: Measure,
    values: tuple[float | None, ...],
    centre: tuple[float | None, ...],
    band: tuple[int, int] | None,
    *,
    alt: str,
    last: int | None,
    ends_on: date | None,
) -> Spark:
    most = max(last or 0, TWO_YEARS[measure.words.frequency]) if ends_on else last or 0
    cut = max(0, len(values) - most) if last else 0
    if band:
        band = (max(0, band[0] - cut), band[1] - cut) if band[1] >= cut else None
    goal = measure.words.goal
    newest = next((value for value in reversed(values) if value is not None), None)
    return Spark(
        values=values[cut:],
        centre=centre[cut:],
        mark=mark_of(measure),
        band=band,
        band_mark=_band_mark(measure) if band else None,
        goal=None if goal is None else float(goal),
        alt=alt,
        newest="" if newest is None else figure(measure, newest),
        span=last or 0,
        ends_on=ends_on,
        frequency=measure.words.frequency,
    )


def _band_mark(measure: Measure) -> Glyph:
    """What the last part's shift says; common, as it is drawn, where it is over."""
    if not is_shifted(measure):
        return Glyph.COMMON
    snapshot, better = snapshot_of(measure), BETTER_CODES[measure.words.direction]
    return Glyph.of_direction(is_improvement(snapshot.run_side, better) if snapshot else None)


def snapshot_of(measure: Measure) -> ChartSnapshot | None:
    """The measure's snapshot; None before its first computation."""
    return getattr(measure, "snapshot", None)
