"""Which organizations stand on a page of the map, and how each column stands: sorted and counted by the database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Least

from measures.models import Measure, MeasureQuerySet
from measures.selectors.readings import Mark
from organizations.models import Collaborative, Organization, Participation, Phase, User
from projects.models import Project, ProjectMeasure
from projects.pages.portfolio.placed import MARKS, Placed
from projects.pages.portfolio.rows import Column, Pages

PAGE = 50
"""Organizations on a page: the map of a large programme is read a screen at a time."""

RANKED = """
    WITH place (id, name, short_name) AS MATERIALIZED ({organizations}),
    chart AS MATERIALIZED (
        SELECT found.* FROM ({charts}) AS found (organization, heading, project, position, measure, state, work)
        JOIN place ON place.id = found.organization
    ),
    standing AS (
        SELECT organization, count(*) FILTER (WHERE state = 'concern') AS concern,
            count(*) FILTER (WHERE state = 'improvement') AS improvement
        FROM chart GROUP BY organization
    ),
    ranked AS (
        SELECT place.id, row_number() OVER (ORDER BY
            CASE WHEN %s THEN coalesce(concern, 0) ELSE 0 END DESC,
            CASE WHEN %s THEN coalesce(improvement, 0) ELSE 0 END,
            lower(coalesce(nullif(short_name, ''), name)), place.id
        ) AS rank
        FROM place LEFT JOIN standing ON standing.organization = place.id
    ),
    shown AS (
        SELECT id, rank FROM ranked, (SELECT count(*) AS all_there_are FROM place) AS counted
        WHERE rank > least(%s, (greatest(all_there_are, 1) - 1) / %s * %s)
        ORDER BY rank LIMIT %s
    ),
    drawn AS MATERIALIZED (SELECT chart.* FROM chart JOIN shown ON shown.id = chart.organization),
    beside AS (
        SELECT work, measure, json_agg(json_build_array(state, number)) AS others
        FROM (
            SELECT drawn.work, drawn.measure, linked.state, count(*) AS number
            FROM drawn JOIN ({linked}) AS linked (work, measure, state)
                ON linked.work = drawn.work AND linked.measure <> drawn.measure
            GROUP BY 1, 2, 3
        ) AS alike GROUP BY 1, 2
    )
    SELECT
        (SELECT count(*) FROM projects_project AS project JOIN place ON place.id = project.organization_id
            WHERE project.state = 'running'),
        (SELECT array_agg(id ORDER BY rank) FROM ranked),
        (SELECT array_agg(id ORDER BY rank) FROM shown),
        (SELECT json_agg(json_build_array(heading, state, number))
            FROM (SELECT heading, state, count(*) AS number FROM chart GROUP BY 1, 2) AS alike),
        (SELECT json_agg(json_build_array(organization, heading, project, drawn.measure, drawn.state,
                concat_ws(' ', own.xmin, own.ctid, definition.xmin, definition.ctid, snapshot.xmin, snapshot.ctid),
                beside.others
            ) ORDER BY drawn.project, drawn.position, drawn.measure)
            FROM drawn JOIN measures_measure AS own ON own.id = drawn.measure
            LEFT JOIN beside ON beside.work = drawn.work AND beside.measure = drawn.measure
            LEFT JOIN measures_definition AS definition ON definition.id = own.definition_id
            LEFT JOIN measures_chartsnapshot AS snapshot ON snapshot.measure_id = own.id),
        (SELECT json_agg(json_build_array(organization, bare.name, ref) ORDER BY rank, bare.name)
            FROM ({bare}) AS bare (organization, name, ref) JOIN shown ON shown.id = bare.organization)
"""
"""One row. `xmin` and `ctid` are PostgreSQL's own version of a row, another after every UPDATE: a cell is kept by
them, and they are asked for the charts of the page alone, as are the other measures of their projects."""


STATE = "snapshot__state"
EVERY = 2**31 - 1
"""Organizations on the one page of a table."""

Charts = QuerySet[Measure, tuple[int, str, str, int, int, str | None, int]]
"""Organization, column, project, position, key and state of each chart of the map, and the project's key."""
NO_PROJECT = 0


@dataclass(frozen=True, slots=True)
class Ranking:
    """The organizations by key, most need first or by name, and what the map shows of them."""

    places: tuple[int, ...]  # all of them
    shown: tuple[int, ...]  # those of the page
    running: int  # projects, of all of them
    columns: tuple[Column, ...]
    placed: tuple[Placed, ...]  # charts, of the page
    without_outcome: tuple[tuple[int, str, str], ...]  # organization, name and ref of projects, of the page

    def pages(self, asked: int) -> Pages:
        """Which page of how many this is."""
        size = PAGE if asked else max(len(self.places), 1)
        last = max(1, -(-len(self.places) // size))
        number = min(max(asked, 1), last)
        first = (number - 1) * size + 1
        return Pages(number, last, first, first + len(self.shown) - 1, len(self.places))


def ranking(
    user: User,
    collaborative: Collaborative,
    kept: MeasureQuerySet,
    charts: Charts,
    *,
    at: datetime,
    sort: Literal["need", "name"],
    page: int,
) -> Ranking:
    """One query. `page` 0 has all organizations, one past the last is the last; `charts` are one of those below."""
    participants, theirs = _participants(user, collaborative, at).query.sql_with_params()
    drawn, its = charts.query.sql_with_params()
    linked, their_own = _linked(kept).query.sql_with_params()
    by_need = sort == "need"
    bare, its_own = _without_outcome(user, collaborative, kept).query.sql_with_params()
    size = PAGE if page else EVERY
    cut = (max(page - 1, 0) * size, size, size, size)
    with connection.cursor() as cursor:
        cursor.execute(
            RANKED.format(organizations=participants, charts=drawn, linked=linked, bare=bare),
            (*theirs, *its, by_need, by_need, *cut, *their_own, *its_own),
        )
        running, places, shown, counts, placed, without = cursor.fetchone()
    return Ranking(
        places=tuple(places or ()),
        shown=tuple(shown or ()),
        running=running,
        columns=_columns(counts or ()),
        placed=tuple(Placed.of(row) for row in placed or ()),
        without_outcome=tuple((organization, name, ref) for organization, name, ref in without or ()),
    )


def outcomes(user: User, collaborative: Collaborative, kept: MeasureQuerySet) -> Charts:
    """The outcome measures of the running projects.

    They are asked of the measures, which are joined with their projects: a chain of subqueries takes minutes on a
    new site, until the database has counted its rows.
    """
    seen = Project.objects.visible_to(user).filter(organization__collaborative=collaborative)
    drawn = kept.order_by().filter(
        project_measures__role=ProjectMeasure.Role.OUTCOME,
        project_measures__project__state=Project.State.RUNNING,
        project_measures__project__in=seen,
    )
    project = "project_measures__project__"
    return drawn.values_list(
        "organization",
        f"{project}care_process",
        f"{project}name",
        "project_measures__position",
        "pk",
        STATE,
        f"{project}id",
    )


def cores(kept: MeasureQuerySet) -> Charts:
    """The core measures that are adopted; they belong to no project."""
    drawn = kept.order_by("position", "name").filter(core_measure__isnull=False)
    return drawn.values_list(
        "organization", "core_measure__name", Value(""), "position", "pk", STATE, Value(NO_PROJECT)
    )


def _without_outcome(
    user: User, collaborative: Collaborative, kept: MeasureQuerySet
) -> QuerySet[Project, tuple[int, str, str]]:
    """The running projects that the map has no chart of."""
    links = ProjectMeasure.objects.filter(
        project=OuterRef("pk"), role=ProjectMeasure.Role.OUTCOME, measure__in=kept.order_by()
    )
    seen = Project.objects.visible_to(user).filter(organization__collaborative=collaborative)
    bare = seen.filter(~Exists(links), state=Project.State.RUNNING).order_by()
    return bare.values_list("organization", "name", "ref")


def _linked(kept: MeasureQuerySet) -> QuerySet[Measure, tuple[int, int, str | None]]:
    """Every measure of a project, in each of its projects."""
    linked = kept.order_by().filter(project_measures__isnull=False)
    return linked.values_list("project_measures__project", "pk", STATE)


def _participants(
    user: User, collaborative: Collaborative, at: datetime
) -> QuerySet[Organization, tuple[int, str, str]]:
    """Who takes part now; after the last phase, who took part in it."""
    ends = Phase.objects.filter(collaborative=collaborative).order_by("-ends_on").values("ends_on")[:1]
    present = Participation.objects.filter(phase__ends_on__gte=Least(Value(at.date()), Subquery(ends)))
    seen = Organization.objects.visible_to(user).order_by()
    return seen.filter(collaborative=collaborative, pk__in=present.values("organization")).values_list(
        "pk", "name", "short_name"
    )


def _columns(counts: Iterable[tuple[str, str | None, int]]) -> tuple[Column, ...]:
    """Each column by name, with how many of its charts bear which mark."""
    marks: dict[str, Counter[Mark]] = {}
    for name, state, number in counts:
        marks.setdefault(name, Counter())[MARKS.get(state, Mark.NONE)] += number
    return tuple(
        Column(
            name,
            concern=here[Mark.CONCERN],
            improvement=here[Mark.IMPROVEMENT],
            common=here[Mark.COMMON],
            unusual=here[Mark.UNUSUAL],
            no_rules=here[Mark.NO_RULES],
        )
        for name, here in sorted(marks.items(), key=lambda one: one[0].casefold())
    )
