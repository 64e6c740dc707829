"""Which chart stands in which column of the map, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from measures.selectors import charts
from measures.selectors.readings import Mark

MARKS: dict[str | None, Mark] = {state.value: mark for state, mark in charts.MARKS.items()}


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart in its column, for a project or for itself, and how it stands."""

    organization: int
    column: str
    project: str
    measure: int
    mark: Mark
    version: str  # of the rows of the measure, its definition and its chart

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """The same as a row of the database, with the key of the chart's state."""
        organization, column, project, measure, state, version = row
        return cls(organization, column, project, measure, MARKS.get(state, Mark.NONE), version)
