"""Why a point of a chart carries its mark.

A sentence that speaks of the line names it itself, for in most languages the words around it change with it.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.sentences import latest
from measures.sentences.charts import MEDIAN, signal
from measures.spc import ChartResult, ShiftBand

PLACES_IN_RUN: dict[tuple[str, bool], Any] = {
    ("above", True): gettext_lazy("Point %(place)d of %(count)d in a row above the median"),
    ("below", True): gettext_lazy("Point %(place)d of %(count)d in a row below the median"),
    ("above", False): gettext_lazy("Point %(place)d of %(count)d in a row above the centre line"),
    ("below", False): gettext_lazy("Point %(place)d of %(count)d in a row below the centre line"),
}


def why(result: ChartResult, position: int) -> str:
    """Why a point carries its mark; empty for common cause and for parts not judged yet.

    >>> from measures.spc import analyse
    >>> result = analyse([2, 1, 3, 1, 3, 1, 3, 1, *[9] * 8, 1], freeze=7, exclude=[0], better="up")
    >>> why(result, 10), why(result, 0)
    ('Point 3 of 8 in a row above the median', 'Excluded: shown, but not used for the median or the rules')
    >>> why(result, 16)
    ''
    """
    is_median = result.line == MEDIAN
    if not result.included[position]:
        if is_median:
            return _("Excluded: shown, but not used for the median or the rules")
        return _("Excluded: shown, but not used for the centre line or the rules")
    if result.value[position] is None:
        return _("No number")
    for drawn in result.shift_bands:
        if drawn.first <= position <= drawn.last:
            return _place_in_run(result, drawn, position, is_median=is_median)
    for fired in result.signals:
        if fired.rule in {"trend", "far"} and position in fired.points:
            return signal(result, fired)
    return ""


def _place_in_run(result: ChartResult, band: ShiftBand, position: int, *, is_median: bool) -> str:
    if band.is_by_ranks:
        return latest.place_in_ranks(_place_among(result, band, position), band.length, band.side)
    if not result.side[position]:
        if is_median:
            return _("On the median: it neither counts nor breaks the run")
        return _("On the centre line: it neither counts nor breaks the run")
    place = sum(1 for side in result.side[band.first : position + 1] if side)
    return str(PLACES_IN_RUN[band.side, is_median] % {"place": place, "count": band.length})


def _place_among(result: ChartResult, band: ShiftBand, position: int) -> int:
    """Which point with a number this is, from the first of the band."""
    seen = range(band.first, position + 1)
    return sum(1 for at in seen if result.value[at] is not None and result.included[at])
