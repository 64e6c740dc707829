"""The queue of the portfolio, and which measures are read for it, for the map and for one core measure."""

from datetime import timedelta

from django.utils import timezone

from measures.models import ChartSnapshot, Measure
from measures.services import charts
from projects.pages.portfolio.page import MapAsked, portfolio
from tests.actors import Cast, make_appointee
from tests.measures.series import log, make_measure
from tests.projects.landscape import make_landscape
from tests.projects.test_portfolio import quiet, seen, state


def test_a_process_measure_is_heard_of_in_the_queue(db: None) -> None:
    landscape = make_landscape(organizations=2, measures=2)
    quiet()
    process = Measure.objects.filter(project_measures__role="process").first()
    assert process
    state(process, "concern")

    assert [item.ref for item in seen(landscape).queue] == [process.ref]


def test_a_signal_of_a_past_participant_is_heard_of_with_its_place(cast: Cast) -> None:
    measure = make_measure(cast.past)
    log(measure, [12.0, 11.0] * 6)
    charts.refresh_stale()
    state(measure, "concern")
    at = timezone.now()

    shown = portfolio(
        cast.faculty,
        cast.collaborative,
        previous=at - timedelta(days=7),
        at=at,
        asked=MapAsked(sort="name"),
    )

    assert [row.name for row in shown.rows] == ["Other Hospital", "Own Hospital"]
    assert [(item.place, item.url) for item in shown.queue] == [("Past Hospital", measure.get_absolute_url())]


def test_a_measure_that_is_signal_and_core_and_cell_is_each_of_them(db: None) -> None:
    landscape = make_landscape(organizations=2, measures=1)
    quiet()
    core = Measure.objects.filter(core_measure__name="Mortality").latest("pk")
    state(core, "concern")
    ChartSnapshot.objects.filter(measure=core).update(median=1.0)
    assert core.core_measure

    shown = seen(landscape, view="core", core=core.core_measure.ref)

    assert [(item.ref, item.is_open) for item in shown.queue] == [(core.ref, True)]
    assert [cell.ref for row in shown.rows for _, cells in row.cells for cell in cells if cell.is_open] == [
        core.ref
    ]
    assert shown.multiples
    assert [one.name for one in shown.multiples.charts] == ["Hospital 01", "Hospital 00"]


def test_of_many_signals_fifty_are_shown_until_all_are_asked_for(db: None) -> None:
    landscape = make_landscape(organizations=2, measures=5, months=3)
    ChartSnapshot.objects.update(state="concern", state_since=timezone.now())
    faculty = make_appointee(landscape.collaborative, "faculty")
    late = timezone.now()

    def queue(**asked: object) -> tuple[int, int]:
        shown = portfolio(faculty, landscape.collaborative, previous=None, at=late, asked=MapAsked(**asked))  # type: ignore[arg-type]
        return len(shown.queue), shown.unshown

    assert queue() == (50, 30)
    assert queue(shows_all=True) == (80, 0)
