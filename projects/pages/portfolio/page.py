"""The portfolio: organizations by care process or core measure, in five queries however many there are.

Sparklines come from the snapshots. Of the measures only those are read whose cell the process has not kept as it is:
of the outcome measures of running projects, of the core measures, and what changed into a signal since the previous
visit.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Least

from measures.models import Measure, MeasureQuerySet
from measures.selectors.completeness import filled
from measures.selectors.news import definitions, signalled
from organizations.models import Collaborative, Organization, Participation, Phase, User
from p2.words.since import beginning, since_words
from projects.models import Project, ProjectMeasure
from projects.pages.portfolio.cells import cells_of, kept_cells
from projects.pages.portfolio.completeness import month_line, percent_of
from projects.pages.portfolio.map import column_of, exported_by_organization, in_order, rows_of
from projects.pages.portfolio.multiples import DRAWN, multiples, of_one_core, one_of_each
from projects.pages.portfolio.placed import CHART, Placed
from projects.pages.portfolio.queue import facts, most, queue_of
from projects.pages.portfolio.rows import Pages, Portfolio

MONTHS = 12


PAGE = 50
"""Organizations on a page: the map of a large programme is read a screen at a time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    view: Literal["", "projects", "core"] = (
        ""  # none asked for: projects, or core measures where there are none
    )
    sort: Literal["need", "name"] = "need"
    core: str = ""  # ref of the core measure shown as small multiples
    open: str = ""  # ref of the queue's selected item
    shows_all: bool = False
    page: int = 1  # 0: all organizations, as the table has them


def portfolio(
    user: User, collaborative: Collaborative, *, previous: datetime | None, at: datetime, asked: Asked
) -> Portfolio:
    """The whole page, as seen by a person whose previous visit ended at `previous`."""
    since, said = beginning(previous, at), since_words(previous, at)
    organizations = _organizations(user, collaborative, at)
    visible = Measure.objects.visible_to(user).filter(organization__collaborative=collaborative)
    kept = visible.kept()
    present = kept.filter(organization__in=[organization.pk for organization in organizations])
    view, placed = _view(user, collaborative, present, asked.view)
    pages, shown = _page(in_order(organizations, placed, asked.sort), asked.page)
    near = {organization.pk for organization in shown}
    months = filled(visible.filter(organization__in=near), at=at, last=MONTHS)
    found = _found(signalled(kept, since=since, at=at), present, asked)
    here = [one for one in placed if one.organization in near]
    known = kept_cells(here, collaborative.slug) if asked.page else {}
    unread = {one.measure for one in here if one not in known}
    measures = _measures(kept, {*unread, *found.every}, organizations)
    changed = definitions(kept, since=since, at=at)
    queue, changes = queue_of([measures[key] for key in found.signals], changed, at=at, asked=asked)
    opened = next((item.ref for item in queue if item.is_open), "")
    cells = cells_of(here, known, collaborative.slug, measures)
    exported = {} if asked.page else exported_by_organization(here, measures)
    columns = sorted({one.column for one in placed}, key=str.casefold)
    return Portfolio(
        facts=facts(organizations, found.all_signals, changes, said),
        since=said,
        view=view,
        sort=asked.sort,
        columns=tuple(column_of(name, placed) for name in columns),
        rows=rows_of(shown, cells, columns, months, opened=opened, exported=exported),
        pages=pages,
        percent=percent_of(months) if pages.last == 1 else None,
        queue=queue,
        unshown=found.all_signals + changes - len(queue),
        month=month_line(months, at),
        multiples=multiples([measures[key] for key in found.cores], asked.core, found.adopters),
        has_invented_names=any(organization.name_is_invented for organization in shown),
    )


def _page(order: Sequence[Organization], number: int) -> tuple[Pages, Sequence[Organization]]:
    """The organizations of one page; the last one for a number past it, all of them for 0."""
    size = PAGE if number else max(len(order), 1)
    last = max(1, -(-len(order) // size))
    number = min(max(number, 1), last)
    shown = order[(number - 1) * size : number * size]
    first = (number - 1) * size + 1
    return Pages(number, last, first, first + len(shown) - 1, len(order)), shown


def _organizations(user: User, collaborative: Collaborative, at: datetime) -> list[Organization]:
    """Who takes part now, with the count of their running projects; after the last phase, who took part in it."""
    ends = Phase.objects.filter(collaborative=collaborative).order_by("-ends_on").values("ends_on")[:1]
    present = Participation.objects.filter(phase__ends_on__gte=Least(Value(at.date()), Subquery(ends)))
    counts = {"running": Count("projects", filter=Q(projects__state=Project.State.RUNNING))}
    return list(
        Organization.objects.visible_to(user)
        .filter(collaborative=collaborative, pk__in=present.values("organization"))
        .select_related("collaborative")
        .annotate(**counts)
    )


def _view(
    user: User, collaborative: Collaborative, kept: MeasureQuerySet, asked: str
) -> tuple[str, list[Placed]]:
    """What stands in which column; core measures where nothing was asked for and no project has an outcome."""
    placed = [] if asked == "core" else _outcomes(user, collaborative, kept)
    if placed or asked == "projects":
        return "projects", placed
    core = kept.filter(core_measure__isnull=False).values_list(
        "organization_id", "core_measure__name", Value(""), *CHART
    )
    placed = [Placed.of(row) for row in core]
    return ("core" if placed or asked else "projects"), placed


def _outcomes(user: User, collaborative: Collaborative, kept: MeasureQuerySet) -> list[Placed]:
    """The outcome measures of the running projects.

    They are asked of the measures, which are joined with their projects: a chain of subqueries takes minutes on a
    new site, until the database has counted its rows.
    """
    seen = Project.objects.visible_to(user).filter(organization__collaborative=collaborative)
    outcomes = kept.filter(
        project_measures__role=ProjectMeasure.Role.OUTCOME,
        project_measures__project__state=Project.State.RUNNING,
        project_measures__project__in=seen,
    ).order_by("project_measures__project__name", "project_measures__position")
    names = ("project_measures__project__care_process", "project_measures__project__name")
    return [Placed.of(row) for row in outcomes.values_list("organization_id", *names, *CHART)]


@dataclass(frozen=True, slots=True)
class Found:
    """What the page draws beside its map, by key: the first of the new signals, and the best of one core measure."""

    signals: tuple[int, ...]
    all_signals: int
    cores: tuple[int, ...]  # of the one that is drawn, and one of each other
    adopters: int

    @property
    def every(self) -> tuple[int, ...]:
        return self.signals + self.cores


def _found(signals: MeasureQuerySet, present: MeasureQuerySet, asked: Asked) -> Found:
    """One query. It asks for keys alone, which indexes answer; the rows are read by key afterwards."""
    new = _keys(signals, "signals")[: most(asked)]
    core = _keys(of_one_core(present, asked.core), "core")[:DRAWN]
    rows = list(new.union(core, _keys(one_of_each(present), "each"), all=True))
    keys = {kind: tuple(key for its, key, _ in rows if its == kind) for kind in ("signals", "core", "each")}
    counts = {kind: all_there_are for kind, _, all_there_are in rows}
    return Found(
        signals=keys["signals"],
        all_signals=counts.get("signals", 0),
        cores=tuple(dict.fromkeys(keys["core"] + keys["each"])),
        adopters=counts.get("core", 0),
    )


def _keys(measures: MeasureQuerySet, kind: str) -> QuerySet[Measure, tuple[str, int, int]]:
    """Kind, key, and how many measures there are, those beyond a slice counted too."""
    counted = measures.annotate(kind=Value(kind), all_there_are=Window(Count("pk")))
    return counted.values_list("kind", "pk", "all_there_are")


def _measures(
    kept: MeasureQuerySet, keys: Collection[int], known: Sequence[Organization]
) -> dict[int, Measure]:
    """The measures with their charts, each with its organization; one more query for those that are not on the map."""
    read = kept.filter(pk__in=keys).select_related("definition", "snapshot", "core_measure")
    measures = {measure.pk: measure for measure in read}
    places = {organization.pk: organization for organization in known}
    if elsewhere := {measure.organization_id for measure in measures.values()} - places.keys():
        found = Organization.objects.filter(pk__in=elsewhere).select_related("collaborative")
        places |= {organization.pk: organization for organization in found}
    for measure in measures.values():
        measure.organization = places[measure.organization_id]
    return measures
