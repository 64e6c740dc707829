"""What lists say of a chart agrees with its own page: its state, how many points it has, and when its signal came."""

import pytest
from django.test import Client

from measures.models import Measure
from measures.pages.measure.chart import reading
from measures.selectors.charts import short_words
from measures.services import charts
from tests.actors import Cast, make_project
from tests.measures.series import log, make_measure
from tests.projects.linked import link, signed_in

UP_AND_DOWN = [5, 3, 7, 2, 8, 4, 6, 3, 7, 2, 8, 4, 6, 5, 5]
"""Fifteen points, three of them on the median of 5."""

SEES_SAW_SELDOM = [8.1, 7.9, 8.2, 8.0, 7.8, 4.9, 8.1, 8.3, 4.1, 4.0, 3.9, 8.2, 4.1, 4.0, 3.8, 4.2, 4.1, 3.9]
"""No run is too long, but the line is crossed less often than by chance, and the latest points lie low."""


def drawn(cast: Cast, values: list[float], **words: str) -> Measure:
    made = make_measure(cast.own, **words)
    log(made, values, by=cast.data_entry)
    charts.refresh_stale()
    return Measure.objects.get(pk=made.pk)


def test_a_list_counts_the_points_that_the_headline_counts(cast: Cast) -> None:
    made = drawn(cast, UP_AND_DOWN)
    verdict = reading(made, private=False).verdict
    assert (verdict.headline, short_words(made)) == (
        "No change yet: 15 points around 5.0",
        "15 points, no change",
    )


@pytest.mark.parametrize("page", ["organization", "project"])
def test_a_concern_without_a_shift_bears_its_mark_in_lists(cast: Cast, page: str) -> None:
    made = drawn(cast, SEES_SAW_SELDOM, direction="up")
    assert (made.snapshot.state, short_words(made)) == ("concern", "fewer crossings than chance")
    project = make_project(cast.own)
    link(project, made)
    url = {"organization": cast.own, "project": project}[page].get_absolute_url()
    said = marked(signed_in(cast.faculty), url)
    assert said == {("concern", "fewer crossings than chance")}


def test_the_list_of_measures_speaks_the_state_that_it_draws(cast: Cast) -> None:
    drawn(cast, SEES_SAW_SELDOM, direction="up")
    url = f"{cast.own.get_absolute_url()}measures/"
    assert marked(signed_in(cast.lead), url) == {("concern", "fewer crossings than chance")}


def test_a_chart_of_equal_numbers_is_not_said_to_have_few(cast: Cast) -> None:
    made = drawn(cast, [7] * 24)
    shown = reading(made, private=False).verdict
    assert (shown.mark.label, short_words(made)) == ("not judged yet", "24 points, all equal")


def marked(client: Client, url: str) -> set[tuple[str, str]]:
    """The spoken marks of a page's tables, each with the words beside it."""
    found = client.get(url).text.split('role="img" aria-label="')[1:]
    pairs = {
        (one.split('"')[0], one.split("</svg>")[1].split("</span>")[0]) for one in found if "</svg>" in one
    }
    return {(mark, words) for mark, words in pairs if words and "<" not in words}
