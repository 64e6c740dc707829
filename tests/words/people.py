"""Projects, people and letters for the stage, in every state that a page tells apart."""

from datetime import timedelta

from django.utils import timezone

from measures.models import Measure
from organizations.models import Invitation, Presence, User, hash_of
from p2.models import WORKER_STOPPED, Letter
from projects.models import Project, ProjectMeasure, TeamMember
from tests.actors import (
    Cast,
    appoint,
    join,
    make_collaborative,
    make_organization,
    make_person,
    make_phase,
    make_project,
    make_unit,
)
from tests.measures.series import make_measure


def make_projects(cast: Cast) -> None:
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


def make_people(cast: Cast) -> None:
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
    TeamMember.objects.create(project=cast.own.projects.all()[0], membership=ended)
    waiting = {"role": "funder", "email": cast.stranger.email, "token_hash": hash_of("waiting")}
    times = {"invited_at": at, "expires_at": at + timedelta(days=1), "invited_by": cast.office}
    Invitation.objects.create(collaborative=cast.collaborative, **waiting, **times)
    cast.other.name_is_invented = True
    cast.other.save()


def note_visits(cast: Cast) -> None:
    """Readers who were here before: today, yesterday, in this week, in this year, before it; the rest never."""
    at = timezone.now()
    readers = (cast.faculty, cast.office, cast.funder, cast.member, cast.lead)
    for reader, days in zip(readers, (0.05, 1, 3, 20, 400), strict=True):
        Presence.objects.create(
            user=reader, collaborative=cast.collaborative, latest_at=at - timedelta(days=days)
        )


def make_an_empty_programme(office: User) -> None:
    """A programme with nothing in it, and one with a participant that has nothing."""
    appoint(office, make_collaborative("empty"), "office")
    bare = make_collaborative("bare")
    today = timezone.localdate()
    phase = make_phase(bare, 1, today - timedelta(days=90), today + timedelta(days=90))
    make_organization(bare, "Bare Hospital", phases=(phase,))
    appoint(office, bare, "office")


def make_letters(person: User) -> None:
    """Letters in every state, on two pages; and a person whom a demo site lets in."""
    make_person("Tom Adeyemi", email="tom.adeyemi@demo.example")
    at = timezone.now()
    for number in range(26):
        Letter.objects.create(key=f"{number}", address=person.email, subject="News", text="All", queued_at=at)
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
