"""What an import costs against the least that writes the same rows: `python -m benchmarks imports`.

A file of 200,000 lines: 100 organizations × 40 measures × 50 months, half of them ratios, with gaps, reasons for no
data and notes. A tenth of its numbers stand already and are corrected, a twentieth stands as it is. The command
`import_observations` runs as a process of its own, from its start to its end. Its floor is `COPY` of the numbers and
the history that it left, as text, into the same tables with their indexes, constraints and triggers, in one
transaction. Each time is the median of the rounds, with the fastest and the slowest; a round runs both once.
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection, transaction

from benchmarks.requests import Budget
from measures.models import Observation
from tests.postgresql.base import unguarded
from tests.projects.landscape import make_landscape

LINES, ROUNDS = 200_000, 5
TABLES = ("measures_observation", "measures_correction")
HEAD = ["organization", "measure", "period", "numerator", "denominator", "value", "no_data", "note", "why"]
STANDING = """
    CREATE TABLE standing AS SELECT * FROM measures_observation WHERE id % 20 < 3;
    UPDATE standing SET value = value + 1 WHERE id % 20 < 2 AND value IS NOT NULL;
    UPDATE standing SET numerator = numerator + 1 WHERE id % 20 < 2 AND numerator IS NOT NULL;
"""
SHARES = """
    UPDATE measures_definition SET shape = 'proportion' WHERE measure_id % 2 = 1;
    UPDATE measures_observation SET numerator = value, denominator = value + 100, value = NULL
    WHERE measure_id % 2 = 1;
    UPDATE measures_observation SET numerator = NULL, denominator = NULL, value = NULL, no_data = 'vendor_late'
    WHERE id % 33 = 0;
"""


def lines_of(slug: str) -> Iterator[list[object]]:
    """The numbers of a collaborative as lines of a file; a changed number of a closed month has its reason."""
    rows = Observation.objects.filter(measure__organization__collaborative__slug=slug).order_by("pk")
    for row in rows.select_related("measure__organization").iterator(5000):
        measure = row.measure
        yield [
            measure.organization.name, measure.name, row.period, row.numerator, row.denominator, row.value,
            row.no_data, "seen twice" if row.pk % 100 == 0 else "", "audit of the charts" if row.pk % 20 < 2 else "",
        ]  # fmt: skip


class Bench:
    """The file, the tables as they stand before it, and what it leaves in them."""

    def __init__(self, file: Path, slug: str) -> None:
        self.file, self.slug = file, slug
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(HEAD)
            writer.writerows(lines_of(slug))
        self.left: dict[str, str] = {}

    def clear(self) -> None:
        with transaction.atomic(), unguarded():
            self._run("TRUNCATE measures_observation, measures_correction")

    def stand(self) -> None:
        """The tables as they are before the import."""
        self.clear()
        self._run("INSERT INTO measures_observation SELECT * FROM standing")
        self._run("VACUUM ANALYZE measures_observation, measures_correction")
        self._run("CHECKPOINT")

    def load(self) -> tuple[float, float]:
        """Seconds and megabytes of the command."""
        command = [
            sys.executable,
            "manage.py",
            "import_observations",
            str(self.file),
            f"--collaborative={self.slug}",
        ]
        start = perf_counter()
        child = subprocess.Popen(command, env=os.environ | {"LOG_LEVEL": "ERROR"}, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError("The import failed.")
        return perf_counter() - start, used.ru_maxrss / 1024

    def keep(self) -> None:
        """Keep what the import left, for the floor."""
        with connection.cursor() as cursor:
            for table in TABLES:
                rows = StringIO()
                cursor.copy_expert(f"COPY {table} TO STDOUT", rows)
                self.left[table] = rows.getvalue()

    def copy(self) -> float:
        """Seconds of the floor."""
        start = perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            for table in TABLES:
                cursor.copy_expert(f"COPY {table} FROM STDIN", StringIO(self.left[table]))
        return perf_counter() - start

    @staticmethod
    def _run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)


def bench_in(folder: Path) -> Bench:
    call_command("migrate", interactive=False, verbosity=0)
    make_landscape(organizations=100, months=50, slug="imported")
    Bench._run(SHARES + STANDING)
    return Bench(folder / "numbers.csv", "imported")


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    imported, copied, peaks = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        bench = bench_in(Path(folder))
        for _ in range(ROUNDS):
            bench.stand()
            seconds, megabytes = bench.load()
            imported.append(seconds)
            peaks.append(megabytes)
            bench.keep()
            bench.clear()
            copied.append(bench.copy())
    print(
        f"{bench.left[TABLES[0]].count(chr(10)):,} numbers, {bench.left[TABLES[1]].count(chr(10)):,} of history"
    )
    for name, taken in (("import", imported), ("COPY", copied)):
        print(f"{name:20} {median(taken):8.2f} s ({min(taken):.2f} to {max(taken):.2f})")
    Bench._run("DROP TABLE standing")
    call_command("flush", interactive=False, verbosity=0)
    ratio = median(ours / floor for ours, floor in zip(imported, copied, strict=True))
    budgets = (
        Budget(f"Time, an import of {LINES:,} lines to COPY of its numbers and history", ratio, 4),
        Budget("Megabytes of the import at its peak", max(peaks), 600),
    )
    for budget in budgets:
        print(budget)
    return int(not all(budget.is_met for budget in budgets))
