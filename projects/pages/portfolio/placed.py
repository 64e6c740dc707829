"""Which chart stands in which column of the map, and how it stands."""

from dataclasses import dataclass
from typing import Self

from measures.selectors import charts
from measures.selectors.readings import Mark
from p2.columns.versions import RowVersion

MARKS: dict[str | None, Mark] = {state.value: mark for state, mark in charts.MARKS.items()}

CHART = ("pk", "snapshot__state", RowVersion("name", "definition__number", "snapshot__state"))
"""What is read of a measure to place its chart: the version is that of all that a cell says."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart in its column, for a project or for itself, and how it stands."""

    organization: int
    column: str
    project: str
    measure: int
    mark: Mark
    version: str  # of the measure, its definition and its chart

    @classmethod
    def of(cls, row: tuple[int, str, str, int, str | None, str]) -> Self:
        """Organization, column and project, and what `CHART` names."""
        organization, column, project, measure, state, version = row
        return cls(organization, column, project, measure, MARKS.get(state, Mark.NONE), version)
