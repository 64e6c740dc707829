"""Invented readings for the chart part of `/style/`: every element of the chart grammar once.

Names, notes and reasons are what people would have typed, and stay as they are; the rest speaks the reader's language.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from measures import periods
from measures.selectors.readings import (
    Band,
    Glyph,
    GoalLine,
    Note,
    Part,
    Point,
    Ramp,
    RampCycle,
    Reading,
    ShownVerdict,
    Spark,
)
from measures.sentences import charts as sentences
from measures.sentences.periods import label as period_label
from measures.sentences.points import PLACES_IN_RUN
from measures.spc import State, analyse
from p2.words.wording import figure

FALLING = (
    2.95, 2.36, 2.66, 2.27, 2.66, 2.18, 2.47, 2.81, 2.10, 2.56, 2.30, 2.48,
    2.63, 2.06, 1.98, 1.91, 2.11, 1.74, 1.82, 1.69, 1.77, 1.61, 1.66, 1.50,
)  # fmt: skip
RISING = (
    52.5, 47.0, 46.8, 54.0, 44.0, 44.5, 44.3, 48.1, None, 52.0, 48.7, 53.0,
    46.5, 54.5, 56.0, 50.5, 58.8, 59.7, 61.0, 60.2, 51.5, 60.7, 61.0, 60.5,
)  # fmt: skip
STEADY = (3.1, 2.8, 3.4, 2.9, 3.3, 2.7, 3.0, 3.2, 2.6, 2.9, 3.1, 2.8, 3.3, 3.0, 2.7, 3.2)
FEW = (6.4, 7.3, 6.6, 6.1, 6.7, 6.5)
FIRST = date(2002, 2, 1)


def improvement() -> Reading:
    """A measure that fell and stayed down, as on the measure page."""
    points = _points(FALLING, centre=2.48, base=12, decimals=2, run=range(13, 24), mark=Glyph.IMPROVEMENT)
    return Reading(
        ref="style-better",
        name="Adverse drug events per 1,000 doses",
        unit="per 1,000 doses",
        decimals=2,
        frequency="month",
        better="down",
        is_proportion=False,
        points=points,
        parts=(Part(points[0].period, points[-1].period, 2.48, 24, 23, 11, 8, 11, 8, unusual_runs=True),),
        bands=(Band(points[13].period, points[23].period, Glyph.IMPROVEMENT, sentences.shift(11, "below")),),
        verdict=_shifted(Glyph.IMPROVEMENT, State.IMPROVEMENT, "below", points[13].period),
        goal=GoalLine(1.30, date(2004, 12, 31)),
        notes=(
            Note(1, points[9].period, points[9].label, "change", "trigger tool replaces chart review"),
            Note(2, points[13].period, points[13].label, "change", "smart pumps, all units"),
            Note(3, points[17].period, points[17].label, "change", "order sets in four units"),
        ),
        questions=(points[17].period,),
        ramps=(
            Ramp("Pharmacist on rounds", _cycles("2002-08-01 2002-09-10 2002-10-22 2002-11-28", "adopted")),
            Ramp(
                "Order sets", _cycles("2003-05-12 2003-07-01 2003-09-01 2003-10-20", "testing"), _("running")
            ),
        ),
    )


def concern() -> Reading:
    """A proportion that rose where lower is better, with an excluded point and a missing month."""
    points = _points(RISING, centre=48.0, base=12, decimals=0, run=range(13, 24), mark=Glyph.CONCERN, of=400)
    return Reading(
        ref="style-worse",
        name="Patients who wait more than two weeks",
        unit="% of patients",
        decimals=0,
        frequency="month",
        better="down",
        is_proportion=True,
        points=points,
        parts=(Part(points[0].period, points[-1].period, 48.0, 23, 22, 11, 7, 6, 7, unusual_runs=True),),
        bands=(Band(points[13].period, points[23].period, Glyph.CONCERN, sentences.shift(11, "above")),),
        verdict=_shifted(Glyph.CONCERN, State.CONCERN, "above", points[13].period),
    )


def sparks() -> tuple[tuple[str, Spark], ...]:
    """One sparkline of each kind, with the words beside it."""
    falling, rising = (2.48,) * len(FALLING), (48.0,) * len(RISING)
    steady, few = (3.0,) * len(STEADY), (6.55,) * len(FEW)
    below, above = sentences.run(11, "below"), sentences.run(11, "above")
    drawn = (
        Spark(FALLING, falling, Glyph.IMPROVEMENT, (13, 23), goal=1.3, alt=below),
        Spark(RISING, rising, Glyph.CONCERN, (13, 23), alt=above),
        Spark(STEADY, steady, Glyph.COMMON, goal=2.2, alt=_headline(STEADY)),
        Spark(FEW, few, Glyph.TOO_FEW, goal=5.0, alt=_headline(FEW)),
        Spark((), (), Glyph.NONE, alt=_headline(())),
    )
    return tuple((spark.mark.label, spark) for spark in drawn)


def _headline(values: Sequence[float]) -> str:
    found = sentences.verdict(analyse(values), [""] * len(values), show=lambda value: figure(value, 1))
    return found.headline


def _shifted(mark: Glyph, state: State, side: str, since: date) -> ShownVerdict:
    evidence = sentences.run(11, side)
    said = {"month": period_label(since, periods.MONTH, long=True), "evidence": evidence}
    return ShownVerdict(mark, str(sentences.SHIFTS_SINCE[state] % said), evidence, since)


def _points(
    values: Sequence[float | None],
    *,
    centre: float,
    base: int,
    decimals: int,
    run: range,
    mark: Glyph,
    of: int = 9000,
) -> tuple[Point, ...]:
    share = 100 if of == 400 else 1000
    points = []
    for position, value in enumerate(values):
        month = periods.following(FIRST, periods.MONTH, position)
        excluded = of == 400 and position == 3
        drawn = mark if position in run else Glyph.EXCLUDED if excluded else Glyph.COMMON
        points.append(
            Point(
                period=month,
                label=period_label(month, periods.MONTH),
                value=value,
                numerator=None if value is None else Decimal(round(value * of / share)),
                denominator=None if value is None else Decimal(of),
                mark=Glyph.NO_DATA if value is None else drawn,
                why=_why(position, run, mark) if position in run else "",
                centre=centre,
                part=0,
                included=not excluded,
                baseline=position < base,
                no_data_reason="" if value is not None else "the register was closed",
                note="flood: half the clinics moved" if excluded else "",
            )
        )
    return tuple(points)


def _why(position: int, run: range, mark: Glyph) -> str:
    words = PLACES_IN_RUN["below" if mark is Glyph.IMPROVEMENT else "above", True]
    return str(words % {"place": position - run.start + 1, "count": len(run)})


def _cycles(days: str, last: str) -> tuple[RampCycle, ...]:
    """The cycles run on these days; all but the last one only tested."""
    dates = [date.fromisoformat(day) for day in days.split()]
    return tuple(RampCycle(day, last if day == dates[-1] else "testing") for day in dates)
