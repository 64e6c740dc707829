"""The portfolio: every organization by care process or core measure, in five queries however many there are.

Sparklines come from the snapshots. Of the measures only those are read that the page shows: the outcome measures
of running projects, the core measures, and what changed into a signal since the previous visit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Q, Subquery, Value
from django.db.models.functions import Least

from measures.models import Measure
from measures.selectors import charts
from measures.selectors.months import Filled, filled
from measures.selectors.news import definitions, signalled
from measures.selectors.readings import Mark
from organizations.models import Collaborative, Organization, Participation, Phase, User
from p2.words.since import beginning, since_words
from projects.models import Project, ProjectMeasure
from projects.pages.portfolio.completeness import month_line, percent_of, shares_of
from projects.pages.portfolio.multiples import multiples
from projects.pages.portfolio.queue import facts, queue_of
from projects.pages.portfolio.rows import Column, Exported, HeatCell, Portfolio, Row

MONTHS = 12


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


@dataclass(frozen=True, slots=True)
class Placed:
    """A measure in its column, for a project or for itself."""

    column: str
    project: str
    measure: Measure


def portfolio(
    user: User, collaborative: Collaborative, *, previous: datetime | None, at: datetime, asked: Asked
) -> Portfolio:
    """The whole page, as seen by a person whose previous visit ended at `previous`."""
    since = beginning(previous, at)
    organizations = _organizations(user, collaborative, at)
    here = {organization.pk for organization in organizations}
    links = _links(user, collaborative)
    measures = _measures(user, collaborative, [link.measure_id for link in links], since, at)
    visible = Measure.objects.visible_to(user).filter(organization__collaborative=collaborative)
    months = [month for month in filled(visible, at=at, last=MONTHS) if month.organization in here]
    changed = list(definitions(visible.kept(), since=since, at=at))
    queue, unshown = queue_of(measures.values(), changed, since=since, at=at, asked=asked)
    opened = next((item.ref for item in queue if item.is_open), "")
    shown = {pk: measure for pk, measure in measures.items() if measure.organization_id in here}
    view = asked.view or ("projects" if links or not any(m.core_measure for m in shown.values()) else "core")
    placed = _placed(view, links, shown)
    columns = sorted({one.column for one in placed}, key=str.casefold)
    rows = _rows(organizations, placed, columns, months, opened)
    return Portfolio(
        facts=facts(
            organizations, len(queue) + unshown - len(changed), len(changed), since_words(previous, at)
        ),
        since=since_words(previous, at),
        view=view,
        sort=asked.sort,
        columns=tuple(_column(name, placed) for name in columns),
        rows=tuple(sorted(rows, key=_by_need if asked.sort == "need" else _by_name)),
        percent=percent_of(months),
        queue=queue,
        unshown=unshown,
        month=month_line(months, at),
        multiples=multiples(shown.values(), asked.core),
        has_invented_names=any(organization.name_is_invented for organization in organizations),
    )


def _organizations(user: User, collaborative: Collaborative, at: datetime) -> list[Organization]:
    """Who takes part now, with the count of their running projects; after the last phase, who took part in it."""
    ends = Phase.objects.filter(collaborative=collaborative).order_by("-ends_on").values("ends_on")[:1]
    present = Participation.objects.filter(phase__ends_on__gte=Least(Value(at.date()), Subquery(ends)))
    return list(
        Organization.objects.visible_to(user)
        .filter(collaborative=collaborative, pk__in=present.values("organization"))
        .select_related("collaborative")
        .annotate(running=Count("projects", filter=Q(projects__state=Project.State.RUNNING)))
    )


def _links(user: User, collaborative: Collaborative) -> list[ProjectMeasure]:
    """The outcome measures of the running projects."""
    return list(
        ProjectMeasure.objects.filter(
            role=ProjectMeasure.Role.OUTCOME,
            project__in=Project.objects.visible_to(user).filter(organization__collaborative=collaborative),
            project__state=Project.State.RUNNING,
        )
        .select_related("project")
        .order_by("project__name", "position")
    )


def _measures(
    user: User, collaborative: Collaborative, outcomes: Sequence[int], since: datetime, at: datetime
) -> dict[int, Measure]:
    kept = Measure.objects.visible_to(user).kept().filter(organization__collaborative=collaborative)
    shown = kept.filter(
        Q(pk__in=outcomes)
        | Q(core_measure__isnull=False)
        | Q(pk__in=signalled(kept, since=since, at=at).order_by().values("pk"))
    )
    return {measure.pk: measure for measure in charts.with_charts(shown).select_related("core_measure")}


def _placed(view: str, links: Iterable[ProjectMeasure], measures: Mapping[int, Measure]) -> list[Placed]:
    if view == "core":
        core = [measure for measure in measures.values() if measure.core_measure]
        return [Placed(str(measure.core_measure), "", measure) for measure in core]
    return [
        Placed(link.project.care_process, link.project.name, measures[link.measure_id])
        for link in links
        if link.measure_id in measures
    ]


def _rows(
    organizations: Iterable[Organization],
    placed: Sequence[Placed],
    columns: Sequence[str],
    months: Sequence[Filled],
    opened: str,
) -> list[Row]:
    by_place: dict[int, list[Placed]] = {}
    for one in placed:
        by_place.setdefault(one.measure.organization_id, []).append(one)
    by_month: dict[int, list[Filled]] = {}
    for month in months:
        by_month.setdefault(month.organization, []).append(month)
    periods = sorted({month.month.period for month in months})
    return [
        _row(one, by_place.get(one.pk, []), columns, shares_of(by_month.get(one.pk, []), periods), opened)
        for one in organizations
    ]


def _row(
    organization: Organization,
    placed: Sequence[Placed],
    columns: Sequence[str],
    months: tuple[tuple[float | None, ...], int | None],
    opened: str,
) -> Row:
    marks = Counter(charts.mark_of(one.measure) for one in placed)
    cells = tuple(
        (column, tuple(_cell(one, opened) for one in placed if one.column == column)) for column in columns
    )
    shares, percent = months
    return Row(
        name=organization.label,
        url=organization.get_absolute_url(),
        place=organization.country,
        cells=cells,
        months=shares,
        percent=percent,
        exported=tuple(_exported(one) for one in placed),
        need=(-marks[Mark.CONCERN], marks[Mark.IMPROVEMENT], 100 if percent is None else percent),
    )


def _cell(one: Placed, opened: str) -> HeatCell:
    measure = one.measure
    name = f"{one.project}: {measure}" if one.project else str(measure)
    return HeatCell(
        ref=measure.ref,
        url=measure.get_absolute_url(),
        words=f"{name}, {charts.short_words(measure)}",
        spark=charts.spark(measure),
        is_open=measure.ref == opened,
    )


def _exported(one: Placed) -> Exported:
    measure, snapshot = one.measure, charts.snapshot_of(one.measure)
    goal = measure.words.goal
    return Exported(
        process=one.column,
        project=one.project,
        measure=str(measure),
        state=charts.mark_of(measure).value,
        words=charts.short_words(measure),
        newest=charts.newest_words(measure),
        newest_period=snapshot.newest_period if snapshot else None,
        unit=measure.words.unit,
        goal="" if goal is None else charts.figure(measure, goal),
    )


def _column(name: str, placed: Iterable[Placed]) -> Column:
    marks = Counter(charts.mark_of(one.measure) for one in placed if one.column == name)
    return Column(name, marks[Mark.CONCERN], marks[Mark.IMPROVEMENT], marks[Mark.COMMON])


def _by_need(row: Row) -> tuple[int, int, int, str]:
    """Most concerns first, then fewest improvements, then the least complete."""
    return *row.need, row.name.casefold()


def _by_name(row: Row) -> str:
    return row.name.casefold()
