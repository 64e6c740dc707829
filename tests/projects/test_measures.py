"""The page where measures are linked to a project."""

from django.urls import reverse

from tests.actors import Cast, make_project
from tests.measures.series import make_measure
from tests.projects.linked import signed_in


def test_a_measure_is_linked_and_unlinked_from_the_page(cast: Cast) -> None:
    project, measure = make_project(cast.own), make_measure(cast.own, "Infections")
    client, url = (
        signed_in(cast.lead),
        reverse("projects:project_measures", args=["perfection", project.ref]),
    )
    client.post(url, {"measure": measure.pk, "role": "balancing"})
    linked = project.project_measures.get()
    assert (linked.measure, linked.role) == (measure, "balancing")
    client.post(reverse("projects:unlink_measure", args=["perfection", project.ref, linked.ref]))
    assert project.project_measures.count() == 0
