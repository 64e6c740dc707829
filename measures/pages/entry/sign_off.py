"""What the sheet says of its sign-off, and what a person is asked before it."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import SignOff
from measures.selectors.months import is_over
from measures.selectors.sheet_place import SheetPlace
from measures.sentences import sign_offs as sentences
from measures.services.entry.sign_offs import SheetNumbers
from organizations.models import Organization
from p2.words.days import Pattern, written
from p2.words.zones import zone_of


@dataclass(frozen=True, slots=True)
class SheetSignOff:
    """Whether a sheet is signed off. `ref` is empty where it is not."""

    ref: str
    words: str  # "Complete: Rosa Diaz, 4 February 2004"
    was_words: str  # who signed it off before it was changed
    yours_words: str  # the same, once the reader changes a number: the script shows it
    verb: str  # "January 2004 is complete"; empty while the period runs


@dataclass(frozen=True, slots=True)
class CompleteQuestion:
    """The page that asks."""

    title: str
    words: str
    missing: tuple[str, ...]  # measures
    refs: str  # of these
    verb: str
    seen: str  # the versions that the page showed


def sheet_sign_off(organization: Organization, place: SheetPlace) -> SheetSignOff:
    """One query."""
    latest = organization.sign_offs.of_sheet(place.period, place.frequency).first()
    verb = _verb(place) if is_over(place.period, place.frequency, place.zone, place.at) else ""
    if latest is None or latest.withdrawn_at:
        return SheetSignOff("", "", "", "", verb)
    if latest.lifted_at:
        return SheetSignOff("", "", _lifted_words(latest, place), "", verb)
    said = {"person": str(latest.by), "day": _day(latest.at, place)}
    yours = _("It was signed off by %(person)s on %(day)s; changed since by you.") % said
    words = sentences.complete(latest.by, said["day"], latest.missing)
    return SheetSignOff(latest.ref, words, "", yours, verb)


def complete_question(sheet: SheetNumbers, place: SheetPlace) -> CompleteQuestion:
    """It asks the database nothing."""
    count = len(sheet.missing)
    return CompleteQuestion(
        title=capfirst(_("Is %(period)s complete?") % {"period": place.label}),
        words=_missing_words(count, place) if count else _there_words(len(sheet.measures), place),
        missing=tuple(map(str, sheet.missing)),
        refs=" ".join(measure.ref for measure in sheet.missing),
        verb=_without_words(count) if count else _verb(place),
        seen=json.dumps(sheet.versions),
    )


def signed_words(signed: SignOff, place: SheetPlace) -> str:
    """What a person is told who signed."""
    return capfirst(_("%(period)s is signed off as complete.") % {"period": place.label})


def _lifted_words(signed: SignOff, place: SheetPlace) -> str:
    changed = _day(signed.lifted_at or signed.at, place)
    return sentences.lifted(signed.by, _day(signed.at, place), signed.lifted_by, changed)


def _day(at: datetime, place: SheetPlace) -> str:
    return written(at.astimezone(zone_of(place.zone)), Pattern.DAY)


def _verb(place: SheetPlace) -> str:
    return capfirst(_("%(period)s is complete") % {"period": place.label})


def _missing_words(count: int, place: SheetPlace) -> str:
    words = ngettext(
        "%(count)d number of %(period)s is still missing. It can still be logged later.",
        "%(count)d numbers of %(period)s are still missing. They can still be logged later.",
        count,
    )
    return words % {"count": count, "period": place.label}


def _there_words(count: int, place: SheetPlace) -> str:
    words = ngettext(
        "The number of %(period)s is there, or a reason why there is none.",
        "All %(count)d numbers of %(period)s are there, or a reason why there is none.",
        count,
    )
    return words % {"count": count, "period": place.label}


def _without_words(count: int) -> str:
    words = ngettext("Sign off without it", "Sign off without these %(count)d", count)
    return words % {"count": count}
