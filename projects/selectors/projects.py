"""What the project's page and the API read of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Prefetch

from measures.models import Measure
from measures.selectors import charts
from projects.models import ProjectMeasure

if TYPE_CHECKING:
    from organizations.models import Person


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
