"""What the portfolio asks of each organization, in one statement, and what a process remembers of it.

Who reads a portfolio sees every measure and project of its participants; remembered is what they all see alike. See
docs/why/013-what-a-process-remembers.md.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, Self

from django.db import connection

from measures.models import Measure
from measures.rules import sees_every_measure
from measures.selectors.completeness.memory import Memory
from measures.selectors.news import RANKS
from organizations.models import Collaborative, User, label_of
from p2.columns.folding import fold
from projects.models import Project

READ = """
    WITH place AS MATERIALIZED (
        SELECT id, name, short_name, name_is_invented, ref, country FROM organizations_organization AS own
        WHERE collaborative_id = %s AND {of_places}
            AND EXISTS (SELECT FROM organizations_participation WHERE organization_id = own.id)
    ),
    kept AS MATERIALIZED (
        SELECT own.id, organization_id AS organization, name, position, core_measure_id AS core,
            stratum_of_id IS NOT NULL AS is_stratum, state, state_since, rejudged_at, median, concat_ws(
                ' ', own.xmin, own.ctid, definition.xmin, definition.ctid, snapshot.xmin, snapshot.ctid
            ) AS version
        FROM measures_measure AS own
        LEFT JOIN measures_definition AS definition ON definition.id = own.definition_id
        LEFT JOIN measures_chartsnapshot AS snapshot ON snapshot.measure_id = own.id
        WHERE own.id IN ({measures})
    ),
    running AS MATERIALIZED (
        SELECT id, organization_id AS organization, name, care_process, ref FROM projects_project
        WHERE state = 'running' AND id IN ({projects})
    ),
    link AS MATERIALIZED (
        SELECT running.organization, project_id AS project, running.name, care_process, role, link.position,
            kept.id AS measure, state, version
        FROM running
        JOIN projects_projectmeasure AS link ON link.project_id = running.id
        JOIN kept ON kept.id = link.measure_id AND kept.organization = running.organization
    ),
    outcome AS (
        SELECT organization, json_agg(json_build_array(care_process, name, project, measure, state, version)
            ORDER BY name, position, measure) AS rows
        FROM link WHERE role = 'outcome' GROUP BY 1
    ),
    work AS (
        SELECT organization, json_agg(json_build_array(project, counts)) AS rows
        FROM (
            SELECT organization, project, json_agg(json_build_array(state, number)) AS counts
            FROM (SELECT organization, project, state, count(*) AS number FROM link GROUP BY 1, 2, 3) AS alike
            GROUP BY 1, 2
        ) AS counted GROUP BY 1
    ),
    project AS (
        SELECT organization, count(*) AS number, json_agg(json_build_array(name, ref) ORDER BY name)
            FILTER (WHERE shown.project IS NULL) AS rows
        FROM running
        LEFT JOIN (SELECT DISTINCT project FROM link WHERE role = 'outcome') AS shown ON shown.project = running.id
        GROUP BY 1
    ),
    adopted AS (
        SELECT organization, json_agg(json_build_array(core, id, state, version, median, is_stratum)
            ORDER BY position, name) AS rows
        FROM kept WHERE core IS NOT NULL GROUP BY 1
    ),
    signal AS (
        SELECT organization, json_agg(json_build_array(
            id, state, (extract(epoch FROM state_since) * 1000000)::bigint, name)) AS rows
        FROM kept WHERE state = ANY(%s) GROUP BY 1
    ),
    rejudged AS (
        SELECT organization, json_agg((extract(epoch FROM rejudged_at) * 1000000)::bigint) AS rows
        FROM kept WHERE rejudged_at IS NOT NULL GROUP BY 1
    )
    SELECT place.id, place.name, short_name, name_is_invented, place.ref, country,
        ARRAY(SELECT phase_id FROM organizations_participation WHERE organization_id = place.id),
        project.number, outcome.rows, work.rows, project.rows, adopted.rows, signal.rows, rejudged.rows
    FROM place
    LEFT JOIN outcome ON outcome.organization = place.id
    LEFT JOIN work ON work.organization = place.id
    LEFT JOIN project ON project.organization = place.id
    LEFT JOIN adopted ON adopted.organization = place.id
    LEFT JOIN signal ON signal.organization = place.id
    LEFT JOIN rejudged ON rejudged.organization = place.id
"""
"""A row of each participant. `xmin` and `ctid` are PostgreSQL's own version of a row, another after every UPDATE: a
cell is kept by them."""

BESIDE = """
    json_build_array(
        (SELECT json_agg(json_build_array(id, ends_on)) FROM organizations_phase WHERE collaborative_id = %s),
        (SELECT json_agg(json_build_array(id, ref, name, direction) ORDER BY name)
            FROM measures_coremeasure WHERE collaborative_id = %s)
    )
"""
"""What is few and read each time: the collaborative's phases and its core measures."""

COLLABORATIVES = 16
"""Whose summaries a process keeps."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


State = str | None
"""A chart's, as its snapshot has it; None without one."""


class Outcome(NamedTuple):
    """An outcome measure of a running project."""

    process: str
    project: str
    work: int  # the project's key
    measure: int
    state: State
    version: str


class Adopted(NamedTuple):
    """A measure that adopts a core measure."""

    core: int
    measure: int
    state: State
    version: str
    median: float | None
    is_stratum: bool


class NamedSignal(NamedTuple):
    """A measure whose chart bears a signal, and since when, in microseconds of 1970."""

    measure: int
    state: str
    since: int
    name: str


class Core(NamedTuple):
    """A core measure of the collaborative."""

    key: int
    ref: str
    name: str
    direction: str


CountedStates = tuple[tuple[tuple[Any, State], int], ...]
"""How many charts stand how in which column: a care process, or a core measure's key."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What one participant shows."""

    name: str
    label: str
    order: str  # its place among others by name
    is_invented: bool  # the name
    ref: str
    country: str
    phases: frozenset[int]
    running: int  # projects
    outcomes: tuple[Outcome, ...]
    states: Mapping[int, Mapping[State, int]]  # how many measures of each running project stand how
    without_outcome: tuple[tuple[str, str], ...]  # name and ref of running projects
    adopted: Mapping[int, tuple[Adopted, ...]]  # by core measure
    signals: tuple[NamedSignal, ...]
    newest_signal: int  # since when; 0 without one
    rejudged: tuple[int, ...]  # when other rules alone changed what a chart says, of each such chart
    by_process: CountedStates
    by_core: CountedStates

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """The same from a row of the database, without its key."""
        name, short_name, is_invented, ref, country, phases, running, *lists = row
        outcomes, works, bare, adopted, signals, rejudged = (one or () for one in lists)
        drawn = tuple(Outcome(*one) for one in outcomes)
        those, signalled = [Adopted(*one) for one in adopted], tuple(NamedSignal(*one) for one in signals)
        return cls(
            name=name,
            label=label_of(name, short_name, is_invented=is_invented),
            order=fold(short_name or name),
            is_invented=is_invented,
            ref=ref,
            country=country,
            phases=frozenset(phases),
            running=running or 0,
            outcomes=drawn,
            states={work: dict(counts) for work, counts in works},
            without_outcome=tuple((project, its_ref) for project, its_ref in bare),
            adopted={
                core: tuple(one for one in those if one.core == core) for core in {one.core for one in those}
            },
            signals=signalled,
            newest_signal=max((one.since for one in signalled), default=0),
            rejudged=tuple(rejudged),
            by_process=tuple(Counter((one.process, one.state) for one in drawn).items()),
            by_core=tuple(Counter((one.core, one.state) for one in those).items()),
        )


@dataclass(frozen=True, slots=True)
class Summaries:
    """Everything that the portfolio of a collaborative chooses from."""

    every: Mapping[int, Summary]  # whoever takes or took part
    present: Mapping[int, Summary]  # who takes part now; after the last phase, who took part in it
    cores: tuple[Core, ...]  # by name


def summaries(user: User, collaborative: Collaborative, *, at: datetime) -> Summaries:
    """The summaries of a collaborative whose every measure and project the person sees, or of what of them she sees.

    One query, and one where an organization changed.
    """
    memory = remembered if sees_every_measure(user, [collaborative.pk]) else Memory(partial(_read, user))
    rows, (phases, cores) = memory.rows(
        collaborative.pk, beside=BESIDE, parameters=(collaborative.pk, collaborative.pk)
    )
    ends = {key: date.fromisoformat(ends_on) for key, ends_on in phases or ()}
    last = min(at.date(), max(ends.values(), default=at.date()))
    now = {key for key, ends_on in ends.items() if ends_on >= last}
    present = {key: summary for key, summary in rows.items() if not now.isdisjoint(summary.phases)}
    return Summaries(rows, present, tuple(Core(*core) for core in cores or ()))


def instant(moment: datetime) -> int:
    """As a signal has it."""
    return (moment - BEGINNING) // MICROSECOND


def _read(user: User | None, collaborative: int, organizations: Collection[int] | None) -> dict[int, Summary]:
    """The summaries of these organizations, or of all of the collaborative: of what the user sees, or of everything."""
    measures = Measure.objects.visible_to(user) if user else Measure.objects.all()
    projects = Project.objects.visible_to(user) if user else Project.objects.all()
    of_those: dict[str, Any] = {"organization__collaborative": collaborative}
    if organizations is not None:
        of_those = {"organization__in": organizations}
    seen, its = measures.kept().filter(**of_those).order_by().values("pk").query.sql_with_params()
    work, its_own = projects.filter(**of_those).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        statement = READ.format(
            of_places="true" if organizations is None else "id = ANY(%s)", measures=seen, projects=work
        )
        places = () if organizations is None else (list(organizations),)
        cursor.execute(statement, (collaborative, *places, *its, *its_own, list(RANKS)))
        return {key: Summary.of(row) for key, *row in cursor}


remembered: Memory[Summary] = Memory(partial(_read, None), most=COLLABORATIVES)
"""By collaborative, of whoever takes or took part."""
