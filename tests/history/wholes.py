"""Verbs that change one fact of several, or that have no state: run with all that they can change."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from measures.exchange.entries import Entry
from measures.models import CareProcess
from measures.services import markups, measures
from measures.services.entry import observations
from organizations.models import Invitation, User
from organizations.services.people import accounts, invitations, persons, profiles
from organizations.services.programme import collaboratives, organizations, phases, units
from projects.models import TeamMember
from projects.services import projects, teams
from tests.measures.series import SHARE, make_measure
from tests.permissions.states.scene import LATER, STATES, Scene

Run = Callable[[Scene, User], object]

WORDS = {
    "numerator_words": "Days to an appointment", "denominator_words": "of all", "inclusions": "All", "unit": "workdays",
    "data_source": "Calendar", "sampling": "The first 20", "decimals": 2, "direction": "up", "goal": Decimal("2.5"),
    "goal_on": date(2030, 1, 1), "shape": "count", "multiplier": Decimal(10), "frequency": "week",
}  # fmt: skip
"""Of a measure without a number: else its shape stays."""


@dataclass(frozen=True)
class Whole:
    """A verb that changes all that it can, by whom; `before` makes what it needs."""

    actor: str
    run: Run
    before: Callable[[Scene], object] = lambda at: None


def whole_collaborative(at: Scene, by: User) -> object:
    facts = {
        "name": "Better", "purpose": "No harm", "time_zone": "Europe/Oslo", "language": "sv", "run_rules": "perla",
        "closing_day": 9, "keeps_months": False, "banner_title": "Simulated", "banner_text": "None of it is true.",
    }  # fmt: skip
    return collaboratives.edit(at.cast.collaborative, by=by, **facts)


def whole_organization(at: Scene, by: User) -> object:
    facts = {
        "name": "Better Hospital", "short_name": "Better", "kind": "county", "size": 240, "region": "North",
        "country": "SE", "time_zone": "Europe/Oslo", "code": "R1H", "name_is_invented": True,
    }  # fmt: skip
    return organizations.edit(at.own, by=by, **facts)


def whole_phase(at: Scene, by: User) -> object:
    row = at.cast.implementation
    dates = {"starts_on": row.starts_on - timedelta(days=1), "ends_on": row.ends_on + timedelta(days=1)}
    return phases.edit(row, ordinal=9, name="Doing", purpose="Try", min_projects=1, by=by, **dates)


def whole_project(at: Scene, by: User) -> object:
    row = at.project
    dates = {"starts_on": row.starts_on - timedelta(days=1), "aim_on": row.aim_on + timedelta(days=1)}
    facts = {"name": "Fewer falls", "aim": "None", "care_process": "Falls", "units": [at.unit]}
    return projects.edit(row, by=by, **dates, **facts)


def whole_definition(at: Scene, by: User) -> object:
    begins = at.spare.words.effective_from
    return measures.define(at.spare, definition=WORDS, effective_from=begins, why="All of it", by=by)


def whole_naming(at: Scene, by: User) -> object:
    naming = {"name": "Delay", "area": "access", "aim": "timely", "care_process": ""}
    return measures.rename(at.measure, naming=naming, by=by)


def whole_profile(at: Scene, by: User) -> object:
    return profiles.edit(by, name="Leah", time_zone="Europe/Oslo", language="sv", wants_digest=False)


def whole_number(at: Scene, by: User) -> object:
    entry = Entry(value=Decimal(7), sd=Decimal(2), size=30, note="By hand")
    return observations.record(at.measure, at.period, entry, by=by)


def as_another_leader(at: Scene, by: User) -> object:
    return teams.add(at.project, at.newcomer, task="Pharmacist", is_leader=True, by=by)


def with_a_leader(at: Scene) -> object:
    return TeamMember.objects.filter(pk=at.team_member.pk).update(is_leader=True, task="Nurse")


WHOLES = {
    "accounts.change_password": Whole("lead", lambda at, by: accounts.change_password(by, "walk-the-ward-9")),
    "accounts.reset_password": Whole("lead", lambda at, by: accounts.reset_password(by, "walk-the-ward-9")),
    "accounts.signed_in": Whole("lead", lambda at, by: accounts.signed_in(by)),
    "accounts.signed_out": Whole("lead", lambda at, by: accounts.signed_out(by)),
    "collaboratives.edit": Whole("office", whole_collaborative),
    "invitations.accept:known": Whole(
        "member",
        lambda at, by: invitations.accept(at.token, by=by),
        lambda at: Invitation.objects.filter(pk=at.invitation.pk).update(
            email=at.cast.member.email, role="lead"
        ),
    ),
    "invitations.renew": Whole("office", lambda at, by: invitations.renew(at.invitation, by=by)),
    "markups.withdraw:exclusion": Whole(
        "lead",
        lambda at, by: markups.withdraw(at.measure.exclusions.get(), by=by),
        lambda at: markups.exclude(at.measure, LATER, why="The roof was open", by=None),
    ),
    "observations.record:signed": Whole(
        "lead",
        lambda at, by: observations.record(at.measure, at.period, Entry(value=Decimal(7)), by=by),
        STATES["signed"],
    ),
    "invitations.accept": Whole(
        "", lambda at, by: invitations.accept(at.token, name="Newt", password="ward-9-walk")
    ),
    "measures.define": Whole("lead", whole_definition),
    "measures.rename": Whole("lead", whole_naming),
    "observations.record": Whole("lead", whole_number),
    "observations.record:no data": Whole(
        "lead", lambda at, by: observations.record(at.measure, at.period, Entry(no_data="no_cases"), by=by)
    ),
    "observations.record:cleared": Whole(
        "lead", lambda at, by: observations.record(at.measure, at.period, Entry(), by=by)
    ),
    "observations.record:ratio": Whole(
        "lead",
        lambda at, by: observations.record(
            at.cast.own.measures.get(name="Share"), at.period, Entry(Decimal(3), Decimal(9)), by=by
        ),
        lambda at: observations.record(
            make_measure(at.own, "Share", **SHARE), at.period, Entry(Decimal(1), Decimal(8)), by=None
        ),
    ),
    "organizations.edit": Whole("office", whole_organization),
    "persons.edit": Whole(
        "site_admin",
        lambda at, by: persons.edit(at.cast.member, name="Maria", is_active=False, is_staff=True, by=by),
    ),
    "phases.edit": Whole("office", whole_phase),
    "profiles.edit": Whole("lead", whole_profile),
    "projects.edit": Whole(
        "lead",
        whole_project,
        lambda at: CareProcess.objects.create(collaborative=at.cast.collaborative, name="Falls"),
    ),
    "teams.add": Whole("lead", as_another_leader, with_a_leader),
    "teams.remove": Whole("lead", lambda at, by: teams.remove(copy(at.team_member), by=by), with_a_leader),
    "units.rename": Whole("lead", lambda at, by: units.rename(at.unit, name="C3", kind="clinic", by=by)),
}
