"""What is drawn on a chart, in one line of words: its marks, and its lines; and what a picture of it is called."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from measures.models import Measure
from measures.selectors.readings import Glyph, Reading
from p2.words.listing import apart, listed
from p2.words.wording import figure

DRAWN = (
    Glyph.IMPROVEMENT,
    Glyph.CONCERN,
    Glyph.UNUSUAL,
    Glyph.COMMON,
    Glyph.NO_RULES,
    Glyph.TOO_FEW,
    Glyph.EXCLUDED,
    Glyph.NO_DATA,
)
SHAPES = {Glyph.NO_RULES: Glyph.COMMON}
"""Where the rules do not apply, points are grey dots as of common cause; the words beside them are others."""


@dataclass(frozen=True, slots=True)
class Legend:
    marks: tuple[tuple[Glyph, str], ...]  # as drawn, and what it says
    lines: str  # "solid line: median; dashed: goal; dash-dot: Median of clinics 17"
    filename: str  # of a saved picture, without its ending; empty where no letter of its names can be in one


def legend(reading: Reading, *, of: Measure) -> Legend:
    """Only what there is. A benchmark stands here with its whole name, for which the chart may lack room."""
    there = {point.mark for point in reading.points}
    return Legend(
        marks=tuple((SHAPES.get(mark, mark), mark.label) for mark in DRAWN if mark in there),
        lines=apart([_solid(reading), *_goal(reading), *_benchmarks(reading)]),
        filename=slugify(f"{of.organization} {of}"),
    )


def _solid(reading: Reading) -> str:
    if reading.is_frozen:
        return _("solid line: median, dotted where extended")
    return _("solid line: median")


def _goal(reading: Reading) -> list[str]:
    return [_("dashed: goal")] if reading.goal else []


def _benchmarks(reading: Reading) -> list[str]:
    if not reading.benchmarks:
        return []
    named = (
        _("%(name)s %(number)s") % {"name": one.label, "number": figure(one.value, reading.decimals)}
        for one in reading.benchmarks
    )
    return [_("dash-dot: %(benchmarks)s") % {"benchmarks": listed(named)}]
