"""What the forms of a definition take, and adopting the same core measure again."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from measures.forms.definitions import DefinitionForm
from measures.models import Measure
from measures.pages.measure.history import history
from measures.pages.measure.page import versions
from measures.services import core_measures, measures
from p2.errors import RuleViolation
from tests.actors import Cast, make_cast
from tests.measures.series import NAMING, SHARE, WAIT, log, make_measure


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_a_new_definition_shows_no_more_decimals_than_are_kept(cast: Cast) -> None:
    measure = make_measure(cast.own)
    sent = {
        **WAIT,
        "decimals": 7,
        "multiplier": 1,
        "frequency": "month",
        "effective_from": f"{measure.words.effective_from}",
        "why": "Finer",
    }
    client = Client()
    client.force_login(cast.lead)
    page = client.post(reverse("measures:define", args=["perfection", measure.ref]), sent)
    assert "Numbers are kept to 6 decimals: choose 0 to 6." in page.content.decode()
    assert measure.definitions.count() == 1


def test_the_goal_of_a_proportion_lies_within_it(cast: Cast) -> None:
    sent = {
        **NAMING, **SHARE, "name": "Seen in time", "frequency": "month", "goal": 250,
    }  # fmt: skip
    client = Client()
    client.force_login(cast.lead)
    page = client.post(reverse("measures:new", args=["perfection", cast.own.ref]), sent)
    assert "A proportion lies between 0 and 100: so does its goal." in page.content.decode()
    assert not cast.own.measures.exists()


def test_another_multiplier_would_change_every_month_and_is_refused(cast: Cast) -> None:
    measure = make_measure(cast.own, "Seen in time", **SHARE)
    log(measure, [(12, 48)])
    with pytest.raises(RuleViolation, match="would change every month"):
        measures.define(
            measure, definition={"multiplier": 1000}, effective_from=measure.words.effective_from, why="Per 1,000",
            by=cast.lead,
        )  # fmt: skip
    assert measure.definitions.count() == 1


def test_a_definition_changes_with_its_reason_and_says_so_in_the_history(cast: Cast) -> None:
    measure = make_measure(cast.own)
    changed = {
        "definition": {"unit": "weeks"},
        "effective_from": measure.words.effective_from,
        "by": cast.lead,
    }
    with pytest.raises(RuleViolation, match="Say why the definition changes"):
        measures.define(measure, why=" ", **changed)
    measures.define(measure, why="As the board asks", **changed)
    told = history(measure, (), versions(measure))
    assert [(event.words, event.why) for event in told] == [
        ("Lea Lead changed the definition to version 2", "As the board asks")
    ]


def test_a_core_measure_is_adopted_once(cast: Cast) -> None:
    core = core_measures.create(
        collaborative=cast.collaborative, naming={**NAMING, "name": "Share"}, definition=SHARE, by=cast.office
    )
    core_measures.adopt(cast.own, core, by=cast.lead)
    with pytest.raises(RuleViolation, match=r"^Own Hospital logs Share already\.$"):
        core_measures.adopt(cast.own, core, by=cast.lead)
    assert cast.own.measures.count() == 1


def sent_anew(cast: Cast, **changed: object) -> str:
    """What a lead is answered who sends the definition form of a share anew, with these fields changed."""
    measure = make_measure(cast.own, "Seen in time", **SHARE)
    stands = {**SHARE, "multiplier": 100, "decimals": 0, "frequency": "month", "why": "Counted anew"}
    from_period = {"effective_from": f"{measure.words.effective_from}"}
    client = Client()
    client.force_login(cast.lead)
    address = reverse("measures:define", args=["perfection", measure.ref])
    page = client.post(address, {**stands, **from_period, **changed}).content.decode()
    assert measure.definitions.count() == 1
    return page


def test_a_ratio_keeps_the_words_of_its_denominator(cast: Cast) -> None:
    assert "A ratio is out of something: say out of what." in sent_anew(cast, denominator_words="")


def test_a_goal_that_cannot_be_read_is_not_said_to_be_missing_too(cast: Cast) -> None:
    page = sent_anew(cast, goal="abc", goal_on="2030-01-31")
    assert "“abc” is not a number." in page
    assert "A goal date needs its goal." not in page
    assert 'value="abc"' in page


NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def offered(measure: Measure) -> tuple[str, list[str]]:
    """The period that the form shows on 27 November 2026, and all that it offers."""
    shown = DefinitionForm(measure=measure, at=datetime(2026, 11, 27, 12, tzinfo=UTC))["effective_from"]
    return str(shown.value()), [value for value, _words in shown.field.choices]


def begun(cast: Cast, effective_from: date) -> Measure:
    """A measure whose second version counts from this month."""
    measure = make_measure(cast.own)
    log(measure, [4, 5], first=date(2026, 9, 1))
    changed = {"unit": "weeks"}
    measures.define(measure, definition=changed, effective_from=effective_from, why="Asked", by=cast.lead)
    measure.refresh_from_db()
    return measure


def test_who_mends_a_definition_twice_stays_in_the_month_that_runs(cast: Cast) -> None:
    measure = begun(cast, NOVEMBER)
    assert offered(measure) == ("2026-11-01", ["2026-12-01", "2026-11-01"])
    mended = {"unit": "days"}
    measures.define(measure, definition=mended, effective_from=NOVEMBER, why="A slip", by=cast.lead)
    measure.refresh_from_db()
    assert (measure.words.number, measure.words.unit) == (3, "days")
    assert offered(measure) == ("2026-11-01", ["2026-12-01", "2026-11-01"])


def test_what_follows_a_definition_of_next_month_begins_with_it(cast: Cast) -> None:
    assert offered(begun(cast, DECEMBER)) == ("2026-12-01", ["2026-12-01"])


def test_a_first_change_counts_from_the_month_that_runs_unless_another_is_chosen(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [4, 5], first=date(2026, 9, 1))
    assert offered(measure) == ("2026-11-01", ["2026-12-01", "2026-11-01", "2026-10-01", "2026-09-01"])
