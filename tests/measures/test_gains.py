"""A part tells what it gained over the part before: its two medians, and better only where that is so."""

from datetime import date

import pytest
from django.test import Client

from measures.models import Measure
from measures.selectors.gains import gain_of, words_with_gain
from measures.selectors.readings import Glyph
from measures.services import charts, markups
from tests.actors import Cast
from tests.measures.series import SHARE, log, make_measure

pytestmark = pytest.mark.django_db

EVENTS = [4.3, 3.9, 4.6, 4.1, 3.7, 4.4, 4.0, 4.8, 3.6, 4.2, 4.1, 3.8]
FEWER = [1.8, 1.6, 1.74, 1.9, 1.5, 1.7, 2.0, 1.74, 1.6, 1.8, 1.9, 1.7]
SINCE = date(2021, 1, 1)


def rebased(cast: Cast, before: list[float], since: list[float], **words: object) -> Measure:
    """A measure whose lead accepted a new median where the second numbers begin, judged anew."""
    made = make_measure(
        cast.own, "Adverse drug events", **{"decimals": 2, "unit": "per 1,000 doses", **words}
    )
    log(made, [*before, *since], by=cast.data_entry)
    markups.rebase(made, SINCE, why="Holds", by=cast.lead)
    charts.refresh_stale()
    return Measure.objects.select_related("organization__collaborative", "definition", "snapshot").get(
        pk=made.pk
    )


def test_a_part_says_its_median_the_one_before_and_that_it_is_better(cast: Cast) -> None:
    found = gain_of(rebased(cast, EVENTS, FEWER))
    assert found is not None
    assert (found.mark, found.sentence, found.short) == (
        Glyph.IMPROVEMENT,
        "Median 1.74 since January 2021, before it 4.10: 58% lower, better",
        "median 4.10, then 1.74: 58% lower, better",
    )


def test_more_of_what_should_be_few_is_worse(cast: Cast) -> None:
    found = gain_of(rebased(cast, FEWER, EVENTS))
    assert found is not None
    assert (found.mark, found.short) == (Glyph.CONCERN, "median 1.74, then 4.10: 136% higher, worse")


def test_without_a_direction_nothing_is_better(cast: Cast) -> None:
    found = gain_of(rebased(cast, EVENTS, FEWER, direction=""))
    assert found is not None
    assert (found.mark, found.short) == (Glyph.COMMON, "median 4.10, then 1.74: 58% lower")


def test_a_percentage_is_held_against_the_other_in_points(cast: Cast) -> None:
    low, high = ([(70 + step % 3, 100) for step in range(12)], [(84 + step % 3, 100) for step in range(12)])
    found = gain_of(rebased(cast, low, high, **SHARE))  # type: ignore[arg-type]
    assert found is not None
    assert found.short == "median 71.0%, then 85.0%: 14.0 percentage points higher, better"


def test_the_difference_is_that_of_the_medians_as_they_are_shown(cast: Cast) -> None:
    low, high = ([(795, 1000)] * 6 + [(799, 1000)] * 6, [(921, 1000)] * 6 + [(925, 1000)] * 6)
    found = gain_of(rebased(cast, low, high, **SHARE | {"decimals": 0}))  # type: ignore[arg-type]
    assert found is not None
    assert found.short == "median 80%, then 92%: 12 percentage points higher, better"


def test_of_a_median_of_zero_there_is_no_percent(cast: Cast) -> None:
    found = gain_of(rebased(cast, [0.0] * 7 + [1.0, 2.0, 0.0, 1.0, 0.0], EVENTS))
    assert found is not None
    assert found.short == "median 0.00, then 4.10: higher, worse"


def test_a_difference_that_chance_explains_is_no_gain(cast: Cast) -> None:
    found = gain_of(rebased(cast, EVENTS, [value - 0.1 for value in EVENTS[::-1]]))
    assert found is not None
    assert (found.mark, found.short) == (
        Glyph.COMMON,
        "median 4.10, then 4.00: 2% lower, no more than chance explains",
    )


def test_the_same_median_says_so_and_lists_say_nothing(cast: Cast) -> None:
    found = gain_of(rebased(cast, EVENTS, EVENTS[::-1]))
    assert found is not None
    assert (found.sentence, found.short) == ("Median 4.10 since January 2021, as before it", "")


def test_a_part_under_ten_numbers_says_nothing_and_neither_does_a_first_part(cast: Cast) -> None:
    assert gain_of(rebased(cast, EVENTS, FEWER[:9])) is None
    alone = make_measure(cast.own, "Never rebased")
    log(alone, EVENTS, by=cast.data_entry)
    charts.refresh_stale()
    assert gain_of(Measure.objects.get(pk=alone.pk)) is None


def test_a_number_that_is_left_out_is_none_of_the_ten(cast: Cast) -> None:
    made = rebased(cast, EVENTS, FEWER[:10])
    assert gain_of(made) is not None
    markups.exclude(made, SINCE, why="Half of a month", by=cast.lead)
    charts.refresh_stale()
    assert gain_of(Measure.objects.get(pk=made.pk)) is None


def test_the_page_and_the_lists_tell_it(client: Client, cast: Cast) -> None:
    made = rebased(cast, EVENTS, FEWER)
    client.force_login(cast.lead)
    page = client.get(made.get_absolute_url()).text
    assert "<span>Median 1.74 since January 2021, before it 4.10: 58% lower, better</span>" in page
    assert "mark-word gained improvement" in page
    place = cast.own
    for url in (place.get_absolute_url(), f"{place.get_absolute_url()}measures/"):
        assert "median 4.10, then 1.74: 58% lower, better" in client.get(url).text
    assert words_with_gain(made) == "12 points, steady; median 4.10, then 1.74: 58% lower, better"
