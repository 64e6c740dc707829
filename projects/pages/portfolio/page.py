"""The portfolio: organizations by care process or core measure, in as many queries however many there are.

What stands where is chosen from what the process remembers of each organization (`summaries.py`). Sparklines come from
the snapshots. Of the measures only those are read whose cell the process has not kept as it is: of the outcome measures
of running projects, of the core measures, and what changed into a signal since the previous visit.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from measures.models import ChartSnapshot, Measure, MeasureQuerySet
from measures.selectors.completeness.overview import overview
from measures.selectors.news import RANKS, definitions, rules_words
from organizations.models import Collaborative, Organization, User
from p2.words.since import beginning, since_words
from projects.pages.portfolio.cells import cells_of, kept_cells
from projects.pages.portfolio.completeness import closed, month_line, percent_of
from projects.pages.portfolio.map import address, exported_by_organization, rows_of
from projects.pages.portfolio.multiples import OneCore, multiples, of_one_core
from projects.pages.portfolio.queue import facts, most, news, queue_of
from projects.pages.portfolio.ranking import Ranking, View, ranking
from projects.pages.portfolio.rows import Portfolio
from projects.pages.portfolio.summaries import Summaries, Summary, instant, summaries

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MapAsked:
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
    user: User, collaborative: Collaborative, *, previous: datetime | None, at: datetime, asked: MapAsked
) -> Portfolio:
    """The whole page, as seen by a person whose previous visit ended at `previous`."""
    since, said, slug = beginning(previous, at), since_words(previous, at), collaborative.slug
    visible = Measure.objects.visible_to(user).filter(organization__collaborative=collaborative)
    kept, every = visible.kept(), summaries(user, collaborative, at=at)
    view, ranked = _ranked(every, asked)
    months = overview(user, [collaborative.pk], at=at, last=MONTHS, organizations=ranked.shown)
    found = _found(every, asked, since=since, at=at)
    known = kept_cells(ranked.placed, slug) if asked.page else {}
    unread = {one.measure: one.organization for one in ranked.placed if one not in known}
    measures = _measures(kept, {**unread, **found.drawn})
    changed = definitions(kept, since=since, at=at)
    signals = [measures[key] for key in found.signals if key in measures]
    queue, changes = queue_of(signals, changed, at=at, asked=asked)
    opened = next((item.ref for item in queue if item.is_open), "")
    cells = cells_of(ranked.placed, known, slug, measures)
    exported = {} if asked.page else exported_by_organization(ranked.placed, measures)
    shown, pages = {key: every.present[key] for key in ranked.shown}, ranked.pages
    headings = [column.name for column in ranked.columns]
    return Portfolio(
        facts=facts(len(ranked.places), ranked.running, news(found.all_signals, changes), said),
        since=said,
        view=view,
        sort=asked.sort,
        columns=ranked.columns,
        rows=rows_of(shown, slug, cells, headings, months, at=at, opened=opened, exported=exported),
        pages=pages,
        percent=percent_of(closed(months, at)) if pages.last == 1 else None,
        queue=queue,
        rules_words=rules_words(collaborative, at, found.rejudged) if found.rejudged else "",
        unshown=found.all_signals + changes - len(queue),
        month=month_line(months, at),
        unasked=_unasked(shown, {month.organization for month in months}, slug),
        without_outcome=_without_outcome(shown, slug),
        multiples=multiples(found.core, measures),
        has_invented_names=any(summary.is_invented for summary in shown.values()),
    )


def _ranked(every: Summaries, asked: MapAsked) -> tuple[View, Ranking]:
    """What stands in which column; core measures where nothing was asked for and no project has an outcome."""
    if asked.view != "core":
        projects = ranking(every, "projects", sort=asked.sort, page=asked.page)
        if projects.columns or asked.view == "projects":
            return "projects", projects
    core = ranking(every, "core", sort=asked.sort, page=asked.page)
    return ("core" if core.columns or asked.view else "projects"), core


def _unasked(shown: Mapping[int, Summary], asked: Collection[int], slug: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (summary.label, address(slug, summary.ref)) for key, summary in shown.items() if key not in asked
    )


def _without_outcome(shown: Mapping[int, Summary], slug: str) -> tuple[tuple[str, str], ...]:
    """Tri-Rivers Health: Falls on the wards."""
    found = []
    for summary in shown.values():
        for project, ref in summary.without_outcome:
            said = _("%(organization)s: %(project)s") % {"organization": summary.label, "project": project}
            found.append((said, reverse("projects:project", args=[slug, ref])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Found:
    """What the page draws beside its map, by key: the first of the new signals, and the best of one core measure."""

    signals: tuple[int, ...]
    all_signals: int
    rejudged: int  # charts that other rules alone made say something else
    core: OneCore | None
    drawn: Mapping[int, int]  # each measure that is drawn, and its organization


def _found(every: Summaries, asked: MapAsked, *, since: datetime, at: datetime) -> Found:
    """Signals as `news.signalled` has them: concern first, the newest first."""
    first, last = instant(since), instant(at)
    new = [
        (RANKS[ChartSnapshot.State(one.state)], -one.since, one.name, one.measure, key)
        for key, summary in every.every.items()
        if summary.newest_signal > first
        for one in summary.signals
        if first < one.since <= last
    ]
    shown, core = nsmallest(most(asked), new), of_one_core(every, asked.core)
    drawn = {measure: key for *_, measure, key in shown}
    return Found(
        signals=tuple(drawn),
        all_signals=len(new),
        rejudged=sum(
            first < moment <= last for summary in every.every.values() for moment in summary.rejudged
        ),
        core=core,
        drawn=drawn | dict(core.drawn if core else ()),
    )


def _measures(kept: MeasureQuerySet, homes: Mapping[int, int]) -> dict[int, Measure]:
    """The measures with their charts, each with its organization, which `homes` names. Two queries."""
    found = Organization.objects.filter(pk__in=set(homes.values())).order_by().select_related("collaborative")
    places = {organization.pk: organization for organization in found}
    read = kept.filter(pk__in=homes, organization__in=places).order_by()
    measures = {one.pk: one for one in read.select_related("definition", "snapshot", "core_measure")}
    for measure in measures.values():
        measure.organization = places[measure.organization_id]
    return measures
