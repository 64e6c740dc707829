"""The portfolio: organizations by care process or core measure, in five queries however many there are.

Sparklines come from the snapshots. Of the measures only those are read whose cell the process has not kept as it is:
of the outcome measures of running projects, of the core measures, and what changed into a signal since the previous
visit.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from django.db.models import Count, QuerySet, Value, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from measures.models import Measure, MeasureQuerySet
from measures.selectors.completeness import filled
from measures.selectors.news import definitions, rejudged, rules_words, signalled
from organizations.models import Collaborative, Organization, User
from p2.words.since import beginning, since_words
from projects.pages.portfolio.cells import cells_of, kept_cells
from projects.pages.portfolio.completeness import closed, month_line, percent_of
from projects.pages.portfolio.map import exported_by_organization, rows_of
from projects.pages.portfolio.multiples import DRAWN, multiples, of_one_core, one_of_each
from projects.pages.portfolio.queue import facts, most, news, queue_of
from projects.pages.portfolio.ranking import Ranking, cores, outcomes, ranking
from projects.pages.portfolio.rows import Portfolio

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
    page: int = 1  # 0: all organizations, as the table has them


def portfolio(
    user: User, collaborative: Collaborative, *, previous: datetime | None, at: datetime, asked: Asked
) -> Portfolio:
    """The whole page, as seen by a person whose previous visit ended at `previous`."""
    since, said = beginning(previous, at), since_words(previous, at)
    visible = Measure.objects.visible_to(user).filter(organization__collaborative=collaborative)
    kept = visible.kept()
    view, ranked = _ranked(user, collaborative, kept, at, asked)
    months = filled(visible.filter(organization__in=ranked.shown), at=at, last=MONTHS)
    new = New(signalled(kept, since=since, at=at), rejudged(kept, since=since, at=at))
    found = _found(new, kept.filter(organization__in=ranked.places), asked)
    places = _organizations({*ranked.shown, *found.organizations})
    known = kept_cells(ranked.placed, collaborative.slug) if asked.page else {}
    unread = {one.measure for one in ranked.placed if one not in known}
    measures = _measures(kept, {*unread, *found.every}, places)
    changed = definitions(kept, since=since, at=at)
    queue, changes = queue_of([measures[key] for key in found.signals], changed, at=at, asked=asked)
    opened = next((item.ref for item in queue if item.is_open), "")
    cells = cells_of(ranked.placed, known, collaborative.slug, measures)
    exported = {} if asked.page else exported_by_organization(ranked.placed, measures)
    shown, pages = [places[key] for key in ranked.shown], ranked.pages(asked.page)
    headings = [column.name for column in ranked.columns]
    return Portfolio(
        facts=facts(len(ranked.places), ranked.running, news(found.all_signals, changes), said),
        since=said,
        view=view,
        sort=asked.sort,
        columns=ranked.columns,
        rows=rows_of(shown, cells, headings, months, at=at, opened=opened, exported=exported),
        pages=pages,
        percent=percent_of(closed(months, at)) if pages.last == 1 else None,
        queue=queue,
        rules_words=rules_words(collaborative, at, found.rejudged) if found.rejudged else "",
        unshown=found.all_signals + changes - len(queue),
        month=month_line(months, at),
        unasked=_unasked(shown, {month.organization for month in months}),
        without_outcome=_without_outcome(ranked, places),
        multiples=multiples([measures[key] for key in found.cores], asked.core, found.adopters),
        has_invented_names=any(organization.name_is_invented for organization in shown),
    )


def _ranked(
    user: User, collaborative: Collaborative, kept: MeasureQuerySet, at: datetime, asked: Asked
) -> tuple[str, Ranking]:
    """What stands in which column; core measures where nothing was asked for and no project has an outcome."""
    rank = partial(ranking, user, collaborative, kept, at=at, sort=asked.sort, page=asked.page)
    if asked.view != "core":
        projects = rank(outcomes(user, collaborative, kept))
        if projects.columns or asked.view == "projects":
            return "projects", projects
    core = rank(cores(kept))
    return ("core" if core.columns or asked.view else "projects"), core


def _unasked(shown: Iterable[Organization], asked: Collection[int]) -> tuple[tuple[str, str], ...]:
    return tuple((one.label, one.get_absolute_url()) for one in shown if one.pk not in asked)


def _without_outcome(ranked: Ranking, places: Mapping[int, Organization]) -> tuple[tuple[str, str], ...]:
    """Tri-Rivers Health: Falls on the wards."""
    found = []
    for organization, name, ref in ranked.without_outcome:
        place = places[organization]
        said = _("%(organization)s: %(project)s") % {"organization": place.label, "project": name}
        found.append((said, reverse("projects:project", args=[place.collaborative.slug, ref])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Found:
    """What the page draws beside its map, by key: the first of the new signals, and the best of one core measure."""

    signals: tuple[int, ...]
    all_signals: int
    cores: tuple[int, ...]  # of the one that is drawn, and one of each other
    adopters: int
    rejudged: int  # charts that other rules alone made say something else
    organizations: frozenset[int]  # of all of these

    @property
    def every(self) -> tuple[int, ...]:
        return self.signals + self.cores


@dataclass(frozen=True, slots=True)
class New:
    """The measures that changed since the previous visit: into a signal, and by other rules alone."""

    signals: MeasureQuerySet
    rejudged: MeasureQuerySet


def _found(since: New, present: MeasureQuerySet, asked: Asked) -> Found:
    """One query. It asks for keys alone, which indexes answer; the rows are read by key afterwards."""
    new = _keys(since.signals, "signals")[: most(asked)]
    otherwise = _keys(since.rejudged.order_by(), "rejudged")[:1]
    core = _keys(of_one_core(present, asked.core), "core")[:DRAWN]
    rows = list(new.union(otherwise, core, _keys(one_of_each(present), "each"), all=True))
    keys = {kind: tuple(key for its, key, *_ in rows if its == kind) for kind in ("signals", "core", "each")}
    counts = {kind: all_there_are for kind, *_rest, all_there_are in rows}
    return Found(
        signals=keys["signals"],
        all_signals=counts.get("signals", 0),
        cores=tuple(dict.fromkeys(keys["core"] + keys["each"])),
        adopters=counts.get("core", 0),
        rejudged=counts.get("rejudged", 0),
        organizations=frozenset(place for kind, _key, place, _count in rows if kind != "rejudged"),
    )


def _keys(measures: MeasureQuerySet, kind: str) -> QuerySet[Measure, tuple[str, int, int, int]]:
    """Kind, key, organization, and how many measures there are, those beyond a slice counted too."""
    counted = measures.annotate(kind=Value(kind), all_there_are=Window(Count("pk")))
    return counted.values_list("kind", "pk", "organization_id", "all_there_are")


def _organizations(keys: Collection[int]) -> dict[int, Organization]:
    found = Organization.objects.filter(pk__in=keys).order_by().select_related("collaborative")
    return {organization.pk: organization for organization in found}


def _measures(
    kept: MeasureQuerySet, keys: Collection[int], places: Mapping[int, Organization]
) -> dict[int, Measure]:
    """The measures with their charts, each with its organization."""
    read = kept.filter(pk__in=keys).order_by().select_related("definition", "snapshot", "core_measure")
    measures = {measure.pk: measure for measure in read}
    for measure in measures.values():
        measure.organization = places[measure.organization_id]
    return measures
