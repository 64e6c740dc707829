"""What a mark-up is refused for, and what is then left of it: nothing."""

from datetime import date

import pytest

from measures.models import Measure
from measures.services import markups
from p2.errors import RuleViolation
from tests.actors import Cast
from tests.measures.series import FIRST, log, make_measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def wait(cast: Cast) -> Measure:
    measure = make_measure(cast.own)
    log(measure, [12, 11, None, 13])
    return measure


def test_a_new_median_has_numbers_before_it(cast: Cast, wait: Measure) -> None:
    with pytest.raises(RuleViolation, match="A new median needs numbers before it"):
        markups.rebase(wait, FIRST, why="A new way", by=cast.lead)
    assert not wait.rebases.exists()


def test_a_month_without_a_number_is_not_left_out(cast: Cast, wait: Measure) -> None:
    with pytest.raises(RuleViolation, match="There is no number in this period to leave out"):
        markups.exclude(wait, date(2020, 3, 1), why="A strike", by=cast.lead)
    assert not wait.exclusions.exists()


def test_words_stand_at_a_month_and_not_at_a_day_of_it(cast: Cast, wait: Measure) -> None:
    with pytest.raises(RuleViolation):
        markups.annotate(wait, date(2020, 2, 15), kind="note", text="A new form", by=cast.lead)
    assert not wait.annotations.exists()


def test_a_mark_up_is_withdrawn_once(cast: Cast, wait: Measure) -> None:
    note = markups.annotate(wait, FIRST, kind="note", text="A new form", by=cast.lead)
    markups.withdraw(note, by=cast.lead)
    with pytest.raises(RuleViolation, match="This was withdrawn before"):
        markups.withdraw(note, by=cast.data_entry)
    note.refresh_from_db()
    assert note.withdrawn_by == cast.lead
