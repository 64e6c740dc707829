"""What the fields of the sheet hold: one set a row, each named by its measure's ref."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from measures.exchange.labels import read_period
from measures.services.entry.sheets import Typed
from p2.errors import RuleViolation
from p2.words.languages import installed

LONGEST_NUMBER = 200
LONGEST_DATES = 5000
"""All events of a quarter in one field."""
LONGEST_REASON = 300


def typed_row(posted: Mapping[str, str], ref: str, *, with_note: bool) -> Typed:
    """The fields of one row. A field that was not sent is empty; a note that was not sent is as it was."""

    def text(field: str, longest: int = LONGEST_NUMBER) -> str:
        return posted.get(f"{ref}-{field}", "").replace("\x00", "").strip()[:longest]

    def note(field: str, otherwise: str) -> str:
        return posted.get(f"{ref}-{field}", otherwise).replace("\x00", "").replace("\r\n", "\n")

    note_had = note("note-had", "") if with_note else None
    return Typed(
        numerator=text("numerator"),
        denominator=text("denominator"),
        value=text("value", LONGEST_DATES),
        no_data=text("no_data"),
        note=note("note", note_had or "") if with_note else "",
        note_had=note_had,
        why=text("why", LONGEST_REASON),
        kept=text("as_it_is"),
        have=whole(text("have")),
        had=text("had"),
        seen=text("seen", LONGEST_DATES) if f"{ref}-seen" in posted else None,
        language=installed(text("language")),
    )


def typed_rows(posted: Mapping[str, str], refs: Iterable[str], *, with_note: bool) -> dict[str, Typed]:
    """The rows that were sent."""
    return {ref: typed_row(posted, ref, with_note=with_note) for ref in refs if f"{ref}-have" in posted}


def whole(text: str) -> int:
    """A version, 0 for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def posted_period(text: str, frequency: str) -> date:
    """The period that numbers are sent for.

    Raises
    ------
    RuleViolation
        Where it names none: a number must not land in another month than the one that its page showed.
    """
    try:
        return read_period(text, frequency)
    except ValueError as wrong:
        raise RuleViolation(_("Nothing is saved: %(wrong)s") % {"wrong": wrong}) from None


def asked_period(text: str, frequency: str) -> date | None:
    """The period of an address; None when it names none."""
    try:
        return read_period(text, frequency) if text else None
    except ValueError:
        return None
