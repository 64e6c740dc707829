"""What the run chart says of its points, and that Plotly takes ugly data in both themes."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import orjson
import plotly.graph_objects as go
import pytest
from django.conf import settings
from django.utils import translation

from measures.figures import PALETTES, Theme, run_chart
from measures.selectors.readings import Band, BenchmarkLine, Glyph, GoalLine, Note, Ramp, RampCycle
from tests.measures.drawn import marks, reading, with_points, words

THEMES = get_args(Theme)


def test_a_point_says_its_month_its_number_its_parts_and_why_it_is_marked() -> None:
    counted = with_points(
        reading([61.0, 60.0]),
        p1={
            "numerator": Decimal(244),
            "denominator": Decimal("1400.00"),
            "mark": Glyph.CONCERN,
            "why": "6th of 11 points in a row above the median",
            "corrected": True,
        },
    )
    trace = marks(run_chart(counted))
    why = "6th of 11 points in a row above the median; corrected"
    assert trace["customdata"][1] == ["March 2002", "60.0", "244 of 1,400", "concern", why]
    assert trace["hovertext"][1] == f"March 2002: 60.0<br>244 of 1,400<br>{why}"


def test_a_missing_month_says_its_reason() -> None:
    missing = with_points(reading([1.0, None]), p1={"no_data_reason": "vendor late"})
    assert marks(run_chart(missing))["customdata"][1] == [
        "March 2002",
        "no data",
        "",
        "no-data",
        "vendor late",
    ]


def test_words_of_people_are_never_markup() -> None:
    base = reading([1.0, 2.0], benchmarks=(BenchmarkLine("<a href=x>", 1.0),))
    figure = run_chart(with_points(base, p0={"note": "<b>flood</b>"}))
    assert "&lt;a href=x&gt; 1.0" in words(figure)
    assert marks(figure)["hovertext"][0].endswith("&lt;b&gt;flood&lt;/b&gt;")


def test_what_a_point_says_follows_each_reader_s_language() -> None:
    ratio = with_points(reading([1234.5]), p0={"numerator": Decimal("4938.0"), "denominator": Decimal(4)})
    said = {}
    for language in ("en", "sv", "en"):
        with translation.override(language):
            said[language] = marks(run_chart(ratio))["hovertext"][0]
    assert said == {
        "en": "February 2002: 1,234.5<br>4,938 of 4",
        "sv": "februari 2002: 1\N{NO-BREAK SPACE}234,5<br>4\N{NO-BREAK SPACE}938 av 4",
    }


def test_a_chart_without_numbers_says_so() -> None:
    assert [list(words(run_chart(reading(values))))[-1] for values in ([], [None, None])] == [
        "No numbers yet"
    ] * 2


def test_no_logo_no_mode_bar_no_legend() -> None:
    figure = run_chart(reading([1.0]))
    assert (figure["config"]["displaylogo"], figure["config"]["displayModeBar"]) == (False, False)
    assert figure["layout"]["showlegend"] is False


UGLY = {
    "no points": reading([]),
    "one point": reading([3.0]),
    "all missing": reading([None] * 6),
    "500 points": reading([float(i % 17) for i in range(500)]),
    "negative": reading([-3.0, -8.0, -1.0], decimals=0),
    "huge": reading([3.2e14, 1e15, 2e12], decimals=2),
    "tiny": reading([1e-7, 2e-7], decimals=8),
    "constant": reading([5.0] * 12),
    "constant 100 %": reading([100.0] * 12, is_proportion=True, unit="%"),
    "long names": reading([1.0, 2.0], name="x" * 900, benchmarks=(BenchmarkLine("y" * 900, 1.0),)),
    "everything": with_points(
        reading(
            [3.0, None, 4.0, 2.0],
            goal=GoalLine(1.0, None),
            notes=(Note(1, date(1999, 1, 1), "", "note", ""), Note(2, date(2009, 1, 1), "", "note", "")),
            questions=(date(2002, 3, 1), date(2002, 4, 1)),
            bands=(Band(date(2002, 4, 1), date(2002, 5, 1), Glyph.CONCERN, "Shift"),),
            ramps=(Ramp("Rounds", ()), Ramp("Pumps", (RampCycle(date(2002, 3, 14), "abandoned"),))),
        ),
        p0={"lower": 1.0, "upper": 2.0, "mark": Glyph.TOO_FEW},
        p2={"mark": Glyph.EXCLUDED},
        p3={"mark": Glyph.IMPROVEMENT, "part": 1, "centre": None},
    ),
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [280, 1600])
@pytest.mark.parametrize("case", UGLY)
def test_plotly_accepts_the_figure_and_json_carries_it(case: str, theme: Theme, width: int) -> None:
    figure = run_chart(UGLY[case], theme=theme, width=width)
    assert json.loads(orjson.dumps(figure)) == figure
    accepted = go.Figure({"data": figure["data"], "layout": figure["layout"]})
    assert len(accepted.data) == len(figure["data"])
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < high


@pytest.mark.parametrize("theme", THEMES)
def test_colours_are_those_of_the_style_sheet(theme: Theme) -> None:
    sheet = Path(settings.BASE_DIR) / "static/css/tokens.css"
    table = sheet.read_text().split(f".theme-{theme} {{")[1].split("}")[0]
    tokens = dict(line.strip().removesuffix(";").split(": ") for line in table.splitlines() if "--" in line)
    palette = PALETTES[theme]
    assert {name: getattr(palette, name) for name in palette.__slots__} == {
        name: tokens[f"--{name.replace('_', '-')}"] for name in palette.__slots__
    }
