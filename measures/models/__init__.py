"""How they know: measures, numbers, mark-ups and charts."""

from measures.models.care_process import CareProcess
from measures.models.change import ChangedOrganization
from measures.models.chart import ChartSnapshot, Flag, StaleChart
from measures.models.definition import (
    EVENT_SHAPES,
    RATIOS,
    Aim,
    Area,
    Definition,
    DefinitionWords,
    Direction,
    Frequency,
    Shape,
    has_gaps,
)
from measures.models.markup import Annotation, Exclusion, Freeze, MarkUp, Rebase
from measures.models.measure import Benchmark, CoreMeasure, Measure, MeasureQuerySet
from measures.models.observation import (
    Correction,
    Month,
    Observation,
    number_words,
    plain,
    plain_digits,
    today_in,
)
from measures.models.reasons import EVENT_KEYS, REASONS, NoData
from measures.models.sign_off import SignOff

__all__ = [
    "EVENT_KEYS",
    "EVENT_SHAPES",
    "RATIOS",
    "REASONS",
    "Aim",
    "Annotation",
    "Area",
    "Benchmark",
    "CareProcess",
    "ChangedOrganization",
    "ChartSnapshot",
    "CoreMeasure",
    "Correction",
    "Definition",
    "DefinitionWords",
    "Direction",
    "Exclusion",
    "Flag",
    "Freeze",
    "Frequency",
    "MarkUp",
    "Measure",
    "MeasureQuerySet",
    "Month",
    "NoData",
    "Observation",
    "Rebase",
    "Shape",
    "SignOff",
    "StaleChart",
    "has_gaps",
    "number_words",
    "plain",
    "plain_digits",
    "today_in",
]
