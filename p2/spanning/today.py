"""Today: what every app hands up for one person, in the order in which it is read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from p2.spanning.composition import gather
from p2.spanning.rows import MOST, OTHER_NEWS, Aside, Due, News, Notice
from p2.words.since import beginning, since_words

SHOWN = 20
"""Signals and other news on the page, each; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Today:
    told: tuple[Notice, ...]
    first: Due | None  # the next thing: its button is the page's one filled button
    due: tuple[Due, ...]
    since: str
    signals: tuple[News, ...]
    news: tuple[News, ...]
    unshown: int
    is_cut: bool  # more than these may have changed: no source hands up more than `MOST` of a kind
    asides: tuple[Aside, ...]

    @property
    def is_told_alone(self) -> bool:
        """Whether there is nothing beside what is told."""
        rows = (self.first, self.due, self.signals, self.news)
        return any(row.is_all for row in self.told) and not any(rows)

    @property
    def is_first_a_month(self) -> bool:
        return bool(self.first and self.first.cells)


def compose(person: Any, *, previous: datetime | None, at: datetime) -> Today:
    """The page of a person whose previous visit ended at `previous`."""
    due: list[Due] = gather("TODAY_DUE", person, at)
    first = next((row for row in due if row.is_first), next((row for row in due if row.verb), None))
    changes: list[News] = gather("TODAY_CHANGED", person, beginning(previous, at), at)
    signals = sorted((row for row in changes if row.rank < OTHER_NEWS), key=_signals_first)
    news = sorted((row for row in changes if row.rank >= OTHER_NEWS), key=_signals_first)
    return Today(
        told=tuple(gather("TODAY_TOLD", person, at)),
        first=first,
        due=tuple(sorted((row for row in due if row is not first), key=_nearest_first)),
        since=since_words(previous, at),
        signals=tuple(signals[:SHOWN]),
        news=tuple(news[:SHOWN]),
        unshown=len(signals[SHOWN:]) + len(news[SHOWN:]),
        is_cut=max(len(signals), len(news)) >= MOST,
        asides=tuple(gather("TODAY_AROUND", person, at)),
    )


def _signals_first(row: News) -> tuple[int, float]:
    return row.rank, -row.at.timestamp()


def _nearest_first(row: Due) -> tuple[bool, int]:
    """By the day it is due; what has no day, and what is past its day, comes after."""
    return row.days_left is None or row.days_left < 0, row.days_left or 0
