"""Sparklines: what a line of 30 px says, and how small it stays."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from measures.selectors.axis import Axis, on_one_axis
from measures.selectors.readings import Glyph, HeatCell, Spark
from measures.sparklines import heat_cell, heat_link, mark_svg, sparkline


def drawn(spark: Spark, width: int = 108, height: int = 28, *, with_mark: bool = True) -> ET.Element:
    return ET.fromstring(sparkline(spark, width=width, height=height, with_mark=with_mark))


def path(picture: ET.Element, part: str) -> str | None:
    found = picture.find(f"path[@class='spark-{part}']")
    return None if found is None else found.get("d")


def test_values_run_from_left_to_right_between_the_lowest_and_the_highest() -> None:
    picture = drawn(Spark((1.0, 3.0, 2.0), (), Glyph.COMMON))
    assert path(picture, "line") == "M4 24 54 4 104 14"


def test_a_short_series_takes_as_much_room_a_month_as_a_long_one() -> None:
    short = drawn(Spark((1.0, 3.0, 2.0), (2.0,) * 3, Glyph.COMMON, span=5))
    assert path(short, "line") == "M54 24 79 4 104 14"
    assert path(short, "centre") == "M41.5 14H104"


def test_the_line_breaks_where_a_month_is_missing() -> None:
    picture = drawn(Spark((1.0, 3.0, None, 1.0, 3.0), (), Glyph.COMMON))
    assert path(picture, "line") == "M4 24 29 4M79 24 104 4"


def test_a_month_between_two_missing_ones_is_a_dot() -> None:
    picture = drawn(Spark((1.0, None, 3.0, None, 1.0), (), Glyph.COMMON))
    assert path(picture, "line") == "M4 24h0M54 4h0M104 24h0"


def test_the_run_is_a_line_of_its_own_inside_its_band() -> None:
    picture = drawn(Spark((3.0, 3.0, 1.0, 1.0, 1.0), (2.0,) * 5, Glyph.IMPROVEMENT, band=(2, 4)))
    assert path(picture, "line") == "M4 4 29 4 54 24"
    assert path(picture, "run") == "M54 24 79 24 104 24"
    assert path(picture, "band") == "M51 0h56v28h-56z"


def test_the_line_is_grey_again_after_a_shift_that_ended() -> None:
    picture = drawn(Spark((3.0, 1.0, 1.0, 3.0, 3.0), (), Glyph.COMMON, band=(1, 2)))
    assert path(picture, "line") == "M4 4 29 24M54 24 79 4 104 4"


def test_the_median_steps_at_a_rebase() -> None:
    picture = drawn(Spark((3.0, 3.0, 1.0, 1.0, 1.0), (3.0, 3.0, 1.0, 1.0, 1.0), Glyph.COMMON))
    assert path(picture, "centre") == "M4 4H41.5M41.5 24H104"


def test_the_goal_is_inside_the_picture_even_when_no_value_reached_it() -> None:
    picture = drawn(Spark((3.0, 2.0), (), Glyph.COMMON, goal=1.0))
    assert (path(picture, "goal"), path(picture, "line")) == ("M4 24H104", "M4 4 104 14")


def test_equal_values_lie_in_the_middle() -> None:
    assert path(drawn(Spark((5.0, 5.0), (), Glyph.COMMON)), "line") == "M4 14 104 14"


def test_one_point_stands_at_the_right_with_its_mark() -> None:
    picture = drawn(Spark((5.0,), (), Glyph.TOO_FEW))
    end = picture.find("circle")
    assert end is not None
    assert (end.get("cx"), end.get("cy")) == ("104", "14")


def test_five_months_take_their_share_of_the_width_of_two_years() -> None:
    five = drawn(Spark((1.0, 3.0, 2.0, 1.0, 3.0), (2.0,) * 5, Glyph.TOO_FEW, span=26))
    assert path(five, "line") == "M88 24 92 4 96 14 100 24 104 4"
    assert path(five, "centre") == "M86 14H104"


def test_the_sparklines_of_a_list_end_where_the_newest_of_them_ends() -> None:
    values = (1.0, 2.0, 3.0)
    late = Spark(values, (), Glyph.COMMON, span=4, ends_on=date(2004, 3, 1), frequency="month")
    early = Spark(values, (), Glyph.CONCERN, band=(1, 2), span=4, ends_on=date(2004, 1, 1), frequency="month")
    gone = Spark(values, (), Glyph.CONCERN, band=(1, 2), span=4, ends_on=date(2001, 1, 1), frequency="month")

    shown = on_one_axis([late, early, gone, Spark((), (), Glyph.NONE)])

    assert [(one.values, one.behind, one.band) for one in shown] == [
        (values, 0, None),
        (values[1:], 2, (0, 1)),
        ((), 4, None),
        ((), 0, None),
    ]
    # a month of the axis lies at the same place in each: January 2004 is the second of four
    assert path(drawn(shown[0]), "line") == "M37.3 24 70.7 14 104 4"
    assert path(drawn(shown[1]), "run") == "M4 24 37.3 4"
    assert path(drawn(shown[2]), "line") is None
    assert [one.is_before for one in shown] == [False, False, True, False]


def monthly(count: int, ends_on: date = date(2004, 12, 1)) -> Spark:
    return Spark(
        tuple(float(step % 2) for step in range(count)),
        (),
        Glyph.COMMON,
        span=24,
        ends_on=ends_on,
        frequency="month",
    )


def ends(spark: Spark) -> tuple[str, str]:
    """Where the first and the last point of a picture of 124 px stand; its months lie 116 / 23 px apart."""
    line = path(drawn(spark, width=124), "line") or ""
    places = line.removeprefix("M").split(" ")[::2]
    return places[0], places[-1]


def test_five_months_begin_where_the_last_five_of_two_years_begin() -> None:
    two_years, five, ended = on_one_axis([monthly(24), monthly(5), monthly(5, date(2004, 2, 1))])

    assert ends(two_years) == ("4", "120")
    assert ends(five) == ("99.8", "120")  # 120 - 4 months
    assert ends(ended) == ("49.4", "69.6")  # ten months before
    assert (five.behind, ended.behind) == (0, 10)


def test_weeks_months_and_quarters_of_one_list_lie_on_two_years() -> None:
    weekly = Spark((1.0, 2.0) * 13, (), Glyph.COMMON, span=24, ends_on=date(2004, 11, 22), frequency="week")
    quarterly = Spark(
        (1.0, 2.0) * 6, (), Glyph.COMMON, span=24, ends_on=date(2004, 7, 1), frequency="quarter"
    )
    events = Spark((1.0, 2.0) * 6, (), Glyph.COMMON, span=24)

    month, week, quarter, event = on_one_axis([monthly(24, date(2004, 10, 1)), weekly, quarterly, events])

    assert [(one.span, len(one.values), one.behind) for one in (month, week, quarter)] == [
        (24, 24, 0),
        (104, 26, 0),
        (8, 8, 0),
    ]
    assert [ends(month), ends(week), ends(quarter)] == [("4", "120"), ("91.8", "120"), ("4", "120")]
    assert event is events


def test_a_series_of_weeks_that_ended_is_behind_the_months_of_its_list() -> None:
    weekly = Spark((1.0, 2.0) * 13, (), Glyph.COMMON, span=24, ends_on=date(2004, 8, 2), frequency="week")

    _month, week = on_one_axis([monthly(24, date(2004, 10, 1)), weekly])

    assert week.behind == 12  # the week of 25 October was over on the 31st


def test_in_a_list_of_weeks_alone_24_of_them_take_the_width() -> None:
    weekly = Spark(
        (1.0, 2.0) * 52, (), Glyph.COMMON, (90, 103), span=24, ends_on=date(2004, 11, 1), frequency="week"
    )

    (shown,) = on_one_axis([weekly])

    assert (len(shown.values), shown.span, shown.band) == (24, 24, (10, 23))


def test_what_is_newer_than_an_axis_is_not_drawn_on_it() -> None:
    axis = Axis({"month": date(2004, 10, 1)})

    shown = axis.placed(replace(monthly(24, date(2004, 12, 1)), band=(20, 23)))

    assert (len(shown.values), shown.behind, shown.band) == (22, 0, (20, 21))
    assert axis.placed(replace(monthly(24, date(2004, 12, 1)), band=(22, 23))).band is None
    assert axis.placed(monthly(24, date(2005, 10, 1))).values == monthly(12).values


@pytest.mark.parametrize("values", [(), (None, None)])
def test_without_numbers_nothing_is_drawn_but_the_sentence(values: tuple[None, ...]) -> None:
    picture = drawn(Spark(values, (), Glyph.NONE, alt="No numbers yet"))
    assert [child.tag for child in picture] == ["title"]


def test_very_large_numbers_take_no_more_room_than_small_ones() -> None:
    small = sparkline(Spark((1.0, 3.0, 2.0), (2.0,) * 3, Glyph.COMMON), width=122, height=30)
    large = sparkline(Spark((1e15, 3e15, 2e15), (2e15,) * 3, Glyph.COMMON), width=122, height=30)
    assert large == small


def test_small_multiples_share_the_scale_they_are_given() -> None:
    picture = drawn(Spark((0.0, 10.0), (), Glyph.COMMON, low=0.0, high=20.0))
    assert path(picture, "line") == "M4 24 104 14"


def test_a_value_beyond_the_shared_scale_stays_inside_the_picture() -> None:
    picture = drawn(Spark((0.0, 90.0), (), Glyph.COMMON, low=0.0, high=20.0))
    assert path(picture, "line") == "M4 24 104 4"


@pytest.mark.parametrize(
    ("mark", "tag", "shape"),
    [
        (Glyph.IMPROVEMENT, "path", "M100.2 4l3.8-3.8 3.8 3.8-3.8 3.8z"),
        (Glyph.CONCERN, "path", "M101.2 4v-2.8h5.6v5.6h-5.6z"),
        (Glyph.COMMON, "circle", None),
    ],
)
def test_the_newest_point_in_the_band_is_its_mark(mark: Glyph, tag: str, shape: str | None) -> None:
    end = drawn(Spark((1.0, 3.0), (), mark, band=(0, 1))).find("*[@class='spark-end']")
    assert end is not None
    assert (end.tag, end.get("d")) == (tag, shape)


def test_a_newest_point_outside_the_band_is_a_plain_dot() -> None:
    picture = drawn(Spark((1.0, 1.0, 9.0), (), Glyph.IMPROVEMENT, band=(0, 1), band_mark=Glyph.CONCERN))
    assert picture.get("class") == "spark spark-concern"
    assert picture.find("circle[@class='spark-end spark-plain']") is not None


def test_the_mark_stands_at_the_last_month_that_has_a_number() -> None:
    end = drawn(Spark((1.0, 3.0, None), (), Glyph.COMMON)).find("circle")
    assert end is not None
    assert end.get("cx") == "54"


def test_a_heat_cell_shows_its_mark_once_before_the_line() -> None:
    cell = ET.fromstring(f"<td>{heat_cell(Spark((1.0, 3.0), (), Glyph.CONCERN, alt='A shift'))}</td>")
    assert [svg.get("class") for svg in cell] == ["mark mark-concern", "spark spark-concern"]
    assert (cell[1].get("width"), cell[1].get("height")) == ("72", "26")
    assert cell[1].find("*[@class='spark-end']") is None


def test_a_screen_reader_hears_the_sentence_and_no_markup_of_it() -> None:
    picture = drawn(Spark((1.0, 3.0), (), Glyph.COMMON, alt="Stays <b>under</b> 4 & over 0"))
    assert (picture.get("role"), picture.findtext("title")) == ("img", "Stays <b>under</b> 4 & over 0")


def test_a_sparkline_without_a_sentence_is_silent() -> None:
    assert drawn(Spark((1.0, 3.0), (), Glyph.COMMON)).get("aria-hidden") == "true"


@pytest.mark.parametrize("mark", [mark for mark in Glyph if mark is not Glyph.NONE])
def test_every_mark_has_a_shape_and_is_silent_beside_its_word(mark: Glyph) -> None:
    shape = ET.fromstring(mark_svg(mark, 13))
    assert (shape.get("class"), shape.get("aria-hidden")) == (f"mark mark-{mark.css}", "true")
    assert len(shape) == 1


def test_a_mark_that_stands_alone_is_named() -> None:
    shape = ET.fromstring(mark_svg(Glyph.CONCERN, label="concern"))
    assert (shape.get("role"), shape.get("aria-label")) == ("img", "concern")


def test_two_years_of_months_take_less_than_900_bytes_and_no_inline_style() -> None:
    values = tuple(100.123 + (7.77 * i) % 31 for i in range(24))
    spark = Spark(values, (115.2,) * 24, Glyph.CONCERN, (13, 23), 101.0, "11 points above the median")
    for width, height in ((72, 26), (122, 30), (148, 36)):
        markup = sparkline(spark, width=width, height=height)
        assert len(markup.encode()) < 900
        assert re.search(r"style=|\d\.\d\d", markup) is None


@pytest.mark.parametrize(("is_current", "current"), [(True, " data-current"), (False, "")])
def test_a_heat_cell_leads_to_its_measure_and_says_what_people_typed_as_text(
    is_current: bool, current: str
) -> None:
    spark = Spark((1.0, 2.0), (1.5, 1.5), Glyph.COMMON, alt='"A" & <b>')

    link = heat_link(
        HeatCell("r1", url="/m/?a=1&b=2", words='"A" & <b>, 2 points', spark=spark, is_open=is_current)
    )

    assert link == (
        '<a class="heat" href="/m/?a=1&amp;b=2" title="&quot;A&quot; &amp; &lt;b&gt;, 2 points" '
        f'data-measure="r1"{current}>{heat_cell(spark)}</a>'
    )
    assert "<title>&quot;A&quot; &amp; &lt;b&gt;</title>" in link
