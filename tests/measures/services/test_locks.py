"""Measures locked for whoever writes their numbers."""

from datetime import date

import pytest

from measures.models import Measure
from measures.selectors.charts import with_charts
from measures.services import measures
from measures.services.entry import locks
from organizations.models import Phase
from tests.actors import Cast
from tests.measures.series import FIRST, WAIT, log, make_measure

pytestmark = pytest.mark.django_db

LAST = date(2031, 5, 31)


def test_a_known_measure_is_locked_as_it_is_now(cast: Cast) -> None:
    made = make_measure(cast.own)
    known = with_charts(Measure.objects.all()).get(pk=made.pk)
    log(made, [12, 11])
    measures.define(
        made, definition={**WAIT, "unit": "hours"}, effective_from=FIRST, why="Clearer", by=cast.lead
    )
    Phase.objects.filter(participations__organization=cast.own).update(ends_on=LAST)

    read, renewed = locks.of([made.pk], by=None)[made.pk], locks.of([made.pk], [known], by=None)[made.pk]

    assert renewed is known
    assert (renewed.words.unit, renewed.last_day) == ("hours", LAST)
    assert renewed.series_version == read.series_version == Measure.objects.get(pk=made.pk).series_version > 0
    assert (read.words, read.last_day) == (renewed.words, LAST)


def test_an_applicants_measure_has_no_last_day(cast: Cast) -> None:
    made = make_measure(cast.applicant)

    assert [locks.of([made.pk], known, by=None)[made.pk].last_day for known in ((), [made])] == [None, None]


def test_everybody_locks_measures_in_the_order_of_their_keys(cast: Cast) -> None:
    made = [make_measure(cast.own, name) for name in ("Wait", "Stay", "Falls")]
    keys = [measure.pk for measure in made]

    assert [list(locks.of(keys[::-1], known, by=None)) for known in ((), made[::-1])] == [sorted(keys)] * 2
