"""How tries to sign in are counted: by person and network, by network, by person, by known browser."""

from datetime import UTC, datetime, timedelta

import pytest

from organizations.models import AttemptCount
from organizations.services.people import attempts, limits
from p2.errors import RuleViolation
from p2.models import AuditEntry
from tests.actors import Cast

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEA, HOME = "lea@example.org", "192.0.2.7"


def wrong(email: str = LEA, *, network: str = HOME, browser: str = "", after: float = 0) -> str:
    """A wrong try `after` so many seconds; returns the refusal, or nothing where it was taken."""
    at = NOON + timedelta(seconds=after)
    try:
        attempts.failed(email, attempts.begin(email, network=network, browser=browser, at=at), at=at)
    except RuleViolation as refused:
        return str(refused)
    return ""


def networks(count: int) -> list[str]:
    return [f"203.0.113.{number}" for number in range(count)]


def test_a_person_is_tried_five_times_from_a_network_in_ten_minutes() -> None:
    assert [wrong(after=number) for number in range(5)] == [""] * 5
    assert (
        wrong(after=120) == "Too many wrong tries. Try again in 8 minutes, or set a new password by letter."
    )
    assert wrong(after=599) == "Too many wrong tries. Try again in 1 second, or set a new password by letter."
    assert wrong(after=600) == ""


def test_tries_that_are_refused_lengthen_nothing() -> None:
    for number in range(5):
        wrong(after=number)
    for number in range(50):
        wrong(after=100 + number)
    assert [wrong("other@example.org"), wrong(after=600)] == ["", ""]


def test_a_network_is_given_fifty_wrong_tries_whoever_is_tried() -> None:
    assert {wrong(f"{number}@example.org") for number in range(50)} == {""}
    assert wrong().startswith("Too many wrong tries. Try again in 10 minutes")
    assert wrong(network="192.0.2.8") == ""


def test_a_person_who_is_tried_from_everywhere_is_slowed_down_and_never_shut_out() -> None:
    assert {wrong(network=network) for network in networks(10)} == {""}
    assert wrong(after=0.5).startswith("Too many wrong tries. Try again in 1 second")
    after = 1.0
    for number in range(11, 30):
        assert wrong(network=f"198.51.100.{number}", after=after) == ""
        assert wrong(network="192.0.2.9", after=after).startswith("Too many wrong tries.")
        after += min(600, 2 ** (number - 10))
    assert wrong(after=after) == ""


def test_a_known_browser_waits_for_nobodys_tries_but_its_own() -> None:
    for network in networks(20):
        wrong(network=network)
    assert wrong().startswith("Too many")
    assert [wrong(browser="a") for _ in range(5)] == [""] * 5
    assert wrong(browser="a").startswith("Too many")
    assert wrong(browser="b") == ""


def test_a_flood_of_wrong_tries_opens_no_rest() -> None:
    for _ in range(5):
        wrong()
    for number in range(160):
        wrong(f"nobody{number}@example.org", network=networks(16)[number % 16], after=1)
    assert wrong(after=22).startswith("Too many wrong tries. Try again in 10 minutes")


def test_what_was_right_does_not_count() -> None:
    for number in range(60):
        attempts.forgive(attempts.begin(LEA, network=HOME, at=NOON), at=NOON + timedelta(seconds=number))
    assert wrong() == ""


def test_the_counts_name_nobody_and_are_forgotten_after_their_window() -> None:
    wrong()
    kept = str(list(AttemptCount.objects.values()))
    assert (LEA in kept, HOME in kept, AttemptCount.objects.count()) == (False, False, 3)
    assert limits.forget_ended(at=NOON + timedelta(minutes=10)) == 2
    assert limits.forget_ended(at=NOON + timedelta(days=1)) == 1
    assert AttemptCount.objects.count() == 0


def test_the_trail_notes_once_that_a_person_is_slowed_down_and_nothing_of_who_is_unknown(cast: Cast) -> None:
    for email in (cast.lead.email, "nobody@example.org"):
        for number, network in enumerate(networks(15)):
            wrong(email, network=network, after=60 * number)
    row = AuditEntry.objects.get()
    assert (row.verb, row.subject_ref, row.by) == ("slowed", cast.lead.ref, None)
