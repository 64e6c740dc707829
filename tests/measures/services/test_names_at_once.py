"""Two people give two measures one name at the same moment."""

import pytest

from measures.models import Measure
from measures.services import measures
from p2.errors import RuleViolation
from tests.actors import Cast, make_cast
from tests.at_once import while_it_waits
from tests.measures.series import NAMING, WAIT, make_measure

pytestmark = pytest.mark.django_db(transaction=True)


def called(cast: Cast) -> list[str]:
    return sorted(Measure.objects.filter(organization=cast.own).kept().values_list("name", flat=True))


def refused(act: object) -> str:
    assert callable(act)
    try:
        act()
    except RuleViolation as broken:
        return str(broken)
    return ""


def test_of_two_measures_that_get_one_name_at_once_the_second_is_told() -> None:
    cast = make_cast()
    stay, falls = make_measure(cast.own, "Stay"), make_measure(cast.own, "Falls")
    sentence = while_it_waits(
        lambda: measures.rename(stay, naming={"name": "Harm"}, by=cast.lead),
        lambda: refused(lambda: measures.rename(falls, naming={"name": "Harm"}, by=cast.lead)),
    )
    assert sentence == "Another measure is called “Harm”. Choose another name."
    assert called(cast) == ["Falls", "Harm"]


def test_a_new_measure_takes_the_name_before_a_retired_one_comes_back() -> None:
    cast = make_cast()
    old = measures.retire(make_measure(cast.own, "Harm"), by=cast.lead)
    sentence = while_it_waits(
        lambda: measures.create(cast.own, naming={**NAMING, "name": "Harm"}, definition=WAIT, by=cast.lead),
        lambda: refused(lambda: measures.resume(old, by=cast.lead)),
    )
    assert sentence.startswith("Another measure is called “Harm” now.")
    assert called(cast) == ["Harm"]
