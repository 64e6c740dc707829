"""A worker that runs and does no work is replaced: when, how often, and what ends."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from p2.run.pulse import PulseWatch
from p2.vitals import Vitals

ROOT = Path(__file__).resolve().parent.parent.parent

STUCK = Vitals(database=True, broker=True, beat=True, pulse=40.0)
AT_WORK = Vitals(database=True, broker=True, beat=True, pulse=2.0)
NO_DATABASE = Vitals(database=False, broker=True, beat=True, pulse=None)
NO_BROKER = Vitals(database=True, broker=False, beat=False, pulse=70.0)
NO_BEAT = Vitals(database=True, broker=True, beat=False, pulse=70.0)


def replaced(looks: list[Vitals], *, started: float = -1000.0, every: int = 5) -> list[int]:
    """At which seconds the worker is replaced, where a look every so many seconds finds these."""
    given: Iterator[Vitals] = iter(looks)
    watch = PulseWatch(lambda: next(given))
    times = range(0, len(looks) * every, every)
    return [now for now in times if watch.complaint(now, started=started)]


def test_a_worker_without_a_pulse_is_replaced_after_half_a_minute_and_then_every_two_minutes() -> None:
    assert replaced([STUCK] * 60) == [35, 155, 275]


def test_a_worker_at_work_is_left_alone() -> None:
    assert replaced([AT_WORK] * 60) == []


@pytest.mark.parametrize("gap", [NO_DATABASE, NO_BROKER, NO_BEAT])
def test_nobody_is_replaced_while_what_a_worker_needs_is_away_nor_half_a_minute_after(gap: Vitals) -> None:
    assert replaced([gap] * 60) == []
    assert replaced([*[gap] * 6, *[STUCK] * 6, *[AT_WORK] * 6]) == []
    assert replaced([*[gap] * 6, *[STUCK] * 8]) == [65]


def test_a_worker_has_half_a_minute_for_its_first_pulse() -> None:
    never = Vitals(database=True, broker=True, beat=True, pulse=None)

    assert replaced([never] * 20, started=20.0) == [55]


def test_it_looks_no_oftener_than_every_five_seconds() -> None:
    looks = []

    def look() -> Vitals:
        looks.append(AT_WORK)
        return AT_WORK

    watch = PulseWatch(look)
    for tenth in range(100):
        watch.complaint(tenth / 10, started=0.0)

    assert len(looks) == 2


def test_the_log_says_why() -> None:
    watch = PulseWatch(lambda: STUCK, sound_since=0.0)

    assert watch.complaint(31.0, started=0.0) == (
        "The worker did no work for 40 s, while database, broker and beat answer."
    )


REPLACING = """
from pathlib import Path
from p2.run.process import Program
from p2.run.supervisor import Supervisor

supervisor = Supervisor(mark=Path({home!r}))
supervisor.keep(Program("worker", ("sleep", "600")))
first = supervisor.children[0].process
since = supervisor.running_since("worker")
supervisor.replace("worker")
supervisor.watch(until=lambda: supervisor.running_since("worker") > since)
print("ended", first.returncode, supervisor.children[0].process.poll())
supervisor.end_all()
"""


def test_a_worker_that_is_replaced_is_ended_and_started_anew(tmp_path: Path) -> None:
    said = subprocess.run(
        (sys.executable, "-c", REPLACING.format(home=str(tmp_path))),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.splitlines() == ["worker ended (-15); it starts again in 0.5 s.", "ended -15 None"]
