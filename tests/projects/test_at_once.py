"""Two people change projects and their teams at the same moment."""

import pytest

from organizations.models import Membership
from p2.errors import RuleViolation
from p2.models import AuditEntry
from projects.models import Project
from projects.services import projects, teams
from tests.actors import make_cast, make_project
from tests.at_once import while_it_waits

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_projects_that_get_one_name_at_once_the_second_is_told() -> None:
    cast = make_cast()
    first, second = make_project(cast.own, "First"), make_project(cast.own, "Second")

    def rename_second() -> str:
        with pytest.raises(RuleViolation) as told:
            projects.edit(second, name="No harm", by=cast.lead)
        return str(told.value)

    sentence = while_it_waits(lambda: projects.edit(first, name="No harm", by=cast.lead), rename_second)
    assert sentence == "There is a project No harm already."
    assert sorted(Project.objects.values_list("name", flat=True)) == ["No harm", "Second"]


def test_a_person_who_is_taken_out_of_a_team_twice_at_once_leaves_it_once_in_the_history() -> None:
    cast = make_cast()
    project = make_project(cast.own)
    membership = Membership.objects.get(user=cast.member, organization=cast.own)
    in_team = teams.add(project, membership, by=cast.lead)

    def remove_again() -> str:
        with pytest.raises(RuleViolation) as told:
            teams.remove(in_team, by=cast.lead)
        return str(told.value)

    again = teams.TeamMember.objects.get(pk=in_team.pk)
    sentence = while_it_waits(lambda: teams.remove(again, by=cast.lead), remove_again)
    assert sentence == f"{cast.member} was taken out of the team meanwhile."
    assert AuditEntry.objects.filter(verb="removed").count() == 1
