"""The cells of the map are kept by the versions of what they say: what changed is drawn anew, and nothing else."""

from collections.abc import Callable

import pytest
from django.utils import timezone, translation

from measures.models import ChartSnapshot, Definition, Measure, Observation
from measures.selectors.readings import Glyph, HeatCell
from measures.services.charts import refresh_stale
from measures.sparklines import heat_link
from measures.spc import Evidence
from projects.models import Project, ProjectMeasure
from projects.pages.portfolio import cells
from projects.pages.portfolio.rows import Portfolio
from tests.projects.landscape import PROCESSES, Landscape, make_landscape
from tests.projects.test_portfolio import outcome, quiet, seen


@pytest.fixture
def landscape(db: None) -> Landscape:
    made = make_landscape(organizations=2, measures=1, months=2)
    quiet()
    return made


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The measures whose cells were drawn, not taken from what is kept."""
    names: list[str] = []
    cell = cells._cell

    def noted(one: cells.PlacedChart, measure: Measure) -> HeatCell:
        names.append(measure.ref)
        return cell(one, measure)

    monkeypatch.setattr(cells, "_cell", noted)
    return names


def cell_of(shown: Portfolio, measure: Measure) -> HeatCell:
    return next(c for row in shown.rows for _, stack in row.cells for c in stack if c.ref == measure.ref)


def test_what_did_not_change_is_drawn_once(landscape: Landscape, drawn: list[str]) -> None:
    first = seen(landscape)
    assert len(drawn) == len(set(drawn)) == 14

    assert seen(landscape, sort="name").rows == first.rows
    assert len(drawn) == 14


def renamed(measure: Measure) -> None:
    Measure.objects.filter(pk=measure.pk).update(name="Falls")


def charted(measure: Measure) -> None:
    ChartSnapshot.objects.filter(measure=measure).update(evidence=Evidence.FAR_NUMBER)


def given_a_goal(measure: Measure) -> None:
    Definition.objects.filter(pk=measure.definition_id).update(goal=7)


def project_renamed(measure: Measure) -> None:
    Project.objects.filter(project_measures__measure=measure).update(name="Nobody falls")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (renamed, lambda cell: "Falls" in cell.words and cell.spark.alt.startswith("Falls:")),
        (charted, lambda cell: "one number far from the others" in cell.words),
        (given_a_goal, lambda cell: cell.spark.goal == 7.0),
        (project_renamed, lambda cell: cell.words.startswith("Nobody falls: ")),
    ],
)
def test_a_change_of_what_a_cell_says_draws_it_alone_anew(
    landscape: Landscape,
    drawn: list[str],
    change: Callable[[Measure], None],
    says: Callable[[HeatCell], bool],
) -> None:
    measure = outcome(landscape.organizations[1], PROCESSES[0])
    assert not says(cell_of(seen(landscape), measure))
    drawn.clear()

    change(measure)

    assert says(cell_of(seen(landscape), measure))
    assert drawn == [measure.ref]


def test_a_cell_is_kept_in_the_language_of_its_reader(landscape: Landscape) -> None:
    measure = outcome(landscape.organizations[0], PROCESSES[0])
    english = cell_of(seen(landscape), measure).words

    with translation.override("sv"):
        swedish = cell_of(seen(landscape), measure).words

    assert english.endswith("1 point, no change")
    assert swedish != english
    assert cell_of(seen(landscape), measure).words == english


def test_the_cell_of_the_open_item_is_marked_for_this_page_alone(landscape: Landscape) -> None:
    measure = outcome(landscape.organizations[0], PROCESSES[0])
    ChartSnapshot.objects.filter(measure=measure).update(state="concern", state_since=measure.created_at)

    assert cell_of(seen(landscape, open=measure.ref), measure).is_open
    quiet()
    assert not cell_of(seen(landscape), measure).is_open


def test_a_process_keeps_no_more_cells_than_five_large_pages(
    landscape: Landscape, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "KEPT", 3)

    assert sum(len(stack) for row in seen(landscape).rows for _, stack in row.cells) == 14
    assert len(cells._kept) == 3


def process(outcome: Measure) -> Measure:
    """The other measure of the outcome's project."""
    return Measure.objects.get(
        project_measures__role="process", project_measures__project__project_measures__measure=outcome
    )


def worse(other: Measure) -> None:
    ChartSnapshot.objects.filter(measure=other).update(state="concern")


def retired(other: Measure) -> None:
    Measure.objects.filter(pk=other.pk).update(retired_at=timezone.now())


def unlinked(other: Measure) -> None:
    ProjectMeasure.objects.filter(measure=other).delete()


NONE = "; the project’s other measure has no signal"


@pytest.mark.parametrize(
    ("change", "after", "beside"),
    [
        (worse, "; of the project’s 1 other measure: 1 concern", ((Glyph.CONCERN, 1),)),
        (retired, "no change", ()),
        (unlinked, "no change", ()),
    ],
)
def test_a_cell_speaks_of_the_projects_other_measures_as_they_are_now(
    db: None, drawn: list[str], change: Callable[[Measure], None], after: str, beside: object
) -> None:
    landscape = make_landscape(organizations=2, measures=2, months=8)
    quiet()
    measure = outcome(landscape.organizations[1], PROCESSES[0])
    before = cell_of(seen(landscape), measure)
    assert (before.words[-len(NONE) :], before.beside) == (NONE, ())
    drawn.clear()

    change(process(measure))

    cell = cell_of(seen(landscape), measure)
    assert cell.words.endswith(after)
    assert cell.beside == beside
    assert drawn == [measure.ref]
    link = heat_link(cell)
    assert ("visually-hidden" in link) == bool(beside)


def test_what_is_of_no_project_says_nothing_of_others(db: None) -> None:
    landscape = make_landscape(organizations=1, measures=2, months=8)
    quiet()
    ChartSnapshot.objects.update(state="concern")

    cells = [one for row in seen(landscape, view="core").rows for _, stack in row.cells for one in stack]

    assert len(cells) == 5
    assert {(one.beside, one.beside_words) for one in cells} == {((), "")}


def test_a_cell_whose_numbers_ended_earlier_ends_earlier_on_the_maps_axis(db: None) -> None:
    landscape = make_landscape(organizations=3, measures=1, months=8)
    quiet()
    measure = outcome(landscape.organizations[2], PROCESSES[0])
    other = outcome(landscape.organizations[2], PROCESSES[1])
    assert cell_of(seen(landscape), measure).spark.behind == 0
    last = Observation.objects.filter(measure=measure).order_by("-period").values_list("period", flat=True)
    Observation.objects.filter(measure=measure, period__in=list(last[:3])).delete()
    Measure.objects.filter(pk=measure.pk).update(series_version=9)

    refresh_stale(at=timezone.now())

    assert cell_of(seen(landscape), measure).spark.behind == 3
    assert cell_of(seen(landscape), other).spark.behind == 0
