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
    offered = client.get(url).context["form"].fields["membership"].choices
    assert [str(label).split(",")[0] for _ref, label in offered] == [
        "Choose a person", "Dan Entry", "Lea Lead", "Sam Sponsor",
    ]  # fmt: skip
    assert list(project.team.values_list("membership__user__name", "task", "is_leader")) == [
        ("Mia Member", "Pharmacist", True)
    ]
