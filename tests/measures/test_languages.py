"""Charts, sheets and lists of measures in another language: whole sentences, and machines' numbers as machines read."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from measures.exchange.entries import Entry, checked
from measures.figures import run_chart
from measures.models import Definition, Month
from measures.selectors.readings import BenchmarkLine, Glyph, GoalLine, Spark
from measures.sparklines import sparkline
from tests.measures.drawn import marks, reading, with_points, words


@pytest.fixture
def pseudo() -> Iterator[None]:
    """Every translated sentence in brackets: what stays plain was not given to translation."""
    with translation.override("en-xa"):
        yield


def test_the_ends_of_lines_are_whole_sentences(pseudo: None) -> None:
    drawn = reading(
        [1.0, 2.0, 3e7],
        goal=GoalLine(1.5, date(2003, 1, 31)),
        benchmarks=(BenchmarkLine("Best in class", 1.2),),
    )
    drawn = with_points(drawn, p2={"lower": 0.5, "upper": 3.5})
    said = words(run_chart(drawn))
    plain = {text for text in said if not text.startswith("[") and text[0].isalpha()}
    assert plain == {"Best in class 1.2"}
    assert sum("ĝöåļ" in text.lower() for text in said) == 1
    assert any("ɱîļļîöñ" in text for text in run_chart(drawn)["layout"]["yaxis"]["ticktext"])


def test_weeks_quarters_and_what_a_point_says_are_translated(pseudo: None) -> None:
    drawn = with_points(reading([1.0, 2.0]), p1={"corrected": True, "late": True})
    for frequency in ("week", "quarter"):
        (newest,) = (text for text in words(run_chart(replace(drawn, frequency=frequency))) if "2.0 " in text)
        assert newest.partition(" ")[2].startswith("[")
    *_, why = marks(run_chart(drawn))["customdata"][1]
    assert [part[0] for part in why.split("; ")] == ["[", "["]


def test_months_on_the_axis_are_the_languages_own() -> None:
    with translation.override("sv"):
        ticks = run_chart(reading([1.0] * 12))["layout"]["xaxis"]["ticktext"]
    assert ticks == ["Feb", "Apr", "Jul", "Okt", "Jan"]


@pytest.mark.parametrize("value", [1234.5, -0.5, 2e9])
def test_a_figure_and_a_sparkline_hold_numbers_as_machines_write_them(value: float) -> None:
    drawn = reading([1.25, value, None], goal=GoalLine(0.75, None))
    drawn = with_points(drawn, p0={"lower": 0.5, "upper": 3.5})
    spark = drawn_spark(value)
    english: list[str] = []
    swedish: list[str] = []
    for language, found in (("en", english), ("sv", swedish)):
        with translation.override(language):
            figure = run_chart(drawn)
            positions = [{key: trace[key] for key in ("x", "y")} for trace in figure["data"]]
            shapes = [{**shape} for shape in figure["layout"]["shapes"]]
            found += [json.dumps(positions), json.dumps(shapes), sparkline(spark, width=122, height=30)]
    assert english == swedish


def drawn_spark(value: float) -> Spark:
    return Spark((1.25, value, None, 2.5), (1.5,) * 4, Glyph.CONCERN, (0, 1), goal=0.75)


def test_a_mark_is_a_key_and_its_word_the_readers(pseudo: None) -> None:
    assert [mark.value for mark in Glyph] == [mark.name.lower().replace("_", "-") for mark in Glyph]
    assert all(mark.label.startswith("[") for mark in Glyph)


def test_numbers_that_no_measure_takes_are_refused_in_whole_sentences(pseudo: None) -> None:
    count = Definition(shape="count", frequency="month")
    sentences = []
    for day, value in ((date(2004, 2, 5), 1), (date(2004, 2, 1), -1), (date(2004, 2, 1), Decimal("1.5"))):
        with pytest.raises(ValueError, match=r"^\[") as refused:
            checked(Entry(value=Decimal(value)), count, day, date(2004, 3, 1))
        sentences.append(str(refused.value))
    assert [sentence[0] for sentence in sentences] == ["[", "[", "["]
    assert len(set(sentences)) == 3


def test_a_month_is_called_as_the_language_calls_it() -> None:
    with translation.override("sv"):
        assert str(Month(period=date(2004, 1, 1))) == "januari 2004"
