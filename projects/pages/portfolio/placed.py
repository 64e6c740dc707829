"""Which chart stands in which column of the map, how it stands, and how its project's other measures do.

A cell is kept by all of this (`cells.py`): what it says of other measures is renewed as soon as it is no longer so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from measures.selectors import charts
from measures.selectors.news import RANKS
from measures.selectors.readings import Glyph

MARKS: dict[str | None, Glyph] = {state.value: mark for state, mark in charts.MARKS.items()}


@dataclass(frozen=True, slots=True)
class Others:
    """The other measures of a chart's project: how many, and how many of them bear which signal."""

    count: int
    signals: tuple[tuple[Glyph, int], ...]  # in the order of `RANKS`, none that is not there

    @classmethod
    def of(cls, counts: Mapping[str | None, int]) -> Self:
        """The same from how many there are of each state."""
        signals = ((charts.MARKS[state], counts.get(state.value, 0)) for state in RANKS)
        return cls(sum(counts.values()), tuple(one for one in signals if one[1]))


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A chart in its column, for a project or for itself, and how it stands."""

    organization: int
    column: str
    project: str
    measure: int
    mark: Glyph
    version: str  # of the rows of the measure, its definition and its chart
    others: Others
