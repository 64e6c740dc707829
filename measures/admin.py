"""Measures and numbers are read here and changed by verbs alone."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from measures.models import CareProcess, CoreMeasure, Correction, Definition, Measure, Month, Observation
from p2.admin import ReadOnly


@admin.register(CareProcess)
class CareProcessAdmin(ReadOnly):
    list_display = ["name", "collaborative"]
    list_filter = ["collaborative"]


@admin.register(CoreMeasure)
class CoreMeasureAdmin(ReadOnly):
    list_display = ["name", "collaborative", "area", "is_mandatory"]
    list_filter = ["collaborative"]


@admin.register(Measure)
class MeasureAdmin(ReadOnly):
    list_display = ["name", "organization", "area", "series_version", "retired_at"]
    list_filter = ["organization__collaborative", "area"]
    search_fields = ["folded"]


@admin.register(Definition)
class DefinitionAdmin(ReadOnly):
    list_display = ["measure", "number", "effective_from", "recorded_at"]


@admin.register(Observation)
class ObservationAdmin(ReadOnly):
    list_display = ["measure", "period", "said", "recorded_at"]
    list_select_related = ["measure"]

    @admin.display(description=_("words"))
    def said(self, observation: Observation) -> str:
        return observation.words


@admin.register(Correction)
class CorrectionAdmin(ReadOnly):
    list_display = ["measure", "period", "old", "new", "by", "at"]
    list_select_related = ["measure", "by"]

    @admin.display(description=_("old words"))
    def old(self, correction: Correction) -> str:
        return correction.old_words

    @admin.display(description=_("new words"))
    def new(self, correction: Correction) -> str:
        return correction.new_words


@admin.register(Month)
class MonthAdmin(ReadOnly):
    list_display = ["collaborative", "period", "due_on", "closes_on", "closed_at"]
