"""The page where measures are linked to a project."""

from django.urls import reverse

from tests.actors import Cast, make_project
from tests.measures.series import make_measure
from tests.projects.linked import link, signed_in


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


def test_a_measures_page_names_the_projects_that_use_it(cast: Cast) -> None:
    project, measure = make_project(cast.own, "No <b>harm</b>"), make_measure(cast.own)
    link(project, measure)

    page = signed_in(cast.lead).get(measure.get_absolute_url()).text

    assert f'Outcome of <a href="{project.get_absolute_url()}">No &lt;b&gt;harm&lt;/b&gt;</a>' in page
