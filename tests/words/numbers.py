"""Measures for the stage: a chart of every verdict, everything that is written on charts, months in every state."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import REASONS, Measure, Month
from measures.services import core_measures, markups, measures, months
from measures.services.entry import observations
from organizations.models import Organization, User
from tests.actors import Cast
from tests.measures.series import NAMING, SHARE, WAIT, confirm, log, make_measure

BETTER = [
    *[20.0, 22.0, 19.0, 23.0, 18.0, 21.0, 20.5, 19.5, 22.5, 18.5, 21.5, 20.0],
    *[9.0 - n / 4 for n in range(12)],
]
WORSE = [40 - value for value in BETTER]
STEADY = [20.0 + (-1) ** n * (n % 5) for n in range(24)]
VERDICTS = {
    "Better": BETTER,
    "Worse": WORSE,
    "Steady": STEADY,
    "Past": [*BETTER[12:], *STEADY[:12]],
    "Rising": [20.0 + n % 3 for n in range(16)] + [30.0 + n for n in range(8)],
    "Flat": [20.0, *[20.0] * 10, 21.0],
    "Crossing": [20.0 + (-1) ** n for n in range(24)],
    "Young": STEADY[:5],
    "None": [],
}


def make_core_measures(cast: Cast) -> None:
    """A mandatory one and two that one may adopt: whichever way is better, with benchmarks."""
    kinds = (
        ("Access", "down", WAIT, True),
        ("Seen in time", "up", SHARE, False),
        ("Visits", "", WAIT, False),
    )
    for name, direction, words, is_mandatory in kinds:
        core = core_measures.create(
            collaborative=cast.collaborative,
            naming={**NAMING, "name": name, "is_mandatory": is_mandatory},
            definition={**words, "direction": direction, "goal": Decimal(12)},
            by=cast.office,
        )
        core_measures.add_benchmark(
            core, label="Best clinics", value=Decimal(6), source="A survey", by=cast.office
        )
    core_measures.adopt_missing()
    for core in cast.collaborative.core_measures.filter(is_mandatory=False):
        core_measures.adopt(cast.other, core, by=cast.other_lead)
    for measure in Measure.objects.filter(core_measure__isnull=False):
        log(measure, [(90, 100)] * 12 if measure.words.is_ratio else STEADY[:12], first=_first(12))


def make_charts(organization: Organization, lead: User) -> None:
    """A chart of every verdict, shape and frequency."""
    goal = {"goal": Decimal(12), "goal_on": timezone.localdate() + timedelta(days=200)}
    for name, values in VERDICTS.items():
        log(make_measure(organization, name, **goal), values, first=_first(), by=lead)
    past = {"goal": Decimal(30), "goal_on": timezone.localdate() - timedelta(days=9)}
    log(make_measure(organization, "Met", **past), STEADY, first=_first())
    soon = {"goal": Decimal(30), "goal_on": timezone.localdate() + timedelta(days=9), "direction": ""}
    log(make_measure(organization, "Millions", **soon), [value * 1e6 for value in BETTER], first=_first())
    ratio = make_measure(organization, "Share", **SHARE)
    log(ratio, [(70 + n, 100) for n in range(24)], first=_first())
    log(
        make_measure(
            organization, "Rate", **SHARE | {"shape": "rate", "unit": "per 100 days", "direction": ""}
        ),
        [(7, 100)] * 12,
        first=_first(12),
    )
    for frequency in ("week", "quarter"):
        log(make_measure(organization, frequency, frequency=frequency), STEADY, first=_first(24, frequency))
    log(make_measure(organization, "Falls", shape="count", decimals=0), [3, 2, 4, 3], first=_first(4))
    make_measure(organization, "Days between", shape="time_between")
    retired = make_measure(organization, "Old")
    log(retired, STEADY, first=_first())
    measures.retire(retired, by=lead)
    measures.share(make_measure(organization, "Own business"), is_shared=False, by=lead)


def keep_months(cast: Cast) -> None:
    """Months closed by their day, closed by hand, opened again, and the newest still open."""
    months.open_months()
    newest = periods.latest_complete(timezone.localdate(), periods.MONTH)
    of_cast = Month.objects.filter(collaborative=cast.collaborative)
    months.move(of_cast.get(period=newest), timezone.localdate() + timedelta(days=8), by=cast.office)
    again = of_cast.get(period=periods.following(newest, periods.MONTH, -1))
    months.reopen(again, by=cast.office)


def mark_up(cast: Cast) -> None:
    """Everything that is written on charts: words, medians, exclusions, versions, corrections, reasons, notes."""
    better, worse, share, steady = (
        Measure.objects.get(organization=cast.own, name=name)
        for name in ("Better", "Worse", "Share", "Steady")
    )
    first = _first()
    after = [periods.following(first, periods.MONTH, step) for step in range(24)]
    markups.freeze(better, after[11], why="Before the change", by=cast.lead)
    for kind in ("change", "event", "note"):
        markups.annotate(better, after[12], kind=kind, text="Huddle", by=cast.data_entry)
    markups.withdraw(
        markups.annotate(better, after[13], kind="note", text="Wrong", by=cast.lead), by=cast.lead
    )
    markups.rebase(worse, after[12], why="All changed", by=cast.lead)
    markups.exclude(share, after[3], why="Strike", by=cast.lead)
    measures.define(
        worse,
        definition={"numerator_words": "Hours", "goal": Decimal(10)},
        effective_from=after[6],
        why="Both sites",
        by=cast.lead,
    )
    for step, reason in enumerate(REASONS):
        observations.record(
            steady, after[step], Entry(no_data=reason, note="Holiday"), by=cast.data_entry, why="Found later"
        )
    observations.record(better, after[20], Entry(value=Decimal(8)), by=cast.data_entry, why="Counted twice")
    observations.record(better, after[22], Entry(value=Decimal(8), note="By hand"), by=cast.data_entry)
    observations.record(better, after[23], Entry(value=Decimal(900)), by=cast.data_entry)
    observations.record(worse, after[23], Entry(value=Decimal(900)), by=cast.data_entry)
    confirm(worse, after[23], by=cast.data_entry)
    observations.record(worse, after[22], Entry(), by=cast.data_entry)


def _first(count: int = 24, frequency: str = periods.MONTH) -> date:
    """The first of so many complete periods."""
    newest = periods.latest_complete(timezone.localdate(), frequency)
    return periods.following(newest, frequency, 1 - count)
