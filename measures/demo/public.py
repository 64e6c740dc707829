"""Real figures beside the simulated ones: the A&E series of ten trusts, through the import that everybody uses."""

from datetime import date, datetime
from pathlib import Path

from measures import frames
from measures.demo.wanted import Wanted, count, share
from measures.exchange.tables import read_table
from measures.models import Aim, Area
from measures.services import care_processes, core_measures, measures
from measures.services.entry import imports
from organizations.models import Collaborative, Organization, User
from p2.errors import RuleViolation

FILE = Path(__file__).parent / "data" / "ae_attendances_type1.csv"
FIRST = date(2016, 4, 1)

ATTENDANCES = count(
    "A&E attendances", "Attendances at type 1 departments", (0, 0), Area.ACCESS, aim=Aim.TIMELY
)
BREACHES = share(
    "A&E breaches of four hours", "Attendances that took longer than four hours",
    "attendances at type 1 departments", (20, 5, 10_000), Area.ACCESS, aim=Aim.TIMELY, decimals=1,
)  # fmt: skip
COLUMNS = {ATTENDANCES.name: ("attendances", None), BREACHES.name: ("breaches", "attendances")}


def load(
    collaborative: Collaborative, trusts: dict[str, Organization], *, by: User, at: datetime
) -> imports.ImportReport:
    """Make two core measures, log them in each trust and import the file. Returns the import's report."""
    process = care_processes.add(collaborative, name="Access and flow", by=by, at=at)
    for wanted in (ATTENDANCES, BREACHES):
        naming, definition = wanted.naming(process.name), _definition(wanted)
        core = core_measures.create(
            collaborative=collaborative,
            naming=naming | {"is_mandatory": False},
            definition=definition,
            by=by,
        )
        for organization in trusts.values():
            measures.create(
                organization,
                naming=naming,
                definition=definition,
                core_measure=core,
                effective_from=FIRST,
                by=None,
                at=at,
            )
    content = frames.long_from_wide(FILE, organization="org_code", period="period", measures=COLUMNS)
    report = imports.load(collaborative, [read_table(FILE.name, content)], by=by, at=at)
    if report.mistakes:
        raise RuleViolation(str(report.mistakes[0]))
    return report


def _definition(wanted: Wanted) -> dict[str, object]:
    """Attendances are neither better nor worse; breaches are lower-better, with the standard of the time as goal."""
    if wanted == ATTENDANCES:
        return {**wanted.definition(), "direction": "", "goal": None}
    return wanted.definition()
