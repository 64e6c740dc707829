"""What is asked after each fault: is every acknowledged number there, once; are charts and letters in place."""

from collections import Counter
from dataclasses import astuple, dataclass
from decimal import Decimal

import psycopg2

from faults.site import Site, wait_until
from faults.writers import Crowd, Writer

SETTLED = 90.0
"""Seconds after a fault within which all charts are fresh and no letter waits."""

STALE = """SELECT count(*) FROM measures_measure m LEFT JOIN measures_chartsnapshot s ON s.measure_id = m.id
           WHERE s.version IS NULL OR s.version < m.series_version"""
WAITING = "SELECT count(*) FROM p2_letter WHERE state IN ('queued', 'sending')"
UNSURE = "SELECT count(*) FROM p2_letter WHERE state = 'unsure' AND key LIKE %s"
HISTORY = """SELECT c.new_value FROM measures_correction c JOIN measures_measure m ON m.id = c.measure_id
             WHERE m.ref = %s AND c.period = %s AND c.new_value IS NOT NULL ORDER BY c.id"""


@dataclass(frozen=True)
class Line:
    """A line of the table: what one fault did."""

    fault: str
    acknowledged: int
    unanswered: int
    longest: float
    lost: int
    twice: int
    letters_sent: int
    letters_unsure: int
    letters_twice: int
    fresh_after: float
    sent_after: float
    seen: str

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.twice or self.letters_twice) and self.acknowledged > 0

    def __str__(self) -> str:
        shown = (f"{cell:.1f} s" if isinstance(cell, float) else str(cell) for cell in astuple(self))
        return f"| {' | '.join(shown)} |"


HEAD = (
    "| fault | saves acknowledged | refused or unanswered | longest save | numbers lost | numbers twice | letters sent "
    "| unsure | letters twice | charts fresh after | letters settled after | seen |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def settle(site: Site) -> tuple[float, float]:
    """Wait until every chart is fresh and no letter waits; the seconds that each took."""
    charts = wait_until(lambda: _is_none(site, STALE), what="the charts were not all fresh", seconds=SETTLED)
    letters = charts + wait_until(
        lambda: _is_none(site, WAITING), what="letters still waited", seconds=SETTLED - charts
    )
    return charts, letters


def judge(site: Site, crowd: Crowd, name: str, *, seen: str) -> Line:
    """The line of the fault that is over now; `name` begins the subjects of its letters."""
    fresh_after, sent_after = settle(site)
    history = [[f"{value:.3f}" for (value,) in _history(site, writer)] for writer in crowd.writers]
    saves = crowd.saves
    subjects = site.letters.read_text(encoding="utf-8").splitlines()
    sent = Counter(subject for subject in subjects if subject.startswith(f"{name} "))
    return Line(
        fault=name,
        acknowledged=sum(save.acknowledged for save in saves),
        unanswered=sum(not save.acknowledged for save in saves),
        longest=max(save.seconds for save in saves),
        lost=sum(_lost(writer, kept) for writer, kept in zip(crowd.writers, history, strict=True)),
        twice=sum(len(kept) - len(set(kept)) for kept in history),
        letters_sent=len(sent),
        letters_unsure=site.one(UNSURE, f"{name} %"),
        letters_twice=sum(number > 1 for number in sent.values()),
        fresh_after=fresh_after,
        sent_after=sent_after,
        seen=seen,
    )


def _is_none(site: Site, count: str) -> bool:
    """False also while the database is still on its way back."""
    try:
        return bool(site.one(count) == 0)
    except psycopg2.OperationalError:
        return False


def _history(site: Site, writer: Writer) -> list[tuple[Decimal]]:
    return site.rows(HISTORY, writer.measure, writer.period)


def _lost(writer: Writer, kept: list[str]) -> int:
    """How many acknowledged numbers the history lacks; one more where an older one than the last stands now."""
    acknowledged = [save.value for save in writer.saves if save.acknowledged]
    is_older = bool(acknowledged) and (not kept or float(kept[-1]) < float(acknowledged[-1]))
    return len(set(acknowledged) - set(kept)) + is_older
