"""Projects: their aims, measures and teams."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from measures.models import Measure
from organizations.models import Organization
from p2.errors import RuleViolation
from p2.models import AuditEntry
from projects.models import Project
from projects.services import projects, teams
from tests.actors import Cast, make_unit

FACTS: dict[str, Any] = {
    "name": "No child harmed by a medicine",
    "aim": "From 2.48 to 1.30 events per 1,000 doses",
    "care_process": "Medicines and harm",
    "starts_on": date(2003, 1, 1),
    "aim_on": date(2004, 12, 31),
}


def start(cast: Cast) -> Project:
    return projects.create(cast.own, by=cast.lead, **FACTS)


def make_measure(organization: Organization, name: str = "Adverse drug events") -> Measure:
    return Measure.objects.create(organization=organization, name=name, area="patient_safety", aim="safe")


def test_a_lead_starts_a_project_in_some_units(cast: Cast) -> None:
    unit = make_unit(cast.own)
    project = projects.create(cast.own, units=[unit], by=cast.lead, **FACTS)
    assert (project.state, list(project.units.all())) == ("running", [unit])
    assert AuditEntry.objects.get().verb == "started"


def test_a_unit_of_another_organization_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="belongs to another organization"):
        projects.create(cast.own, units=[make_unit(cast.other)], by=cast.lead, **FACTS)


@pytest.mark.parametrize(
    "actor", ["data_entry", "member", "sponsor", "other_lead", "faculty", "office", "site_admin"]
)
def test_nobody_but_the_lead_starts_a_project(cast: Cast, actor: str) -> None:
    with pytest.raises(PermissionDenied):
        projects.create(cast.own, by=getattr(cast, actor), **FACTS)


def test_an_applicant_has_no_projects(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        projects.create(cast.applicant, by=cast.applicant_lead, **FACTS)


def test_a_past_participant_keeps_its_projects_as_they_are(cast: Cast) -> None:
    project = Project.objects.create(organization=cast.past, **FACTS)
    with pytest.raises(RuleViolation, match="took part until"):
        projects.create(cast.past, by=cast.past_lead, **{**FACTS, "name": "Another"})
    with pytest.raises(RuleViolation, match="took part until"):
        projects.complete(project, by=cast.past_lead)
    assert Project.objects.get().state == "running"


def test_a_name_is_used_once_and_the_aim_lies_after_the_start(cast: Cast) -> None:
    start(cast)
    with pytest.raises(RuleViolation, match="There is a project"):
        start(cast)
    with pytest.raises(RuleViolation, match="after the start"):
        projects.create(cast.own, by=cast.lead, **{**FACTS, "name": "Other", "aim_on": date(2003, 1, 1)})


def test_an_edit_changes_the_aim_and_keeps_the_old_words_in_the_trail(cast: Cast) -> None:
    project = projects.edit(start(cast), aim="To 1.00", by=cast.lead)
    assert Project.objects.get().aim == project.aim == "To 1.00"
    assert AuditEntry.objects.latest("id").changes == {"aim": [FACTS["aim"], "To 1.00"]}


@pytest.mark.parametrize(("verb", "state"), [(projects.complete, "completed"), (projects.stop, "stopped")])
def test_a_closed_project_no_longer_changes(cast: Cast, verb: Any, state: str) -> None:
    project = verb(start(cast), by=cast.lead)
    assert Project.objects.get().state == state
    for change in (
        lambda: projects.edit(project, aim="Other", by=cast.lead),
        lambda: projects.complete(project, by=cast.lead),
        lambda: teams.add(project, cast.member.memberships.get(), by=cast.lead),
    ):
        with pytest.raises(RuleViolation, match=f"This project is {state}"):
            change()


def test_measures_are_linked_with_their_role_and_unlinked(cast: Cast) -> None:
    project, measure = start(cast), make_measure(cast.own)
    link = projects.link_measure(project, measure, role="outcome", by=cast.lead)
    assert list(project.project_measures.values_list("measure", "role")) == [(measure.pk, "outcome")]
    with pytest.raises(RuleViolation, match="is linked to this project already"):
        projects.link_measure(project, measure, role="process", by=cast.lead)
    projects.unlink_measure(link, by=cast.lead)
    assert (project.project_measures.count(), Measure.objects.count()) == (0, 1)


def test_a_measure_of_another_organization_or_a_retired_one_is_not_linked(cast: Cast) -> None:
    project = start(cast)
    with pytest.raises(RuleViolation, match="belongs to another organization"):
        projects.link_measure(project, make_measure(cast.other), role="outcome", by=cast.lead)
    retired = make_measure(cast.own)
    retired.retired_at = timezone.now()
    retired.save()
    with pytest.raises(RuleViolation, match="no longer logged"):
        projects.link_measure(project, retired, role="outcome", by=cast.lead)


def test_a_team_has_one_leader(cast: Cast) -> None:
    project = start(cast)
    teams.add(project, cast.lead.memberships.get(), is_leader=True, by=cast.lead)
    teams.add(project, cast.member.memberships.get(), task="Pharmacist", is_leader=True, by=cast.lead)
    assert list(project.team.values_list("membership__user__name", "task", "is_leader")) == [
        ("Mia Member", "Pharmacist", True),
        ("Lea Lead", "", False),
    ]


def test_a_team_is_of_members_and_names_each_once(cast: Cast) -> None:
    project = start(cast)
    with pytest.raises(RuleViolation, match="is not a member of Own Hospital"):
        teams.add(project, cast.other_lead.memberships.get(), by=cast.lead)
    team_member = teams.add(project, cast.member.memberships.get(), by=cast.lead)
    with pytest.raises(RuleViolation, match="is in this team already"):
        teams.add(project, cast.member.memberships.get(), by=cast.lead)
    teams.remove(team_member, by=cast.lead)
    assert (project.team.count(), cast.member.memberships.count()) == (0, 1)
    left = cast.sponsor.memberships.get()
    left.ended_at = timezone.now()
    left.save()
    with pytest.raises(RuleViolation, match="has left"):
        teams.add(project, left, by=cast.lead)


def test_a_measure_that_somebody_took_out_is_told_as_taken_out(cast: Cast) -> None:
    project = start(cast)
    link = projects.link_measure(project, make_measure(cast.own), role="outcome", by=cast.lead)
    seen_by_another = type(link).objects.get(pk=link.pk)
    projects.unlink_measure(link, by=cast.lead)
    with pytest.raises(RuleViolation, match="was taken out of the project meanwhile"):
        projects.unlink_measure(seen_by_another, by=cast.lead)
