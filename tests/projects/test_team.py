"""The page of a project's team."""

from django.urls import reverse

from tests.actors import Cast, make_project
from tests.projects.linked import signed_in


def test_only_those_not_yet_in_the_team_are_offered(cast: Cast) -> None:
    project = make_project(cast.own)
    url = reverse("projects:team", args=["perfection", project.ref])
    client = signed_in(cast.lead)
    client.post(
        url, {"membership": cast.member.memberships.get().pk, "task": "Pharmacist", "is_leader": "on"}
    )
    offered = client.get(url).context["form"].fields["membership"].queryset
    assert [membership.user.name for membership in offered] == ["Dan Entry", "Lea Lead", "Sam Sponsor"]
    assert list(project.team.values_list("membership__user__name", "task", "is_leader")) == [
        ("Mia Member", "Pharmacist", True)
    ]
