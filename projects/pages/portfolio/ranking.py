"""Which organizations stand on a page of the map, and how each column stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from measures.models import ChartSnapshot
from measures.selectors.readings import Glyph
from p2.web.paging import PageOf
from projects.pages.portfolio.placed import MARKS, Others, PlacedChart
from projects.pages.portfolio.rows import MapColumn
from projects.pages.portfolio.summaries import CountedStates, State, Summaries, Summary

PAGE = 50
"""Organizations on a page: the map of a large programme is read a screen at a time."""

View = Literal["projects", "core"]

NO_OTHERS = Others.of({})
CONCERN, IMPROVEMENT = ChartSnapshot.State.CONCERN.value, ChartSnapshot.State.IMPROVEMENT.value


@dataclass(frozen=True, slots=True)
class Ranking:
    """The organizations by key, most need first or by name, and what the map shows of them."""

    places: tuple[int, ...]  # all of them
    shown: tuple[int, ...]  # those of the page
    running: int  # projects, of all of them
    columns: tuple[MapColumn, ...]
    placed: tuple[PlacedChart, ...]  # charts, of the page
    pages: PageOf  # which page this is


def ranking(summaries: Summaries, view: View, *, sort: Literal["need", "name"], page: int) -> Ranking:
    """`page` 0 has all organizations, one past the last is the last."""
    names = {core.key: core.name for core in summaries.cores}
    standing = {key: _standing(summary, view) for key, summary in summaries.present.items()}
    by_name = sorted(summaries.present, key=lambda key: (summaries.present[key].order, key))
    places = sorted(by_name, key=lambda key: _need(standing[key])) if sort == "need" else by_name
    pages = PageOf.cut(len(places), asked=page, size=PAGE)
    shown = places[pages.start : pages.end]
    return Ranking(
        places=tuple(places),
        shown=tuple(shown),
        running=sum(summary.running for summary in summaries.present.values()),
        columns=_columns(standing.values(), names),
        placed=tuple(chart for key in shown for chart in _charts(key, summaries.present[key], view, names)),
        pages=pages,
    )


def _standing(summary: Summary, view: View) -> CountedStates:
    return summary.by_process if view == "projects" else summary.by_core


def _need(standing: CountedStates) -> tuple[int, int]:
    """The more concern, and of those the less improvement, the earlier."""
    concern = improvement = 0
    for (_column, state), number in standing:
        if state == CONCERN:
            concern += number
        elif state == IMPROVEMENT:
            improvement += number
    return -concern, improvement


def _charts(
    organization: int, summary: Summary, view: View, names: Mapping[int, str]
) -> Iterable[PlacedChart]:
    return _outcomes(organization, summary) if view == "projects" else _cores(organization, summary, names)


def _outcomes(organization: int, summary: Summary) -> Iterable[PlacedChart]:
    """The outcome measures of the running projects, each with how its project's other measures stand."""
    for one in summary.outcomes:
        others = Counter(summary.states[one.work])
        others[one.state] -= 1
        yield PlacedChart(
            organization,
            one.process,
            one.project,
            one.measure,
            MARKS.get(one.state, Glyph.NONE),
            one.version,
            Others.of(others),
        )


def _cores(organization: int, summary: Summary, names: Mapping[int, str]) -> Iterable[PlacedChart]:
    """The core measures that are adopted; they belong to no project.

    One that was made since their names were read comes with the next look.
    """
    for core, adopted in summary.adopted.items():
        for one in adopted if core in names else ():
            mark = MARKS.get(one.state, Glyph.NONE)
            yield PlacedChart(organization, names[core], "", one.measure, mark, one.version, NO_OTHERS)


def _columns(standing: Iterable[CountedStates], names: Mapping[int, str]) -> tuple[MapColumn, ...]:
    """Each column by name, with how many of its charts bear which mark."""
    counts: dict[tuple[Any, State], int] = {}
    for each in standing:
        for one, number in each:
            counts[one] = counts.get(one, 0) + number
    marks: dict[str, Counter[Glyph]] = {}
    for (column, state), number in counts.items():
        if name := column if isinstance(column, str) else names.get(column):
            marks.setdefault(name, Counter())[MARKS.get(state, Glyph.NONE)] += number
    return tuple(
        MapColumn(
            name,
            concern=here[Glyph.CONCERN],
            improvement=here[Glyph.IMPROVEMENT],
            common=here[Glyph.COMMON],
            unusual=here[Glyph.UNUSUAL],
            no_rules=here[Glyph.NO_RULES],
            not_judged=here[Glyph.TOO_FEW] + here[Glyph.NONE],
        )
        for name, here in sorted(marks.items(), key=lambda one: one[0].casefold())
    )
