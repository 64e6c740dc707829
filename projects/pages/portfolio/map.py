"""The map of the portfolio: which organization comes first, and what stands in its row."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from measures.models import Measure
from measures.selectors import charts
from measures.selectors.completeness import Filled
from measures.selectors.readings import Mark
from organizations.models import Organization
from projects.pages.portfolio.completeness import shares_of
from projects.pages.portfolio.rows import Column, Exported, HeatCell, Row

MARKS: dict[str | None, Mark] = {state.value: mark for state, mark in charts.MARKS.items()}


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart in its column, for a project or for itself, and how it stands."""

    organization: int
    column: str
    project: str
    measure: int
    mark: Mark

    @classmethod
    def of(cls, organization: int, column: str, project: str, measure: int, state: str | None) -> Self:
        return cls(organization, column, project, measure, MARKS.get(state, Mark.NONE))


Chart = tuple[Placed, Measure]


def in_order(
    organizations: Iterable[Organization], placed: Iterable[Placed], sort: str
) -> list[Organization]:
    """By name; or most concerns first, then fewest improvements, then by name."""
    by_name = sorted(organizations, key=lambda one: one.label.casefold())
    if sort == "name":
        return by_name
    marks = Counter((one.organization, one.mark) for one in placed)
    return sorted(by_name, key=lambda one: (-marks[one.pk, Mark.CONCERN], marks[one.pk, Mark.IMPROVEMENT]))


def rows_of(
    organizations: Iterable[Organization],
    charts_of: Mapping[int, Sequence[Chart]],
    columns: Sequence[str],
    months: Sequence[Filled],
    opened: str,
    *,
    is_table: bool,
) -> tuple[Row, ...]:
    """A row for each of these organizations, with its charts; their lines, where it is for a table."""
    filled, periods = _by_organization(months), sorted({month.month.period for month in months})
    rows = []
    for organization in organizations:
        own = charts_of.get(organization.pk, ())
        shares, percent = shares_of(filled.get(organization.pk, []), periods)
        row = Row(
            name=organization.label,
            url=organization.get_absolute_url(),
            place=organization.country,
            cells=tuple(
                (name, tuple(_cell(one, measure, opened) for one, measure in own if one.column == name))
                for name in columns
            ),
            months=shares,
            percent=percent,
            exported=tuple(_exported(one, measure) for one, measure in own if is_table),
        )
        rows.append(row)
    return tuple(rows)


def charts_by_organization(
    placed: Iterable[Placed], measures: Mapping[int, Measure]
) -> dict[int, list[Chart]]:
    """The placed measures that were read, under their organization."""
    found: dict[int, list[Chart]] = {}
    for one in placed:
        if one.measure in measures:
            found.setdefault(one.organization, []).append((one, measures[one.measure]))
    return found


def _by_organization(months: Iterable[Filled]) -> dict[int, list[Filled]]:
    found: dict[int, list[Filled]] = {}
    for month in months:
        found.setdefault(month.organization, []).append(month)
    return found


def _cell(one: Placed, measure: Measure, opened: str) -> HeatCell:
    says = charts.short_words(measure)
    return HeatCell(
        ref=measure.ref,
        url=measure.get_absolute_url(),
        words=_cell_words(one.project, measure, says),
        spark=charts.spark(measure, says=says),
        is_open=measure.ref == opened,
    )


def _cell_words(project: str, measure: Measure, says: str) -> str:
    """No child harmed: adverse drug events, 11 points below the median."""
    said = {"project": project, "measure": measure, "says": says}
    return (_("%(project)s: %(measure)s, %(says)s") if project else _("%(measure)s, %(says)s")) % said


def _exported(one: Placed, measure: Measure) -> Exported:
    snapshot, goal = charts.snapshot_of(measure), measure.words.goal
    return Exported(
        process=one.column,
        project=one.project,
        measure=str(measure),
        state=one.mark.label,
        words=charts.short_words(measure),
        newest=charts.newest_words(measure),
        newest_period=snapshot.newest_period if snapshot else None,
        unit=measure.words.unit,
        goal="" if goal is None else charts.figure(measure, goal),
    )


def column_of(name: str, placed: Iterable[Placed]) -> Column:
    """A column with the counts of its marks, of all organizations."""
    marks = Counter(one.mark for one in placed if one.column == name)
    return Column(name, marks[Mark.CONCERN], marks[Mark.IMPROVEMENT], marks[Mark.COMMON])
