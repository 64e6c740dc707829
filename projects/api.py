"""The API of projects: read-only, by `visible_to`. Refs are the keys, additive only.

Refs: docs/why/001-tenancy-and-refs.md.
"""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets

from measures.models import Measure
from organizations.models import Organization, Unit
from projects.models import Project, ProjectMeasure
from projects.selectors.projects import links_seen


class ProjectMeasureSerializer(serializers.ModelSerializer[ProjectMeasure]):
    measure = serializers.SlugRelatedField[Measure](slug_field="ref", read_only=True)

    class Meta:
        model = ProjectMeasure
        fields: ClassVar = ["ref", "measure", "role"]


class ProjectSerializer(serializers.ModelSerializer[Project]):
    organization = serializers.SlugRelatedField[Organization](slug_field="ref", read_only=True)
    units = serializers.SlugRelatedField[Unit](slug_field="name", many=True, read_only=True)
    measures = ProjectMeasureSerializer(source="project_measures", many=True, read_only=True)

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
        seen = Project.objects.visible_to(self.request.user).select_related("organization")
        return seen.prefetch_related("units", links_seen(self.request.user))


API: list[tuple[str, Any, str]] = [("projects", ProjectViewSet, "project")]
"""What p2.urls registers under /api/v1/: address, viewset, name."""
