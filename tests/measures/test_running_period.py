"""Words at the period that runs now: where they may be written, and where the chart has them before its number."""

from dataclasses import replace
from datetime import UTC, date, datetime

import orjson
import pytest
from django.test import Client
from django.urls import reverse

from measures import periods
from measures.figures import run_chart
from measures.figures.sheet import MOST_AHEAD, sheet_for
from measures.models import Annotation, Measure, today_in
from measures.pages.measure.marks import annotated_periods
from measures.selectors.readings import Note
from measures.services import charts, markups, measures
from p2.errors import RuleViolation
from tests.actors import Cast
from tests.measures.drawn import LIGHT, lines, reading, words
from tests.measures.series import log, make_measure

VALUES: list[float | None] = [1.0, 2.0, 3.0, 2.0]  # from February 2002


def note_at(period: date) -> Note:
    return Note(1, period, f"{period:%b %Y}", "change", "New pumps")


def running(measure: Measure, frequency: str = "month") -> date:
    return periods.start_of(today_in(measure.organization.time_zone, datetime.now(UTC)), frequency)


# --- drawn


def test_a_note_after_the_newest_number_stands_at_its_own_month() -> None:
    drawn = run_chart(reading(VALUES, notes=(note_at(date(2002, 7, 1)),)))
    axis = drawn["layout"]["xaxis"]
    assert words(drawn)["1"]["x"] == 5
    assert axis["range"] == [-0.5, 5.5]
    assert dict(zip(axis["tickvals"], axis["ticktext"], strict=True))[5] == "Jul"


def test_lines_of_the_numbers_end_with_them() -> None:
    plain, ahead = (run_chart(reading(VALUES, notes=notes)) for notes in ((), (note_at(date(2002, 7, 1)),)))
    for drawn in (plain, ahead):
        (median,) = lines(drawn, LIGHT.ink_2, "solid")
        assert median["x"] == [-0.5, 3.5, None]
        assert lines(drawn, LIGHT.ink_2, "1.5px,3px") == []


def test_a_note_on_a_month_with_a_number_moves_nothing() -> None:
    plain = sheet_for(reading(VALUES), theme="light", width=960, height=384)
    noted = replace(plain, reading=reading(VALUES, notes=(note_at(date(2002, 5, 1)),)))
    assert (noted.at(date(2002, 5, 1)), noted.span, noted.ahead) == (3, plain.span, ())


def test_weeks_and_quarters_are_counted_on_by_their_own_length() -> None:
    for frequency, first, step in (("week", date(2002, 2, 4), 2), ("quarter", date(2002, 1, 1), 1)):
        days = [periods.following(first, frequency, at) for at in range(3 + step)]
        base = reading([1.0, 2.0, 3.0], frequency=frequency, notes=(note_at(days[-1]),))
        points = tuple(replace(point, period=day) for point, day in zip(base.points, days, strict=False))
        sheet = sheet_for(replace(base, points=points), theme="light", width=960, height=384)
        assert (sheet.at(days[-1]), len(sheet.ahead)) == (2 + step, step)


def test_a_note_long_after_the_last_number_does_not_stretch_the_chart() -> None:
    far = periods.following(date(2002, 5, 1), "month", MOST_AHEAD + 1)
    sheet = sheet_for(reading(VALUES, notes=(note_at(far),)), theme="light", width=960, height=384)
    assert (sheet.span, sheet.at(far)) == ((-0.5, 3.5), 3.5)


# --- written


@pytest.mark.django_db
def test_the_running_month_is_offered_written_on_and_drawn(client: Client, cast: Cast) -> None:
    measure = make_measure(cast.own)
    now = running(measure)
    newest = periods.following(now, "month", -2)
    log(measure, [5.0, 6.0, 7.0], first=periods.following(newest, "month", -2))
    charts.refresh_stale()
    client.force_login(cast.data_entry)
    where = reverse("measures:annotation", args=[cast.collaborative.slug, measure.ref])
    form = client.get(where).text
    offered = [f'value="{periods.following(now, "month", -step)}"' for step in range(5)]
    assert [value in form for value in offered] == [True] * 5
    assert f"{offered[2]} selected" in form  # the newest with a number, as long as nobody chooses

    page = client.post(where, {"period": now, "kind": "change", "text": "New pumps"}, follow=True)
    assert (Annotation.objects.get().period, Annotation.objects.get().by) == (now, cast.data_entry)
    assert [(note.period, note.text) for note in page.context["reading"].notes] == [(now, "New pumps")]
    assert f"</b> {now:%b %Y}: New pumps</li>" in page.text
    figure = orjson.loads(
        client.get(reverse("measures:figure", args=[cast.collaborative.slug, measure.ref])).content
    )
    assert words(figure)["1"]["x"] == 4


@pytest.mark.django_db
def test_what_is_to_come_is_not_written_on(cast: Cast) -> None:
    measure = make_measure(cast.own)
    ahead = periods.following(running(measure), "month")
    with pytest.raises(
        RuleViolation, match=rf"^{ahead:%B %Y} lies in the future\. Write on it once it has begun"
    ):
        markups.annotate(measure, ahead, kind="note", text="Soon", by=cast.lead)


@pytest.mark.django_db
def test_without_a_number_the_last_year_is_offered_and_the_page_says_when_it_is_drawn(
    client: Client, cast: Cast
) -> None:
    measure = make_measure(cast.own)
    now = running(measure)
    assert annotated_periods(measure, (), datetime.now(UTC)) == periods.between(
        periods.following(now, "month", -11), now, "month"
    )
    markups.annotate(measure, now, kind="note", text="New pumps", by=cast.lead)
    client.force_login(cast.member)
    page = client.get(measure.get_absolute_url()).text
    assert "New pumps" in page
    assert "What is written is drawn once the chart has a number." in page


@pytest.mark.django_db
def test_a_retired_measure_has_no_running_period(cast: Cast) -> None:
    measure = make_measure(cast.own)
    measures.retire(measure, by=cast.lead)
    measure.refresh_from_db()
    points = reading(VALUES).points
    assert annotated_periods(measure, points, datetime.now(UTC)) == tuple(point.period for point in points)


@pytest.mark.django_db
def test_beside_event_days_the_running_months_first_day_may_be_written_on(cast: Cast) -> None:
    measure = make_measure(cast.own, shape="time_between", direction="up", decimals=0)
    points = tuple(replace(point, is_event=True) for point in reading(VALUES).points)
    found = annotated_periods(measure, points, datetime.now(UTC))
    assert found == (*(point.period for point in points), running(measure))
    assert markups.annotate(measure, found[-1], kind="note", text="Rounds", by=cast.lead).period == found[-1]
