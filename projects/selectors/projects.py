"""What the pages of a project and the API read of its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, Prefetch, prefetch_related_objects
from django.utils.translation import ngettext

from measures.models import Measure
from measures.selectors import charts
from measures.selectors.axis import rows_on_one_axis
from p2.spanning.rows import Use
from projects.models import Project, ProjectMeasure
from projects.selectors.rows import MeasureRow, measure_row

if TYPE_CHECKING:
    from organizations.models import Collaborative, Person, User

ROLE_ORDER = ProjectMeasure.Role.values


def measure_rows(project: Project, reader: User) -> tuple[MeasureRow, ...]:
    """The measures by their role; those that the reader may not see are left out."""
    slug = project.organization.collaborative.slug
    prefetch_related_objects([project], links_seen(reader))
    links = sorted(project.project_measures.all(), key=lambda link: ROLE_ORDER.index(link.role))
    return rows_on_one_axis(
        [measure_row(link.measure, role=link.get_role_display(), slug=slug, ref=link.ref) for link in links]
    )


def links_seen(reader: Person) -> Prefetch[str]:
    """A project's measures that the reader may see, as its `project_measures`."""
    seen = Measure.objects.visible_to(reader)
    links = ProjectMeasure.objects.filter(measure__in=seen)
    return Prefetch(
        "project_measures",
        queryset=links.prefetch_related(Prefetch("measure", queryset=charts.with_charts(seen))),
    )


def listed_links(reader: Person) -> Prefetch[str]:
    """The same links as the project's `listed_links`, each with no more of its measure than `measure_ref`."""
    links = ProjectMeasure.objects.filter(measure__in=Measure.objects.visible_to(reader))
    return Prefetch(
        "project_measures", queryset=links.annotate(measure_ref=F("measure__ref")), to_attr="listed_links"
    )


def uses_of_care_processes(collaborative: Collaborative) -> list[Use]:
    """How many projects name each, whatever became of them. One query."""
    named = Project.objects.filter(organization__collaborative=collaborative).values_list("care_process")
    return [
        Use(name, ngettext("%(count)d project", "%(count)d projects", count) % {"count": count})
        for name, count in named.annotate(Count("pk")).order_by()
        if name
    ]
