"""The API of projects: read-only, by `visible_to`. Refs are the keys, additive only.

Refs: docs/why/001-tenancy-and-refs.md.
"""

from typing import Any, ClassVar

from django.db.models import F, Prefetch, QuerySet
from rest_framework import mixins, serializers, viewsets

from organizations.models import Unit
from p2.web.api import RowSerializer
from projects.models import Project, ProjectMeasure
from projects.selectors.projects import listed_links


class NamesField(serializers.ListField):
    child = serializers.CharField()

    def to_representation(self, data: list[Unit]) -> list[str]:
        return [unit.name for unit in data]


class ProjectMeasureSerializer(RowSerializer[ProjectMeasure]):
    measure = serializers.CharField(source="measure_ref", read_only=True)

    class Meta:
        model = ProjectMeasure
        fields: ClassVar = ["ref", "measure", "role"]


class ProjectSerializer(RowSerializer[Project]):
    organization = serializers.CharField(source="organization_ref", read_only=True)
    units = NamesField(source="listed_units", read_only=True)
    measures = ProjectMeasureSerializer(source="listed_links", many=True, read_only=True)

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
        seen = Project.objects.visible_to(reader).annotate(organization_ref=F("organization__ref"))
        return seen.prefetch_related(Prefetch("units", to_attr="listed_units"), listed_links(reader))


API: list[tuple[str, Any, str]] = [("projects", ProjectViewSet, "project")]
"""What p2.urls registers under /api/v1/: address, viewset, name."""
