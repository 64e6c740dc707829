"""The phases of a collaborative, and admitting organizations to them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import (
    Collaborative,
    Organization,
    Participation,
    Phase,
    Place,
    User,
    as_of_now,
    standing_of,
)
from organizations.selectors.taking_part import past_words
from p2 import audit, edits, jobs
from p2.errors import RuleViolation, ensure
from p2.words.zones import zone_of

EARLIEST, LATEST = 1990, 2100
"""Years of phases: every month between the first and the last day is made."""


@transaction.atomic
def add(collaborative: Collaborative, *, by: User, at: datetime | None = None, **facts: Any) -> Phase:
    """Plan a phase. Its months open by themselves once an organization takes part."""
    collaborative = Collaborative.objects.select_for_update().get(pk=collaborative.pk)
    ensure(rules.may_edit_phases(as_of_now(by), collaborative))
    _refuse_unfit(Phase(collaborative=collaborative, **facts))
    phase = Phase.objects.create(collaborative=collaborative, **facts)
    audit.record("added", phase, by=by, at=at)
    jobs.enqueue("measures.open_months")
    return phase


@transaction.atomic
def edit(
    phase: Phase, *, have: str | None = None, by: User, at: datetime | None = None, **facts: Any
) -> Phase:
    """Change number, words, dates or the fewest projects."""
    collaborative = Collaborative.objects.select_for_update().get(pk=phase.collaborative_id)
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    ensure(rules.may_edit_phases(as_of_now(by), collaborative))
    wanted = {field: facts.get(field, getattr(phase, field)) for field in ("ordinal", "starts_on", "ends_on")}
    _refuse_unfit(Phase(pk=phase.pk, collaborative=collaborative, **wanted))
    if edits.apply(phase, facts, by=by, at=at, have=have):
        jobs.enqueue("measures.open_months")
    return phase


@transaction.atomic
def admit(
    organization: Organization,
    phase: Phase,
    *,
    funding: str = Participation.Funding.GRANT,
    by: User,
    at: datetime | None = None,
) -> Participation:
    """Let an organization take part in a phase. It adopts the core measures and its months open."""
    at = at or timezone.now()
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    ensure(rules.may_edit_phases(as_of_now(by), phase.collaborative))
    if organization.collaborative_id != phase.collaborative_id:
        raise RuleViolation(
            _("%(organization)s belongs to another collaborative than %(phase)s.")
            % {"organization": organization, "phase": phase}
        )
    if organization.participations.filter(phase=phase).exists():
        raise RuleViolation(
            _("%(organization)s takes part in %(phase)s already.")
            % {"organization": organization, "phase": phase}
        )
    participation = Participation.objects.create(
        organization=organization, phase=phase, funding=funding, since=_day(at, organization)
    )
    audit.record("admitted", participation, by=by, at=at)
    jobs.enqueue("measures.adopt_core_measures")
    jobs.enqueue("measures.open_months")
    return participation


def ensure_not_past(place: Place, *, by: User, at: datetime | None = None) -> None:
    """Refuse what a past participant wants to change: from the end of its last phase on it only reads.

    The office keeps its right to correct; a collaborative itself is never past.
    """
    if rules.is_office(by, place.home.pk):
        return
    if words := _why_past(place, place.last_day(), at or timezone.now()):
        raise RuleViolation(words)


def why_past(place: Place, *, by: User, at: datetime | None = None) -> str:
    """What `ensure_not_past` will say to a person who works there, for a page that offers nothing then; else empty.

    No query: the end of the last phase came with the person's roles.
    """
    last = standing_of(by).last_days.get(place.pk) if isinstance(place, Organization) else None
    return "" if rules.is_office(by, place.home.pk) else _why_past(place, last, at or timezone.now())


def _why_past(place: Place, last: date | None, at: datetime) -> str:
    return "" if last is None or _day(at, place) <= last else past_words(place, last)


def _day(at: datetime, place: Place) -> date:
    return at.astimezone(zone_of(place.time_zone)).date()


def _refuse_unfit(wanted: Phase) -> None:
    """Numbers begin with 1, each is used once, and a phase ends after it starts."""
    if wanted.ordinal < 1:
        raise RuleViolation(_("Phases are numbered from 1."))
    others = Phase.objects.filter(collaborative=wanted.collaborative).exclude(pk=wanted.pk)
    if others.filter(ordinal=wanted.ordinal).exists():
        raise RuleViolation(_("There is a phase number %(number)d already.") % {"number": wanted.ordinal})
    if wanted.starts_on.year < EARLIEST or wanted.ends_on.year > LATEST:
        raise RuleViolation(
            _("A phase lies between %(first)d and %(last)d. Look at the years again.")
            % {"first": EARLIEST, "last": LATEST}
        )
    if wanted.ends_on <= wanted.starts_on:
        raise RuleViolation(_("A phase ends after it starts."))
