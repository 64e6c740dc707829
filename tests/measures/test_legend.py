"""The line of words below a chart names what is drawn on it, and nothing else; and a few words beside it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from measures import periods
from measures.models import CoreMeasure, Measure
from measures.pages.measure.chart import reading
from measures.pages.measure.legend import Legend, legend
from measures.pages.measure.page import facts
from measures.services import charts, core_measures, markups
from tests.actors import Cast
from tests.measures.series import FIRST, SHARE, log, make_measure

UP_AND_DOWN = [5, 3, 7, 2, 8, 4, 6, 3, 7, 2, 8, 4]
BEST = "Best quarter of all the participants, first phase as well"


def drawn(cast: Cast, values: list[float | None], **words: object) -> Measure:
    made = make_measure(cast.own, **words)  # type: ignore[arg-type]
    log(made, values, by=cast.data_entry)
    charts.refresh_stale()
    return Measure.objects.get(pk=made.pk)


def named(measure: Measure) -> list[tuple[str, str]]:
    return [(mark.css, words) for mark, words in legend(reading(measure, private=False), of=measure).marks]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        (UP_AND_DOWN, [("common", "common cause")]),
        ([5, 3, None, 2], [("too-few", "not judged yet"), ("no-data", "no data")]),
        ([0, 1] * 7 + [0] * 8, [("common", "rules not applicable")]),
        ([9.0, 9.1] * 6 + [3.0, 3.1] * 6, [("improvement", "improvement"), ("common", "common cause")]),
    ],
    ids=["common cause", "few and a gap", "no rules", "a shift"],
)
@pytest.mark.django_db
def test_the_marks_that_are_drawn_are_named(
    cast: Cast, values: list[float | None], marks: list[tuple[str, str]]
) -> None:
    assert named(drawn(cast, values)) == marks


def test_a_benchmark_is_named_whole_there(cast: Cast) -> None:
    core = CoreMeasure.objects.create(
        collaborative=cast.collaborative, name="Wait", area="access", aim="timely", numerator_words="Days",
        shape="mean", unit="days", decimals=1, direction="down", goal=3,
    )  # fmt: skip
    core_measures.add_benchmark(core, label=BEST, value=2, source="a survey", by=cast.office)
    measure = core_measures.adopt(cast.own, core, by=cast.lead)
    log(measure, UP_AND_DOWN, by=cast.data_entry)
    charts.refresh_stale()
    measure = Measure.objects.get(pk=measure.pk)
    found = legend(reading(measure, private=False), of=measure)
    assert found.lines == f"solid line: median; dashed: goal; dash-dot: {BEST} 2.0"


def test_a_newest_number_that_is_left_out_is_said_to_be(client: Client, cast: Cast) -> None:
    measure = drawn(cast, [*UP_AND_DOWN, 99])
    newest = periods.following(FIRST, periods.MONTH, len(UP_AND_DOWN))
    markups.exclude(measure, newest, why="strike", by=cast.lead)
    charts.refresh_stale()
    client.force_login(cast.faculty)
    page = client.get(measure.get_absolute_url()).text
    assert newest == date(2021, 1, 1)
    assert "January 2021: 99.0, left out; median 4.5." in page


def test_the_day_of_a_goal_is_told_until_it_was_and_as_past_from_the_day_after(cast: Cast) -> None:
    measure = drawn(cast, list(UP_AND_DOWN), goal=3, goal_on=date(2021, 6, 30))
    said = [
        facts(measure, reading(measure, private=False), datetime(2021, month, day, 12, tzinfo=UTC))
        for month, day in ((6, 29), (6, 30), (7, 1))
    ]
    assert [words.partition("Goal 3.0, not yet met; ")[2] for words in said] == [
        "1 day left.", "0 days left.", "its date was 30 June 2021.",
    ]  # fmt: skip


def test_a_chart_of_many_numbers_on_the_median_is_not_said_to_lack_numbers(
    client: Client, cast: Cast
) -> None:
    measure = drawn(cast, [7] * 24)
    client.force_login(cast.faculty)
    assert "Judged from ten points off the median." in client.get(measure.get_absolute_url()).text


def test_a_file_is_named_by_what_can_be_written_in_a_name(client: Client, cast: Cast) -> None:
    cast.own.name, cast.own.short_name = "Ευαγγελισμός", ""
    cast.own.save()
    client.force_login(cast.faculty)
    names = {"Falls": 'filename="falls"', "Πτώσεις": 'filename=""'}
    for name, shown in names.items():
        measure = drawn(cast, list(UP_AND_DOWN), name=name)
        assert shown in client.get(measure.get_absolute_url()).text


def test_the_first_number_is_logged_on_the_sheet_of_its_frequency(client: Client, cast: Cast) -> None:
    measure = make_measure(cast.own, **SHARE, frequency="week")  # type: ignore[arg-type]
    client.force_login(cast.lead)
    page = client.get(measure.get_absolute_url()).text
    assert page.count("sheet/?frequency=week") == 2


def test_nothing_is_named_where_nothing_is_drawn(cast: Cast) -> None:
    measure = make_measure(cast.own)
    found = legend(reading(measure, private=False), of=measure)
    assert found == Legend((), "solid line: median", "own-hospital-wait")
