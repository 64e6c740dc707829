"""The map of the portfolio: what stands in the row of an organization."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.urls import reverse

from measures.models import Measure
from measures.selectors import charts
from measures.selectors.axis import Axis
from measures.selectors.completeness.counting import Filled
from measures.selectors.gains import words_with_gain
from measures.selectors.readings import HeatCell
from p2.words.wording import middle_figure
from projects.pages.portfolio.completeness import completeness_of
from projects.pages.portfolio.medians import median_of
from projects.pages.portfolio.placed import PlacedChart
from projects.pages.portfolio.rows import Exported, MapRow
from projects.pages.portfolio.summaries import Summary


@lru_cache(maxsize=4096)
def address(slug: str, ref: str) -> str:
    """An organization's page."""
    return reverse("projects:organization", args=[slug, ref])


def rows_of(
    summaries: Mapping[int, Summary],
    slug: str,
    cells: Iterable[tuple[PlacedChart, HeatCell]],
    columns: Sequence[str],
    months: Sequence[Filled],
    *,
    at: datetime,
    opened: str,
    exported: Mapping[int, tuple[Exported, ...]],
) -> tuple[MapRow, ...]:
    """A row for each of these organizations, with its cells; their lines, where it is for a table."""
    filled, periods = _by_organization(months), sorted({month.month.period for month in months})
    stacked = _stacked(cells, opened)
    rows = []
    for key, summary in summaries.items():
        full = completeness_of(filled.get(key, []), periods, at)
        row = MapRow(
            name=summary.label,
            url=address(slug, summary.ref),
            place=summary.country,
            cells=tuple((name, tuple(stacked.get((key, name), ()))) for name in columns),
            months=full.shares,
            percent=full.percent,
            open_present=full.open_present,
            open_expected=full.open_expected,
            reasons=full.reasons,
            full_words=full.words,
            exported=exported.get(key, ()),
        )
        rows.append(row)
    return tuple(rows)


def _stacked(
    cells: Iterable[tuple[PlacedChart, HeatCell]], opened: str
) -> dict[tuple[int, str], list[HeatCell]]:
    """The cells by organization and column, on one time axis; that of the selected item of the queue is open."""
    drawn = list(cells)
    axis = Axis.of(cell.spark for _, cell in drawn)
    found: dict[tuple[int, str], list[HeatCell]] = {}
    for one, cell in drawn:
        spark, is_open = axis.placed(cell.spark), cell.ref == opened
        as_it_was = spark is cell.spark and not is_open
        here = found.setdefault((one.organization, one.column), [])
        here.append(cell if as_it_was else replace(cell, spark=spark, is_open=is_open))
    return found


def _by_organization(months: Iterable[Filled]) -> dict[int, list[Filled]]:
    found: dict[int, list[Filled]] = {}
    for month in months:
        found.setdefault(month.organization, []).append(month)
    return found


def exported_by_organization(
    placed: Iterable[PlacedChart], measures: Mapping[int, Measure]
) -> dict[int, tuple[Exported, ...]]:
    """The lines of the table, under their organization."""
    found: dict[int, tuple[Exported, ...]] = {}
    for one in placed:
        if one.measure in measures:
            line = _exported(one, measures[one.measure])
            found[one.organization] = (*found.get(one.organization, ()), line)
    return found


def _exported(one: PlacedChart, measure: Measure) -> Exported:
    snapshot, goal, median = charts.snapshot_of(measure), measure.words.goal, median_of(measure)
    ends = median.interval if median else None
    return Exported(
        process=one.column,
        project=one.project,
        measure=str(measure),
        state=one.mark.label,
        words=words_with_gain(measure),
        newest=charts.newest_words(measure),
        newest_period=snapshot.newest_period if snapshot else None,
        unit=measure.words.unit,
        goal="" if goal is None else charts.figure(measure, goal),
        median=middle_figure(median.value, measure.words.decimals) if median else "",
        interval=(charts.figure(measure, ends[0]), charts.figure(measure, ends[1])) if ends else ("", ""),
        points=(median.points, median.first, median.last) if median else (None, None, None),
    )
