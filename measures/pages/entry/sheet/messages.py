"""The second line of a row: why it is not saved, whose number stands instead, and what can be done."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import Observation
from measures.services.entry.sheets import Trouble, Typed
from p2.words.days import Pattern, written


@dataclass(frozen=True, slots=True)
class NoteSide:
    """One of two notes at one number, under whose it is."""

    whose: str
    words: str  # empty: there is none


@dataclass(frozen=True, slots=True)
class Message:
    """The second line of a row."""

    kind: str  # invalid, warn, conflict
    words: str
    keep: str = ""  # the words of "Keep 6"
    save: str = ""  # the words of "Save 8"
    theirs: int = 0  # the version that "Save 8" replaces
    asks_why: bool = False
    their_note: str | None = None  # that "Save mine" replaces
    notes: tuple[NoteSide, ...] = ()  # theirs and mine, in place of `words`
    mark: str = ""  # of words that may be saved as they are


def troubled(trouble: Trouble, typed: Typed, standing: Observation | None) -> tuple[str, Message]:
    if trouble.mark:
        return "not-saved", Message("warn", trouble.words, mark=trouble.mark)
    if not trouble.is_conflict:
        kept = _kept_words(standing)
        return "not-saved", Message("invalid", trouble.words, kept, asks_why=trouble.asks_why)
    if trouble.their_note is not None:
        return "two-entries", _two_notes(trouble, trouble.their_note)
    if trouble.is_untouched:
        return "changed", _changed(trouble)
    theirs, save = trouble.theirs, _("Save %(typed)s")
    said: dict[str, object] = {"typed": typed.number}
    if theirs is None:
        said["person"] = trouble.cleared_by or _("Somebody")
        sentence = _("%(person)s cleared this cell while you typed %(typed)s.")
        return "two-entries", Message("conflict", sentence % said, _("Keep it empty"), save % said, 0)
    said |= _theirs(trouble, theirs)
    sentence = _("%(person)s saved %(theirs)s at %(time)s while you typed %(typed)s.")
    keep = _("Keep %(theirs)s")
    return "two-entries", Message("conflict", sentence % said, keep % said, save % said, theirs.version)


def _two_notes(trouble: Trouble, theirs: str) -> Message:
    """Both notes beside one another, each as its writer left it."""
    said = {"person": trouble.note_by or _("Somebody")}
    wrote, took = (
        _("%(person)s wrote while you had it open"),
        _("%(person)s took the note off while you had it open"),
    )
    mine = _("Your note, not saved") if trouble.my_note else _("Yours, not saved: no note")
    notes = (NoteSide((wrote if theirs else took) % said, theirs), NoteSide(mine, trouble.my_note))
    kept, save = _("Keep the note that is saved"), _("Save my note")
    return Message("conflict", "", kept, save, their_note=theirs, notes=notes)


def _changed(trouble: Trouble) -> Message:
    """What somebody saved over a number that the person did not touch: there is nothing of theirs to save."""
    if trouble.theirs is None:
        words = _("%(person)s cleared this cell after you opened the sheet.")
        person = trouble.cleared_by or _("Somebody")
        return Message("conflict", words % {"person": person}, _("Go on without a number"))
    said = _theirs(trouble, trouble.theirs)
    words = _("%(person)s saved %(theirs)s at %(time)s, after you opened the sheet.")
    return Message("conflict", words % said, _("Go on with %(theirs)s") % said)


def _theirs(trouble: Trouble, theirs: Observation) -> dict[str, object]:
    return {
        "person": theirs.recorded_by or _("Somebody"),
        "theirs": trouble.theirs_words or theirs.words,
        "time": written(timezone.localtime(theirs.recorded_at), Pattern.TIME),
    }


def _kept_words(standing: Observation | None) -> str:
    """The way back to what is saved, where something is."""
    if standing is None:
        return ""
    if standing.no_data:
        return _("Keep what is saved")
    return _("Keep %(theirs)s") % {"theirs": standing.words}
