"""What an undo would put back, before it does, and the sentences on what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.selectors.sheet_place import SheetPlace
from measures.sentences.periods import label as period_label
from measures.services.entry.undos import KEPT, Step, Undo, Undone
from p2.words.days import Pattern, written
from p2.words.wording import figure
from p2.words.zones import zone_of

SHOWN, NAMED = 60, 4
"""Cells that the page lists, and that a message names."""


@dataclass(frozen=True, slots=True)
class UndoLine:
    """One cell: where, what stands, what comes back, or why it is left."""

    where: str
    now: str
    back: str
    sentence: str


@dataclass(frozen=True, slots=True)
class UndoPage:
    """The page: at most `SHOWN` lines of each kind, and how many more there are."""

    count: int
    lines: tuple[UndoLine, ...]
    left: tuple[UndoLine, ...]
    more: int
    more_left: int
    needs_reason: bool


def undo_page(undo: Undo) -> UndoPage:
    """The rows of a planned undo. It asks the database nothing."""
    return UndoPage(
        len(undo.steps),
        _lines(undo.steps),
        _lines(undo.left),
        max(0, len(undo.steps) - SHOWN),
        max(0, len(undo.left) - SHOWN),
        undo.needs_reason,
    )


def put_back_words(undone: Undone) -> str:
    """What a person is told after an undo: how many came back, and which were left."""
    if undone.count:
        words = ngettext("%(number)s number put back.", "%(number)s numbers put back.", undone.count)
        said = words % {"number": figure(undone.count, 0)}
    else:
        said = _("Nothing was put back.")
    return " ".join(filter(None, (said, _left_words(undone.left))))


def undo_words(saved_at: str, place: SheetPlace) -> str:
    """Until when a save can be undone; empty for what is no instant, or one too long ago."""
    known = instant(saved_at)
    if known is None or not known <= place.at <= known + KEPT:
        return ""
    until = (known + KEPT).astimezone(zone_of(place.zone))
    return _("You can undo this until %(time)s (%(zone)s) on %(day)s.") % {
        "time": written(until, Pattern.TIME),
        "zone": until.tzname(),
        "day": written(until, Pattern.DAY),
    }


def instant(text: str) -> datetime | None:
    """The instant that an address names, with its zone; None for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _lines(steps: Iterable[Step]) -> tuple[UndoLine, ...]:
    nothing = _("nothing")
    return tuple(
        UndoLine(_where(step), step.now_words or nothing, step.back_words or nothing, step.sentence)
        for step in list(steps)[:SHOWN]
    )


def _left_words(left: Sequence[Step]) -> str:
    if not left:
        return ""
    named = "; ".join(
        _("%(place)s: %(sentence)s") % {"place": _where(step), "sentence": step.sentence}
        for step in left[:NAMED]
    )
    words = [_("Left as they are: %(named)s") % {"named": named}]
    if more := len(left) - NAMED:
        rest = ngettext("And %(number)s more.", "And %(number)s more.", more) % {"number": figure(more, 0)}
        words += [rest] if more > 0 else []
    return " ".join(words)


def _where(step: Step) -> str:
    period = period_label(step.latest.period, step.measure.words.frequency, long=True)
    return f"{step.measure}, {period}"
