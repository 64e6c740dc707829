"""Whether an organization applies, takes part or took part, and what its people are told of it."""

from __future__ import annotations

from datetime import date
from enum import Enum

from django.utils.translation import gettext as _

from organizations.models import Organization, Person, standing_of
from p2.words.wording import written_day


class TakingPart(Enum):
    APPLIES, TAKES, TOOK = "applies", "takes", "took"


def part_on(day: date, last: date | None) -> TakingPart:
    """By the end of its last phase, which an applicant has none of.

    >>> [part_on(date(2004, 5, 2), last).value for last in (None, date(2004, 5, 2), date(2004, 5, 1))]
    ['applies', 'takes', 'took']
    """
    if last is None:
        return TakingPart.APPLIES
    return TakingPart.TAKES if day <= last else TakingPart.TOOK


def past_words(place: object, last: date) -> str:
    said = {"place": place, "day": written_day(last)}
    return _("%(place)s took part until %(day)s. What it has here stays as it is.") % said


def applicant_words(place: object) -> str:
    return _(
        "%(place)s is an applicant: its lead keeps its facts and its own measures. Projects, units and invitations "
        "come once the program office has admitted it to a phase."
    ) % {"place": place}


def told_to_its_own(name: object, part: TakingPart, last: date | None, *, is_lead: bool) -> str:
    """Why its people find less here than others do, and what is left to them; empty where it takes part."""
    if part is TakingPart.APPLIES:
        return applicant_words(name)
    if part is TakingPart.TAKES or last is None:
        return ""
    if not is_lead:
        return past_words(name, last)
    return _("%(took_part)s You still read it, and look after its people.") % {
        "took_part": past_words(name, last)
    }


def told(organization: Organization, reader: Person, part: TakingPart, last: date | None) -> str:
    """The same on its page, to its own people alone."""
    standing = standing_of(reader)
    if organization.pk not in standing.organizations:
        return ""
    return told_to_its_own(organization, part, last, is_lead=standing.is_in(organization.pk, "lead"))
