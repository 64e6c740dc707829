"""What is unusual without a direction: counted apart, news for faculty, and never called common cause."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from measures.exchange.entries import Entry
from measures.models import Measure
from measures.pages.measure.chart import reading
from measures.pages.measure.page import beside_rules, proofs
from measures.selectors import charts as lists
from measures.selectors import news
from measures.services import charts, markups
from measures.services.entry import observations
from tests.actors import Cast, make_cast
from tests.measures.series import log, make_measure

STEADY = [87, 84, 89, 86, 88, 85, 87, 90, 86, 83, 88, 87, 85, 89, 86, 87, 84, 88, 86, 90, 85, 87, 88, 86]
RARE = [0, 1, 0, 2, 0, 0, 1, 0, 1, 0, 0, 3, 0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 0, 2]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def charted(cast: Cast, numbers: list[float], direction: str = "down") -> Measure:
    log(make_measure(cast.own, direction=direction), numbers, by=cast.data_entry)
    charts.refresh_stale()
    return lists.with_charts(Measure.objects.all()).get()


def test_a_month_far_off_is_news_for_faculty_and_named_on_the_page(cast: Cast, client: Client) -> None:
    measure = charted(cast, [*STEADY, 61])

    since, at = timezone.now() - timedelta(days=1), timezone.now()
    (told,) = news.signals(Measure.objects.all(), cast.faculty, since=since, at=at)
    assert (told.mark, told.title, told.rank) == ("unusual", f"{cast.own}: unusual, direction unclear", 2)
    assert told.detail == "Wait, days: one number far from the others"
    client.force_login(cast.faculty)
    page = client.get(measure.get_absolute_url()).text
    assert "<h1>Unusual, one number: 61.0 in January 2022 lies far below the other points</h1>" in page
    assert reading(measure, private=False).points[-1].mark.label == "unusual, direction unclear"


def test_the_note_given_at_entry_stands_beside_the_headline_for_who_may_read_notes(
    cast: Cast, client: Client
) -> None:
    measure = charted(cast, STEADY)
    far, before = date(2022, 1, 1), date(2021, 12, 1)
    closed = Entry(value=Decimal(61), note="Theatre three was closed")
    observations.record(measure, far, closed, by=cast.data_entry)
    earlier = Entry(value=Decimal(86), note="Counted by hand")
    observations.record(measure, before, earlier, by=cast.data_entry, why="recount")
    charts.refresh_stale()
    words = "January 2022, noted at entry: \u201cTheatre three was closed\u201d"

    for reader, sees in (
        (cast.lead, True),
        (cast.faculty, True),
        (cast.other_lead, False),
        (cast.funder, False),
    ):
        client.force_login(reader)
        page = client.get(measure.get_absolute_url()).text
        assert "<h1>Unusual, one number: 61.0 in January 2022 lies far below the other points</h1>" in page
        assert (words in page, "Theatre three was closed" in page) == (sees, sees)
        assert "December 2021, noted at entry" not in page


def test_a_shift_where_no_direction_is_better_is_unusual(cast: Cast) -> None:
    measure = charted(cast, [*[20, 22] * 6, *[30, 31] * 6], direction="")
    assert (lists.mark_of(measure).label, lists.headline(measure, names_place=False)) == (
        "unusual, direction unclear",
        "A shift",
    )
    (band,) = reading(measure, private=False).bands
    assert (band.mark.css, band.is_past) == ("unusual", False)


def test_where_the_rules_do_not_apply_the_page_says_so_and_shows_no_rule(cast: Cast) -> None:
    measure = charted(cast, RARE)
    assert (lists.mark_of(measure).label, lists.short_words(measure)) == (
        "rules not applicable",
        "24 points, rules not applicable",
    )
    chart = reading(measure, private=False)
    assert (proofs(chart), {point.mark.css for point in chart.points}) == ((), {"no-rules"})
    assert beside_rules(chart).startswith(
        "The run rules expect half of the points on each side of the median."
    )


def test_a_change_by_ranks_has_its_months_in_lists_as_on_the_page(cast: Cast) -> None:
    measure = charted(cast, [4, 5, 3, 6, 4, 5, 4, 3, 5, 4, *[0] * 14])
    assert (lists.mark_of(measure).css, lists.short_words(measure)) == (
        "improvement",
        "latest 14 points lower",
    )
    assert lists.headline(measure, names_place=False) == "Improvement holds"
    assert f"{measure.snapshot.signal_from:%Y-%m}" == "2020-11"
    assert lists.spark(measure).band == (10, 23)


def test_an_earlier_shift_is_drawn_in_no_colour_under_a_headline_of_now(cast: Cast) -> None:
    measure = charted(cast, [*[20, 40] * 6, *[10, 11] * 5, *[20, 40] * 8])
    markups.freeze(measure, date(2020, 12, 1), why="The first year", by=cast.lead)
    charts.refresh_stale()
    measure = lists.with_charts(Measure.objects.all()).get()
    (band,) = reading(measure, private=False).bands
    assert (band.is_past, band.mark.css, band.sentence) == (
        True, "common", "Earlier shift: 11 points below the median",
    )  # fmt: skip
    run = proofs(reading(measure, private=False))[0]
    assert (run.mark.css, run.where) == ("unusual", "earlier: Jan 2021 to Nov 2021, below")
    drawn = lists.spark(measure)
    assert drawn.band_mark is not None
    assert (drawn.band, drawn.band_mark.css) == ((0, 8), "common")


def test_of_two_runs_as_long_the_later_stands_beside_its_rule(cast: Cast) -> None:
    measure = charted(cast, [9.0, 9.1] * 6 + [3.0, 3.1] * 6)
    run = proofs(reading(measure, private=False))[0]
    assert (run.mark.css, run.where) == ("improvement", "Jan 2021 to Dec 2021, below")
