"""A new median is suggested after a long shift, with what it would do; it does nothing by itself."""

from datetime import date

import pytest
from django.test import Client

from measures.models import Measure
from measures.pages.measure.chart import reading
from measures.pages.measure.page import suggestion
from measures.selectors.charts import with_charts
from measures.services import charts, markups
from organizations.services.programme import collaboratives
from tests.actors import Cast
from tests.measures.series import log, make_measure

pytestmark = pytest.mark.django_db

FELL = [12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 13, 12, 7, 6, 8, 7, 6, 5, 7, 6, 7, 5, 6, 7]
SHIFTED = date(2021, 1, 1)


ROSE = [20, 21, 19, 22, 20, 18, 21, 20, 22, 19, 21, 20, 22, 25, 27, 31, 30, 36, 41, 44, 49, 53, 57]
ROSE_OF_LATE = [20, 21, 19, 22, 20, 18, 21, 20, 22, 19, 21, 20, 31, 30, 32, 31, 30, 32, 31, 30, 32]


def charted(measure: Measure) -> Measure:
    charts.refresh_stale()
    return with_charts(Measure.objects).get(pk=measure.pk)


@pytest.mark.parametrize("is_frozen", [False, True])
def test_the_effect_drawn_is_the_chart_after_the_new_median(cast: Cast, is_frozen: bool) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    if is_frozen:
        markups.freeze(measure, date(2020, 10, 1), why="Ten months are the baseline", by=cast.lead)
    found = charted(measure)
    suggested = suggestion(found, reading(found, private=True))
    assert suggested
    assert (suggested.period, suggested.label) == (SHIFTED, "January 2021")
    assert suggested.sentence.startswith("The 12 points since then hold together around 6.5.")

    markups.rebase(measure, SHIFTED, why="Two clinics, one waiting list", by=cast.lead)
    after = reading(charted(measure), private=True)
    assert suggested.effect.centre == tuple(point.centre for point in after.points)


def test_nothing_is_suggested_without_a_shift_nor_after_the_median_was_set(cast: Cast) -> None:
    calm, shifted = make_measure(cast.own, "Calm"), make_measure(cast.own, "Shifted")
    log(calm, [12, 11, 13] * 8)
    log(shifted, FELL)
    markups.rebase(shifted, SHIFTED, why="Two clinics, one waiting list", by=cast.lead)
    for measure in (calm, shifted):
        found = charted(measure)
        assert suggestion(found, reading(found, private=True)) is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            ROSE,
            "The 10 points since then lie around 38.5 and do not hold together yet: by a median of their own they "
            "signal at once. A new median is best set once they settle; the old one is 22.0.",
        ),
        (
            ROSE_OF_LATE,
            "The 9 points since then lie around 31.0, and are too few to say that they hold together. The old median "
            "is 22.0.",
        ),
    ],
)
def test_points_that_still_move_or_are_few_are_not_said_to_hold_together(
    cast: Cast, values: list[float], said: str
) -> None:
    measure = make_measure(cast.own, direction="up")
    log(measure, values)
    found = charted(measure)
    suggested = suggestion(found, reading(found, private=True))
    assert suggested
    assert suggested.sentence == said


@pytest.mark.parametrize("count", [7, 8])
def test_a_new_median_is_suggested_from_eight_points_on_whatever_the_rules(cast: Cast, count: int) -> None:
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office)
    measure = make_measure(cast.own)
    log(measure, [11, 12] * 12 + [6] * count)
    markups.freeze(measure, date(2021, 12, 1), why="Two years", by=cast.lead)
    found = charted(measure)
    assert found.snapshot.run_length == count
    assert (suggestion(found, reading(found, private=True)) is not None) == (count == 8)


def test_a_new_median_is_suggested_to_who_may_set_it(client: Client, cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    charts.refresh_stale()
    for reader, is_asked in ((cast.lead, True), (cast.data_entry, False), (cast.faculty, False)):
        client.force_login(reader)
        page = client.get(measure.get_absolute_url()).text
        assert ("The 12 points since then hold together around 6.5." in page) == is_asked
