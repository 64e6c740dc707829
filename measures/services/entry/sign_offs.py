"""A sheet is signed off and taken back here: a person says that its numbers are all in. It blocks nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods, rules
from measures.models import Measure, Observation, SignOff
from measures.selectors.months import binding, is_over
from measures.selectors.sheet_place import SheetPlace, in_order, loggable
from measures.services import rights
from measures.services.entry import cells, locks
from organizations.models import Organization, User, as_of_now
from p2 import audit
from p2.errors import RuleViolation, ensure
from p2.words.days import Pattern, written
from p2.words.zones import zone_of

Seen = Mapping[str, int]
"""The version of each number that a person saw on a sheet, by its measure's ref; 0 or nothing for an empty cell."""


class NumbersMissing(RuleViolation):
    """Numbers are missing that the person did not say yes to; `missing` are their measures, in the sheet's order."""

    def __init__(self, missing: Sequence[Measure]) -> None:
        words = ngettext(
            "%(count)d number of this sheet is missing.",
            "%(count)d numbers of this sheet are missing.",
            len(missing),
        )
        super().__init__(words % {"count": len(missing)})
        self.missing = tuple(missing)


@dataclass(frozen=True, slots=True)
class SheetNumbers:
    """What a sheet has when somebody is asked whether it is complete."""

    measures: tuple[Measure, ...]
    missing: tuple[Measure, ...]
    versions: Seen


def look(organization: Organization, place: SheetPlace, *, by: User) -> SheetNumbers:
    """What a sign-off would be given for. Three queries at most, whatever the sheet's size."""
    ensure(rules.may_sign_off(by, organization))
    measures = _measures(organization, place, by)
    numbers = _numbers(measures, place.period)
    versions = {ref: row.version for ref, row in numbers.items()}
    return SheetNumbers(tuple(measures), _missing(organization, measures, numbers, place), versions)


@transaction.atomic
def sign(
    organization: Organization,
    place: SheetPlace,
    *,
    seen: Seen | None = None,
    without: Collection[str] = (),
    by: User,
    at: datetime | None = None,
) -> SignOff:
    """Say that a sheet is complete. The next change of any of its numbers lifts it.

    `seen` is what the person saw, None who did not look; `without` are the measures whose number may be missing.

    Raises
    ------
    NumbersMissing
        Where others are missing too.
    RuleViolation
        Where it is signed off already, its period is not over, or somebody changed a number since it was seen.
    """
    at = at or timezone.now()
    measures = _measures(organization, place, by)
    if measures:  # locked, as whoever saves one of its numbers does
        locks.of([measure.pk for measure in measures], known=measures, by=by)
    _ensure_may(organization, by=by, at=at)
    measures = [measure for measure in measures if measure.retired_at is None]
    if not measures:
        raise RuleViolation(_("There is no measure on this sheet."))
    _ensure_over(place, at)
    _ensure_unsigned(organization, place)
    numbers = _numbers(measures, place.period)
    if seen is not None:
        _ensure_seen(measures, numbers, seen, place.period)
    missing = _missing(organization, measures, numbers, place)
    if {measure.ref for measure in missing} - set(without):
        raise NumbersMissing(missing)
    signed = SignOff.objects.create(
        organization=organization,
        period=place.period,
        frequency=place.frequency,
        missing=len(missing),
        by=by,
        at=at,
    )
    changes = {"missing": (None, len(missing))} if missing else None
    audit.record("signed off", signed, by=by, at=at, changes=changes)
    return signed


@transaction.atomic
def withdraw(organization: Organization, ref: str, *, by: User, at: datetime | None = None) -> SignOff:
    """Take it back that a sheet is complete. It stays in the history."""
    at = at or timezone.now()
    signed = organization.sign_offs.select_for_update(of=("self",)).filter(ref=ref).first()
    _ensure_may(organization, by=as_of_now(by), at=at)
    if signed is None or signed.withdrawn_at:
        raise RuleViolation(_("This sheet is no longer signed off: that was taken back before."))
    if signed.lifted_at:
        raise RuleViolation(_("This sheet is no longer signed off: a number was changed since."))
    signed.withdrawn_by, signed.withdrawn_at = by, at
    signed.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record("withdrew", signed, by=by, at=at)
    return signed


def _ensure_may(organization: Organization, *, by: User, at: datetime) -> None:
    """Whoever logs on a sheet signs it, for as long as its numbers change."""
    ensure(rules.may_sign_off(by, organization))
    if words := rights.why_final(organization, organization.last_day(), by=by, at=at):
        raise RuleViolation(words)


def _ensure_over(place: SheetPlace, at: datetime) -> None:
    """A period that still runs is not complete yet."""
    if not is_over(place.period, place.frequency, place.zone, at):
        said = {"period": place.label}
        raise RuleViolation(capfirst(_("%(period)s is not over yet. Sign it off once it is.") % said))


def _missing(
    organization: Organization, measures: Sequence[Measure], there: Collection[str], place: SheetPlace
) -> tuple[Measure, ...]:
    """The measures that have neither a number nor a reason there: of a period that is asked for, those that had begun;
    of any other, all that the sheet shows without a number.
    """
    empty = [measure for measure in measures if measure.ref not in there]
    begun = [measure for measure in empty if measure.due_from is None or measure.due_from <= place.period]
    if len(begun) == len(empty):
        return tuple(empty)
    month = periods.closing_month(place.period, place.frequency)
    bound = binding([organization.pk], month, month)
    is_asked = place.asks({period: one for (_own, period), one in bound.items()})
    return tuple(begun if is_asked else empty)


def _measures(organization: Organization, place: SheetPlace, by: User) -> list[Measure]:
    return in_order(list(loggable(by).filter(organization=organization)), place.frequency)


def _numbers(measures: Sequence[Measure], period: date) -> dict[str, Observation]:
    rows = Observation.objects.filter(measure__in=measures, period=period, ordinal=0)
    refs = {measure.pk: measure.ref for measure in measures}
    return {refs[row.measure_id]: row for row in rows.select_related("recorded_by")}


def _ensure_unsigned(organization: Organization, place: SheetPlace) -> None:
    known = organization.sign_offs.of_sheet(place.period, place.frequency).standing().first()
    if known:
        day = written(known.at.astimezone(zone_of(place.zone)), Pattern.DAY)
        said = {"period": place.label, "person": known.by, "day": day}
        raise RuleViolation(_("%(person)s has signed off %(period)s already, on %(day)s.") % said)


def _ensure_seen(
    measures: Sequence[Measure], numbers: Mapping[str, Observation], seen: Seen, period: date
) -> None:
    """Whether the numbers are still those that the person saw."""
    for measure in measures:
        row = numbers.get(measure.ref)
        if (row.version if row else 0) == seen.get(measure.ref, 0):
            continue
        if row is None:
            words = _(
                "%(person)s cleared %(measure)s since you opened the sheet. Look at it before you sign."
            )
            cleared_by = cells.who_cleared((measure.pk, period, 0)) or _("Somebody")
            raise RuleViolation(words % {"person": cleared_by, "measure": measure})
        said = {"person": row.recorded_by or _("Somebody"), "words": row.words, "measure": measure}
        words = _(
            "%(person)s saved %(words)s for %(measure)s since you opened the sheet. Look at it before you sign."
        )
        raise RuleViolation(words % said)
