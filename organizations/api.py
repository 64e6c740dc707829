"""The API of people and structure: read-only, by `visible_to`. Refs are the keys, additive only.

Refs: docs/why/001-tenancy-and-refs.md.
"""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets

from organizations.models import Collaborative, Organization, Participation, Phase
from organizations.selectors.organizations import listed_participations
from p2.web.api import RowSerializer


class PhaseSerializer(RowSerializer[Phase]):
    class Meta:
        model = Phase
        fields: ClassVar = ["ref", "ordinal", "name", "purpose", "starts_on", "ends_on", "min_projects"]


class CollaborativeSerializer(RowSerializer[Collaborative]):
    phases = PhaseSerializer(many=True, read_only=True)

    class Meta:
        model = Collaborative
        fields: ClassVar = [
            "ref",
            "slug",
            "name",
            "purpose",
            "time_zone",
            "run_rules",
            "closing_day",
            "phases",
        ]


class ParticipationSerializer(RowSerializer[Participation]):
    phase = serializers.CharField(source="phase_ref", read_only=True)

    class Meta:
        model = Participation
        fields: ClassVar = ["ref", "phase", "funding", "since"]


class OrganizationSerializer(RowSerializer[Organization]):
    collaborative = serializers.SlugRelatedField[Collaborative](slug_field="ref", read_only=True)
    participations = ParticipationSerializer(source="listed", many=True, read_only=True)

    class Meta:
        model = Organization
        fields: ClassVar = [
            "ref",
            "collaborative",
            "name",
            "short_name",
            "code",
            "name_is_invented",
            "kind",
            "size",
            "region",
            "country",
            "time_zone",
            "participations",
        ]


class CollaborativeViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Collaborative]
):
    """The collaboratives in which one has a role."""

    serializer_class = CollaborativeSerializer
    lookup_field = "ref"

    def get_queryset(self) -> QuerySet[Collaborative]:
        return Collaborative.objects.visible_to(self.request.user).prefetch_related("phases")


class OrganizationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Organization]
):
    """The organizations that one may see; `?collaborative__ref=` narrows to one programme."""

    serializer_class = OrganizationSerializer
    lookup_field = "ref"
    filterset_fields: ClassVar = ["collaborative__ref", "kind", "country"]

    def get_queryset(self) -> QuerySet[Organization]:
        seen = Organization.objects.visible_to(self.request.user).select_related("collaborative")
        return seen.prefetch_related(listed_participations())


API: list[tuple[str, Any, str]] = [
    ("collaboratives", CollaborativeViewSet, "collaborative"),
    ("organizations", OrganizationViewSet, "organization"),
]
"""What p2.urls registers under /api/v1/: address, viewset, name."""
