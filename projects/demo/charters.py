"""What a project of the demo is: its aim, its outcome and the measures around it."""

from dataclasses import dataclass, replace

from measures.demo.wanted import Wanted
from projects.models import ProjectMeasure

OUTCOME, PROCESS, BALANCING = (
    ProjectMeasure.Role.OUTCOME, ProjectMeasure.Role.PROCESS, ProjectMeasure.Role.BALANCING,
)  # fmt: skip

ACCESS_AND_FLOW, CHRONIC, ACUTE, MEDICINES, EXPERIENCE, STAFF, COST = PROCESSES = (
    "Access and flow", "Chronic care", "Acute care", "Medicines and harm", "Experience", "Staff", "Cost",
)  # fmt: skip
"""The seven care processes: the columns of the portfolio."""


@dataclass(frozen=True, slots=True)
class Charter:
    """A project; `counted` is what its aim counts: "from 2.48 to 1.30 events per 1,000 doses"."""

    care_process: str
    name: str
    counted: str
    outcome: Wanted
    process: tuple[Wanted, ...]
    balancing: tuple[Wanted, ...] = ()

    @property
    def measures(self) -> tuple[tuple[ProjectMeasure.Role, Wanted], ...]:
        """Each measure in its role, the outcome first, a stratum after its whole."""
        roles = [(OUTCOME, self.outcome)]
        roles += [(PROCESS, wanted) for wanted in self.process]
        roles += [(BALANCING, wanted) for wanted in self.balancing]
        return tuple(roles)

    def with_outcome(self, wanted: Wanted) -> "Charter":
        """The same project at another starting level."""
        return replace(self, outcome=wanted)
