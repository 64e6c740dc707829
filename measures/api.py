"""The API of measures: read-only, by `visible_to`. Refs are the keys, additive only.

Refs: docs/why/001-tenancy-and-refs.md.
"""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from measures.models import Definition, Measure, Observation
from measures.selectors.charts import is_stale, with_charts
from organizations.models import Organization
from p2.web.api import RowSerializer

ARRAYS = ("periods", "numbers", "centre", "part", "flags")
"""What of a snapshot draws its chart, and is not told here."""


class DefinitionSerializer(RowSerializer[Definition]):
    class Meta:
        model = Definition
        fields: ClassVar = [
            "number",
            "effective_from",
            "numerator_words",
            "denominator_words",
            "inclusions",
            "data_source",
            "sampling",
            "shape",
            "unit",
            "multiplier",
            "decimals",
            "direction",
            "goal",
            "goal_on",
            "frequency",
        ]


class MeasureSerializer(RowSerializer[Measure]):
    organization = serializers.SlugRelatedField[Organization](slug_field="ref", read_only=True)
    stratum_of = serializers.SlugRelatedField[Measure](slug_field="ref", read_only=True, allow_null=True)
    definition = DefinitionSerializer(read_only=True)
    state = serializers.CharField(source="snapshot.state", default=None, read_only=True, allow_null=True)
    signal_from = serializers.DateField(
        source="snapshot.signal_from", default=None, read_only=True, allow_null=True
    )
    is_stale = serializers.SerializerMethodField()

    class Meta:
        model = Measure
        fields: ClassVar = [
            "ref",
            "organization",
            "name",
            "stratum_of",
            "stratum_label",
            "area",
            "aim",
            "care_process",
            "is_shared",
            "retired_at",
            "definition",
            "state",
            "signal_from",
            "is_stale",
        ]

    def get_is_stale(self, measure: Measure) -> bool:
        return is_stale(measure)


class ObservationSerializer(serializers.ModelSerializer[Observation]):
    shown = serializers.SerializerMethodField(help_text="After division and multiplier; null without data.")

    class Meta:
        model = Observation
        fields: ClassVar = [
            "period",
            "ordinal",
            "numerator",
            "denominator",
            "value",
            "sd",
            "size",
            "no_data",
            "shown",
        ]

    def get_shown(self, observation: Observation) -> float | None:
        shown = observation.shown(self.context["measure"].words)
        return None if shown is None else float(shown)


class MeasureViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Measure]):
    """The measures whose charts one may see, with their definition in force and the state of the chart."""

    serializer_class = MeasureSerializer
    lookup_field = "ref"
    filterset_fields: ClassVar = ["organization__ref", "organization__collaborative__ref", "area", "aim"]

    def get_queryset(self) -> QuerySet[Measure]:
        seen = with_charts(Measure.objects.visible_to(self.request.user)).select_related("stratum_of")
        return seen.defer(*(f"snapshot__{array}" for array in ARRAYS))

    @extend_schema(responses=ObservationSerializer(many=True))
    @action(detail=True, pagination_class=None, filterset_fields=[])
    def observations(self, request: Request, ref: str) -> Response:
        """Its numbers, oldest first."""
        measure = self.get_object()
        rows = measure.observations.order_by("period", "ordinal")
        return Response(ObservationSerializer(rows, many=True, context={"measure": measure}).data)


API: list[tuple[str, Any, str]] = [("measures", MeasureViewSet, "measure")]
"""What p2.urls registers under /api/v1/: address, viewset, name."""
