"""The stage of the permission table with more on it: a row for every state that a page tells apart."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Definition, Measure, Month, NoData
from measures.services import charts, markups, measures, months, observations
from organizations.models import Collaborative, Invitation, Organization, User, hash_of
from p2.models import WORKER_STOPPED, Letter
from projects.models import Project, ProjectMeasure, TeamMember
from tests.actors import Cast, join, make_person, make_project, make_unit
from tests.measures.series import FIRST, NAMING, SHARE, WAIT, log, make_measure
from tests.permissions.stage import Stage, make_stage
from tests.words.greek import write_in_greek

LANGUAGE = "en-xa"
BETTER = [
    *[20.0, 22.0, 19.0, 23.0, 18.0, 21.0, 20.5, 19.5, 22.5, 18.5, 21.5, 20.0],
    *[9.0 - n / 4 for n in range(12)],
]
WORSE = [40 - value for value in BETTER]
STEADY = [20.0 + (-1) ** n * (n % 5) for n in range(24)]


def make_full_stage() -> Stage:
    """The stage in Greek letters, its people reading the pseudo-language."""
    stage = make_stage()
    cast = stage.cast
    _make_core_measures(cast)
    for organization, lead in ((cast.own, cast.lead), (cast.other, cast.other_lead)):
        _make_charts(organization, lead)
    _keep_months(cast)
    _mark_up(cast)
    _make_projects(cast)
    _make_people(cast)
    _make_letters(cast.member)
    Definition.objects.filter(number=1).update(effective_from=FIRST)
    charts.refresh_stale()
    write_in_greek()
    User.objects.update(language=LANGUAGE)
    Collaborative.objects.update(language=LANGUAGE)
    for one in fields(cast):
        getattr(cast, one.name).refresh_from_db()
    return stage


def _first(count: int = 24, frequency: str = periods.MONTH) -> date:
    """The first of so many complete periods."""
    newest = periods.latest_complete(timezone.localdate(), frequency)
    return periods.following(newest, frequency, 1 - count)


def _make_core_measures(cast: Cast) -> None:
    """A mandatory one and two that one may adopt: whichever way is better, with benchmarks."""
    kinds = (
        ("Access", "down", WAIT, True),
        ("Seen in time", "up", SHARE, False),
        ("Visits", "", WAIT, False),
    )
    for name, direction, words, is_mandatory in kinds:
        core = measures.create_core(
            collaborative=cast.collaborative,
            naming={**NAMING, "name": name, "is_mandatory": is_mandatory},
            definition={**words, "direction": direction, "goal": Decimal(12)},
            by=cast.office,
        )
        measures.add_benchmark(
            core, label="Best clinics", value=Decimal(6), source="A survey", by=cast.office
        )
    measures.adopt_core_measures()
    for core in cast.collaborative.core_measures.filter(is_mandatory=False):
        measures.adopt(cast.other, core, by=cast.other_lead)
    for measure in Measure.objects.filter(core_measure__isnull=False):
        log(measure, [(90, 100)] * 12 if measure.words.is_ratio else STEADY[:12], first=_first(12))


def _make_charts(organization: Organization, lead: User) -> None:
    """A chart of every verdict, shape and frequency."""
    goal = {"goal": Decimal(12), "goal_on": timezone.localdate() + timedelta(days=200)}
    for name, values in (
        ("Better", BETTER),
        ("Worse", WORSE),
        ("Steady", STEADY),
        ("Young", STEADY[:5]),
        ("None", []),
    ):
        log(make_measure(organization, name, **goal), values, first=_first(), by=lead)
    ratio = make_measure(organization, "Share", **SHARE)
    log(ratio, [(70 + n, 100) for n in range(24)], first=_first())
    log(
        make_measure(
            organization, "Rate", **SHARE | {"shape": "rate", "unit": "per 100 days", "direction": ""}
        ),
        [(7, 100)] * 12,
        first=_first(12),
    )
    for frequency in ("week", "quarter"):
        log(make_measure(organization, frequency, frequency=frequency), STEADY, first=_first(24, frequency))
    log(make_measure(organization, "Falls", shape="count", decimals=0), [3, 2, 4, 3], first=_first(4))
    make_measure(organization, "Days between", shape="time_between")
    retired = make_measure(organization, "Old")
    log(retired, STEADY, first=_first())
    measures.retire(retired, by=lead)
    measures.share(make_measure(organization, "Own business"), is_shared=False, by=lead)


def _keep_months(cast: Cast) -> None:
    """Months closed by their day, closed by hand, opened again, and the newest still open."""
    months.open_months()
    newest = periods.latest_complete(timezone.localdate(), periods.MONTH)
    of_cast = Month.objects.filter(collaborative=cast.collaborative)
    months.move(of_cast.get(period=newest), timezone.localdate() + timedelta(days=8), by=cast.office)
    again = of_cast.get(period=periods.following(newest, periods.MONTH, -1))
    months.reopen(again, by=cast.office)


def _mark_up(cast: Cast) -> None:
    """Everything that is written on charts: words, medians, exclusions, versions, corrections, reasons, notes."""
    better, worse, share, steady = (
        Measure.objects.get(organization=cast.own, name=name)
        for name in ("Better", "Worse", "Share", "Steady")
    )
    first = _first()
    after = [periods.following(first, periods.MONTH, step) for step in range(24)]
    markups.freeze(better, after[11], why="Before the change", by=cast.lead)
    for kind in ("change", "event", "note"):
        markups.annotate(better, after[12], kind=kind, text="Huddle", by=cast.data_entry)
    markups.withdraw(
        markups.annotate(better, after[13], kind="note", text="Wrong", by=cast.lead), by=cast.lead
    )
    markups.rebase(worse, after[12], why="All changed", by=cast.lead)
    markups.exclude(share, after[3], why="Strike", by=cast.lead)
    measures.define(
        worse,
        definition={"numerator_words": "Hours", "goal": Decimal(10)},
        effective_from=after[6],
        why="Both sites",
        by=cast.lead,
    )
    for step, reason in enumerate(NoData.values[1:]):
        observations.record(
            steady, after[step], Entry(no_data=reason, note="Holiday"), by=cast.data_entry, why="Found later"
        )
    observations.record(better, after[20], Entry(value=Decimal(8)), by=cast.data_entry, why="Counted twice")
    observations.record(better, after[22], Entry(value=Decimal(8), note="By hand"), by=cast.data_entry)
    observations.record(better, after[23], Entry(value=Decimal(900)), by=cast.data_entry)
    observations.record(worse, after[23], Entry(value=Decimal(900)), by=cast.data_entry)
    observations.confirm(worse, after[23], by=cast.data_entry)
    observations.record(worse, after[22], Entry(), by=cast.data_entry)


def _make_projects(cast: Cast) -> None:
    """Projects with a team and measures, in every state, and one whose day is past."""
    better = Measure.objects.get(organization=cast.own, name="Better")
    today = timezone.localdate()
    for state in Project.State.values:
        project = make_project(cast.own, f"Project {state}", state=state)
        project.units.add(make_unit(cast.own, f"Ward {state}"))
        for role in ProjectMeasure.Role.values:
            measure = better if role == "outcome" else make_measure(cast.own, f"{role} of {state}")
            ProjectMeasure.objects.create(project=project, measure=measure, role=role)
        TeamMember.objects.create(
            project=project,
            membership=join(make_person("Tea Member"), cast.own, "member"),
            task="Pharmacist",
            is_leader=True,
        )
    make_project(cast.own, "Late", starts_on=today - timedelta(days=60), aim_on=today - timedelta(days=3))
    make_project(cast.own, "Nearly", aim_on=today + timedelta(days=1))


def _make_people(cast: Cast) -> None:
    """Invitations in every state, and roles that ended."""
    at = timezone.now()
    states = (
        {},
        {"expires_at": at - timedelta(days=1)},
        {"accepted_at": at, "accepted_by": cast.member},
        {"withdrawn_at": at, "withdrawn_by": cast.lead},
    )
    for place in ({"organization": cast.own, "role": "member"}, {"role": "faculty"}):
        for number, state in enumerate(states):
            token = f"{place['role']}-{number}"
            times = {"invited_at": at - timedelta(days=15), "expires_at": at + timedelta(days=1)}
            Invitation.objects.create(
                collaborative=cast.collaborative,
                email=f"{token}@example.org",
                token_hash=hash_of(token),
                invited_by=cast.office,
                **place,
                **times | state,
            )
    ended = join(make_person("Gone"), cast.own, "member")
    ended.ended_at = at
    ended.save()


def _make_letters(person: User) -> None:
    at = timezone.now()
    for state in Letter.State.values:
        Letter.objects.create(
            key=state,
            address=person.email,
            person=person,
            subject="Welcome",
            text="Come in",
            state=state,
            queued_at=at,
            sent_at=at,
            failure=WORKER_STOPPED if state == "unsure" else "",
        )
