"""The portfolio: organizations by care process or core measure, in five queries however many there are.

Sparklines come from the snapshots. Of the measures only those are read that the page shows: the outcome measures
of running projects, the core measures, and what changed into a signal since the previous visit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least

from measures.models import Measure, MeasureQuerySet
from measures.selectors import charts
from measures.selectors.months import filled
from measures.selectors.news import definitions, signalled
from organizations.models import Collaborative, Organization, Participation, Phase, User
from p2.words.since import beginning, since_words
from projects.models import Project, ProjectMeasure
from projects.pages.portfolio.completeness import month_line, percent_of
from projects.pages.portfolio.map import Placed, charts_by_organization, column_of, in_order, rows_of
from projects.pages.portfolio.multiples import drawn, multiples, of_one_core
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
    here = {organization.pk for organization in organizations}
    visible = Measure.objects.visible_to(user).filter(organization__collaborative=collaborative)
    kept = visible.kept()
    months = [month for month in filled(visible, at=at, last=MONTHS) if month.organization in here]
    present = kept.filter(organization__in=here)
    view, placed = _view(user, collaborative, present, asked.view)
    pages, shown = _page(in_order(organizations, placed, months, asked.sort), asked.page)
    near = {organization.pk for organization in shown}
    cells, signals = (
        [one.measure for one in placed if one.organization in near],
        signalled(kept, since=since, at=at),
    )
    measures = _measures(kept, cells, present, signals=signals, asked=asked)
    changed = definitions(kept, since=since, at=at)
    queue, new, changes = queue_of(list(measures.values()), changed, since=since, at=at, asked=asked)
    opened = next((item.ref for item in queue if item.is_open), "")
    drawn_of = charts_by_organization(placed, measures)
    columns = sorted({one.column for one in placed}, key=str.casefold)
    return Portfolio(
        facts=facts(organizations, new, changes, said),
        since=said,
        view=view,
        sort=asked.sort,
        columns=tuple(column_of(name, placed) for name in columns),
        rows=rows_of(shown, drawn_of, columns, months, opened, is_table=not asked.page),
        pages=pages,
        percent=percent_of(months),
        queue=queue,
        unshown=new + changes - len(queue),
        month=month_line(months, at),
        multiples=multiples([one for one in measures.values() if one.organization_id in here], asked.core),
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
        "organization_id", "core_measure__name", Value(""), "pk", "snapshot__state"
    )
    placed = [Placed.of(*row) for row in core]
    return ("core" if placed or asked else "projects"), placed


def _outcomes(user: User, collaborative: Collaborative, kept: MeasureQuerySet) -> list[Placed]:
    """The outcome measures of the running projects."""
    links = ProjectMeasure.objects.filter(
        role=ProjectMeasure.Role.OUTCOME,
        project__in=Project.objects.visible_to(user).filter(organization__collaborative=collaborative),
        project__state=Project.State.RUNNING,
        measure__in=kept.order_by(),
    ).order_by("project__name", "position")
    names = ("measure__organization_id", "project__care_process", "project__name", "measure_id")
    return [Placed.of(*row) for row in links.values_list(*names, "measure__snapshot__state")]


def _measures(
    kept: MeasureQuerySet,
    placed: Sequence[int],
    present: MeasureQuerySet,
    *,
    signals: MeasureQuerySet,
    asked: Asked,
) -> dict[int, Measure]:
    """What the page draws: its cells, one core measure, the first signals; each knows how many there are of these."""
    first, core = signals.values("pk")[: most(asked)], of_one_core(present, asked.core)
    counts = {"signals": _count(signals), "adopters": _count(core)}
    shown = kept.filter(Q(pk__in=placed) | Q(pk__in=first) | drawn(present, core)).annotate(**counts)
    return {measure.pk: measure for measure in charts.with_charts(shown).select_related("core_measure")}


def _count(measures: MeasureQuerySet) -> Coalesce:
    """How many, asked by the statement that it stands in."""
    counted = measures.order_by().values(all=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
