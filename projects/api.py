"""The API of projects: read-only, by `visible_to`. Refs are the keys, additive only.

Refs: docs/why/001-tenancy-and-refs.md.
"""

from typing import Any, ClassVar

from django.db.models import F, Prefetch, QuerySet
from rest_framework import mixins, serializers, viewsets

from measures.models import Measure
from organizations.models import Organization, Unit
from p2.web.api import RowSerializer
from projects.models import Project, ProjectMeasure


class ProjectMeasureSerializer(RowSerializer[ProjectMeasure]):
    measure = serializers.CharField(source="measure_ref", read_only=True)

    class Meta:
        model = ProjectMeasure
        fields: ClassVar = ["ref", "measure", "role"]


class ProjectSerializer(RowSerializer[Project]):
    organization = serializers.SlugRelatedField[Organization](slug_field="ref", read_only=True)
    units = serializers.SlugRelatedField[Unit](slug_field="name", many=True, read_only=True)
    measures = ProjectMeasureSerializer(source="listed", many=True, read_only=True)

    class Meta:
        model = Project
        fields: ClassVar = [
            "ref",
            "organization",
            "name",
            "aim",
            "care_process",
            "starts_on",
            "aim_on",
            "state",
            "units",
            "measures",
        ]


class ProjectViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Project]):
    """The projects that one may see; `?organization__ref=` narrows to one organization."""

    serializer_class = ProjectSerializer
    lookup_field = "ref"
    filterset_fields: ClassVar = ["organization__ref", "organization__collaborative__ref", "state"]

    def get_queryset(self) -> QuerySet[Project]:
        reader = self.request.user
        links = ProjectMeasure.objects.filter(measure__in=Measure.objects.visible_to(reader))
        links = links.annotate(measure_ref=F("measure__ref"))
        seen = Project.objects.visible_to(reader).select_related("organization")
        return seen.prefetch_related("units", Prefetch("project_measures", queryset=links, to_attr="listed"))


API: list[tuple[str, Any, str]] = [("projects", ProjectViewSet, "project")]
"""What p2.urls registers under /api/v1/: address, viewset, name."""
