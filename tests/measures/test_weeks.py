"""A week is named with its dates wherever a person sees its number."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation

from measures.exchange.labels import read_period
from measures.figures import run_chart
from measures.models import Measure
from measures.pages.entry.paste import preview
from measures.pages.measure.chart import reading
from measures.selectors.charts import with_charts
from measures.sentences.periods import label
from measures.services import charts
from measures.services.entry import pastes
from measures.services.entry.pastes import PastedBlock
from tests.actors import Cast, make_cast
from tests.measures.series import WAIT, log
from tests.measures.sheets import make

AT = datetime(2004, 3, 1, 15, tzinfo=UTC)
WEEK = date(2004, 2, 16)
NAMED = "week 8, 16 to 22 February 2004"


@pytest.fixture
def cast(db: None) -> Cast:
    """The implementation phase runs on the days of these tests."""
    return make_cast(AT.date())


@pytest.fixture
def falls(cast: Cast) -> Measure:
    measure = make(cast.own, "Falls", since=date(2004, 1, 5), words={**WAIT, "frequency": "week"})
    log(measure, [5.0, 6.0], first=date(2004, 2, 9))
    charts.refresh_stale()
    return measure


def test_on_the_measures_page_in_its_table_and_its_hover(client: Client, cast: Cast, falls: Measure) -> None:
    client.force_login(cast.lead)
    assert f'<th scope="row">{NAMED}</th>' in client.get(falls.get_absolute_url()).content.decode()

    chart = reading(with_charts(Measure.objects.all()).get(pk=falls.pk), private=False)
    drawn = run_chart(chart, theme="light", width=900)
    hovered = next(trace for trace in drawn["data"] if trace.get("name") == "points")["customdata"]
    assert [line[0] for line in hovered] == ["week 7, 9 to 15 February 2004", NAMED]


def test_in_the_preview_of_a_block(cast: Cast, falls: Measure) -> None:
    block = PastedBlock(f"{NAMED}\t7\nweek 9, 2004\t8", falls.ref, None, "week")

    page = preview(pastes.compare(cast.own, block, reader=cast.data_entry, at=AT))

    assert (page.first_words, page.periods_words) == (NAMED, "2 weeks")
    assert [(head, days.replace("\N{NO-BREAK SPACE}", " ")) for _, head, days in page.columns[-2:]] == [
        ("w 8", "16–22 Feb"),
        ("w 9", "23–29 Feb"),
    ]
    assert (WEEK, NAMED) in page.firsts


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize(
    "week", [WEEK, date(2003, 12, 29), date(2020, 12, 28), date(2022, 12, 26), date(2024, 12, 30)]
)
def test_and_is_read_back_from_that_name(week: date, language: str) -> None:
    with translation.override(language):
        assert read_period(label(week, "week", long=True), "week") == week
