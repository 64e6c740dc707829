"""What computing charts costs against reading their numbers: `python -m benchmarks charts`.

The chart job over BENCH_SERIES stale series (10,000 unless named) of up to 36 months: a third ratios, with gaps,
reasons for no data, ragged beginnings, corrections, second definitions, and on some a new median, a freeze, a point
left out. Its floor is the ordered `COPY` of the same numbers as float8 out of the same table into memory.
Each time is the median of the rounds, with the fastest and the slowest; a round runs both once.
"""

import os
from datetime import date
from io import BytesIO
from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks.requests import Budget
from measures.models import ChartSnapshot, Definition, Measure
from measures.services import charts
from organizations.models import Organization
from tests.actors import make_collaborative

SERIES, EACH, ROUNDS = int(os.environ.get("BENCH_SERIES", "10000")), 40, 5
FIRST = date(2021, 1, 1)
WORDS = {"numerator_words": "Events", "unit": "per 1,000", "decimals": 2, "direction": "down"}
NUMBERS = """
    INSERT INTO measures_observation (
        measure_id, period, ordinal, numerator, denominator, value, no_data, note, is_late, is_confirmed,
        version, recorded_at
    )
    SELECT
        id, (DATE '2021-01-01' + month * INTERVAL '1 month')::date, 0,
        CASE WHEN id %% 3 = 0 AND NOT is_missing THEN drawn END,
        CASE WHEN id %% 3 = 0 AND NOT is_missing THEN 300 + drawn END,
        CASE WHEN id %% 3 <> 0 AND NOT is_missing THEN drawn END,
        CASE WHEN is_missing THEN 'vendor_late' ELSE '' END, '', false, false, 1 + (drawn %% 10 = 0)::int, now()
    FROM generate_series(0, 35) AS month, measures_measure,
        LATERAL (SELECT hashint8(id * 64 + month) AS chance) AS dice,
        LATERAL (SELECT abs(chance %% 97) + CASE WHEN id %% 5 = 0 AND month > 20 THEN 60 ELSE 0 END AS drawn,
                        chance %% 40 = 0 AS is_missing) AS one
    WHERE month >= id %% 13 AND chance %% 33 <> 1
    ORDER BY month, id
"""
CORRECTIONS = """
    INSERT INTO measures_correction (
        measure_id, period, ordinal, old_value, old_no_data, new_value, new_no_data, version, why, at
    )
    SELECT measure_id, period, 0, value + 1, '', value, '', version, 'counted again', now()
    FROM measures_observation WHERE version > 1 AND value IS NOT NULL
"""
MARKS = """
    INSERT INTO measures_{} (measure_id, ref, period, text, at)
    SELECT id, substr(md5(id::text), 1, 12), DATE '2022-07-01', 'A new process', now()
    FROM measures_measure WHERE id %% 10 = {}
"""
FLOOR = """
    COPY (
        SELECT COALESCE(value, numerator / denominator)::float8 FROM measures_observation
        ORDER BY measure_id, period, ordinal
    ) TO STDOUT (FORMAT binary)
"""


def load(series: int) -> None:
    """A collaborative of so many series, as the months brought them."""
    call_command("flush", interactive=False, verbosity=0)
    home = make_collaborative("charts")
    places = Organization.objects.bulk_create(
        Organization(collaborative=home, name=f"Hospital {number}", country="SE")
        for number in range(-(-series // EACH))
    )
    for first in range(0, series, 5000):
        made = Measure.objects.bulk_create(
            Measure(
                organization=places[number // EACH],
                name=f"Measure {number}",
                area="access",
                aim="timely",
                series_version=1,
            )
            for number in range(first, min(first + 5000, series))
        )
        _define(made)
    for statement in (NUMBERS, CORRECTIONS, *map(MARKS.format, ("rebase", "freeze", "exclusion"), (1, 2, 3))):
        _run(statement)
    for table in ("measure", "definition", "observation", "chartsnapshot"):
        _run(f"VACUUM ANALYZE measures_{table}")


def _define(measures: list[Measure]) -> None:
    """A definition each, and to a tenth of them a second one."""
    now = timezone.now()
    definitions = [
        Definition(
            measure=measure,
            number=number,
            shape="rate" if measure.pk % 3 == 0 else "count",
            multiplier=1000 if measure.pk % 3 == 0 else number,
            effective_from=FIRST,
            recorded_at=now,
            **WORDS,
        )
        for measure in measures
        for number in ((1, 2) if measure.pk % 10 == 4 else (1,))
    ]
    for definition in Definition.objects.bulk_create(definitions):
        definition.measure.definition = definition
    Measure.objects.bulk_update(measures, ["definition"], batch_size=1000)


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [])


def copy() -> float:
    """Seconds of the floor."""
    start = perf_counter()
    with connection.cursor() as cursor:
        cursor.copy_expert(FLOOR, BytesIO())
    return perf_counter() - start


def compute() -> float:
    """Seconds of the job over all series, each stale."""
    ChartSnapshot.objects.update(version=0)
    _run("VACUUM measures_chartsnapshot")
    _run("CHECKPOINT")
    start = perf_counter()
    charts.refresh_stale()
    return perf_counter() - start


def one_changed() -> float:
    """Seconds of the job that a hint to one changed series starts."""
    measure = Measure.objects.order_by("?").values_list("pk", flat=True)[0]
    ChartSnapshot.objects.filter(measure=measure).update(version=0)
    start = perf_counter()
    charts.refresh([measure])
    return perf_counter() - start


def nothing_changed() -> float:
    """Seconds of the sweep that finds nothing."""
    start = perf_counter()
    charts.refresh_stale()
    return perf_counter() - start


def medians_of(series: int, name: str) -> tuple[float, float]:
    """The medians of one changed series and of the sweep that finds none, printed."""
    ones = [one_changed() for _ in range(50)][5:]
    _run("VACUUM measures_stalechart")  # as autovacuum does within a minute
    sweeps = [nothing_changed() for _ in range(50)]
    for what, taken in (("one changed series", ones), ("sweep that finds none", sweeps)):
        print(
            f"{what}, {name} of {series:,}: {1000 * median(taken):.2f} ms "
            f"({1000 * min(taken):.2f} to {1000 * max(taken):.2f})"
        )
    return median(ones), median(sweeps)


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    call_command("migrate", interactive=False, verbosity=0)
    demo = min(500, SERIES)
    load(demo)
    charts.refresh_stale()
    one_small, sweep_small = medians_of(demo, "demo")
    load(SERIES)
    charts.refresh_stale()
    pairs = [(compute(), copy()) for _ in range(ROUNDS)]
    one_big, sweep_big = medians_of(SERIES, "site")
    call_command("flush", interactive=False, verbosity=0)
    for name, taken in zip(("chart job", "COPY"), zip(*pairs, strict=True), strict=True):
        print(f"{name}: {median(taken):.2f} s ({min(taken):.2f} to {max(taken):.2f})")
    ratio = median(job / floor for job, floor in pairs)
    budgets = (
        Budget(f"Time, the chart job over {SERIES:,} series to COPY of their numbers", ratio, 5),
        Budget("Time, one changed series of the site to one of the demo", one_big / one_small, 1.5),
        Budget("Time, the sweep that finds none on the site to the demo's", sweep_big / sweep_small, 1.5),
    )
    for budget in budgets:
        print(budget)
    return int(not all(budget.is_met for budget in budgets))
