"""Which chart stands in which column of the map, how it stands, and how its project's other measures do.

A cell is kept by all of this (`cells.py`): what it says of other measures is renewed as soon as it is no longer so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from measures.selectors import charts
from measures.selectors.news import RANKS
from measures.selectors.readings import Mark

MARKS: dict[str | None, Mark] = {state.value: mark for state, mark in charts.MARKS.items()}


@dataclass(frozen=True, slots=True)
class Others:
    """The other measures of a chart's project: how many, and how many of them bear which signal."""

    count: int
    signals: tuple[tuple[Mark, int], ...]  # in the order of `RANKS`, none that is not there

    @classmethod
    def of(cls, counts: Iterable[tuple[str | None, int]] | None) -> Self:
        """The same from how many there are of each state."""
        by_state = dict(counts or ())
        signals = ((charts.MARKS[state], by_state.get(state.value, 0)) for state in RANKS)
        return cls(sum(by_state.values()), tuple(one for one in signals if one[1]))


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart in its column, for a project or for itself, and how it stands."""

    organization: int
    column: str
    project: str
    measure: int
    mark: Mark
    version: str  # of the rows of the measure, its definition and its chart
    others: Others

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """The same as a row of the database, with the key of the chart's state."""
        organization, column, project, measure, state, version, others = row
        mark = MARKS.get(state, Mark.NONE)
        return cls(organization, column, project, measure, mark, version, Others.of(others))
