"""The sheet signed off: what its page says, asks, and does without its script, and what a save then costs."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, Observation, SignOff
from measures.selectors.months import is_over
from measures.selectors.sheet_place import place_of
from measures.services.entry import observations, sign_offs
from organizations.models import Phase
from tests.actors import Cast
from tests.measures.sheets import address, keep_month, make, open_month
from tests.shown_forms import fields_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def wait(cast: Cast) -> Measure:
    return make(cast.own, "Wait", since=periods.following(open_month(), "month", -3))


def typed(measure: Measure, value: str, have: int = 0) -> dict[str, object]:
    return {f"{measure.ref}-value": value, f"{measure.ref}-have": have, "period": open_month()}


def today_words() -> str:
    today = timezone.now()
    return f"{today.day} {today:%B %Y}"


def signed(cast: Cast, **how: object) -> SignOff:
    place = place_of(cast.own, open_month(), frequency="month", at=timezone.now())
    return sign_offs.sign(cast.own, place, by=cast.data_entry, **how)  # type: ignore[arg-type]


def test_one_button_saves_what_is_typed_and_signs_it_off(client: Client, cast: Cast, wait: Measure) -> None:
    client.force_login(cast.data_entry)
    page = client.post(address(cast), {**typed(wait, "9"), "complete": "1"}, follow=True).text
    assert (Observation.objects.get().value, SignOff.objects.get().by) == (9, cast.data_entry)
    assert f"{open_month():%B %Y} is signed off as complete." in page
    assert f"Complete: Dan Entry, {today_words()}</span>" in page
    assert "Take it back" in page


def test_what_is_refused_stays_typed_and_nothing_is_signed_off(
    client: Client, cast: Cast, wait: Measure
) -> None:
    client.force_login(cast.data_entry)
    page = client.post(address(cast), {**typed(wait, "many"), "complete": "1"}).text
    assert not SignOff.objects.exists()
    assert f'name="{wait.ref}-value" value="many"' in page
    assert "It is not signed off: see first the rows that need you." in page


def test_a_number_that_was_not_seen_is_shown_before_the_sheet_is_signed_off(
    client: Client, cast: Cast, wait: Measure
) -> None:
    observations.record(wait, open_month(), Entry(value=Decimal(6)), by=cast.lead)
    client.force_login(cast.data_entry)
    page = client.post(address(cast), {**typed(wait, ""), "complete": "1"}).text
    assert "Lea Lead saved 6" in page
    assert not SignOff.objects.exists()


def test_missing_numbers_are_listed_and_a_clear_yes_signs_without_them(
    client: Client, cast: Cast, wait: Measure
) -> None:
    falls = make(cast.own, "Falls", since=open_month())
    client.force_login(cast.data_entry)
    page = client.post(address(cast), {**typed(wait, "9"), "complete": "1"}, follow=True).text
    assert f"1 number of {open_month():%B %Y} is still missing." in page
    assert "<li>Falls</li>" in page
    assert "<li>Wait</li>" not in page
    version = Observation.objects.get().version
    answer = {"period": open_month(), "seen": f'{{"{wait.ref}": {version}}}', "without": falls.ref}
    page = client.post(address(cast, "sign_off"), answer, follow=True).text
    assert f"Complete: Dan Entry, {today_words()}, without 1 number</span>" in page


def test_the_question_is_asked_anew_where_somebody_saved_meanwhile(
    client: Client, cast: Cast, wait: Measure
) -> None:
    client.force_login(cast.data_entry)
    observations.record(wait, open_month(), Entry(value=Decimal(6)), by=cast.lead)
    for seen in ("{}", "[]", "x"):
        answer = {"period": open_month(), "seen": seen, "without": wait.ref}
        page = client.post(address(cast, "sign_off"), answer).text
        assert "Lea Lead saved 6 for Wait since you opened the sheet." in page
        assert f"The number of {open_month():%B %Y} is there" in page
    assert not SignOff.objects.exists()


def test_it_is_taken_back_on_the_sheet(client: Client, cast: Cast, wait: Measure) -> None:
    found = signed(cast, without=[wait.ref])
    client.force_login(cast.lead)
    page = client.post(address(cast, "withdraw_sign_off"), {"sign_off": found.ref}, follow=True).text
    assert "Taken back. It stays in the history." in page
    assert "Complete:" not in page
    assert f">{open_month():%B %Y} is complete</button>" in page


def test_a_change_is_told_with_who_signed_and_who_changed(client: Client, cast: Cast, wait: Measure) -> None:
    signed(cast, without=[wait.ref])
    observations.record(wait, open_month(), Entry(value=Decimal(6)), by=cast.lead)
    client.force_login(cast.data_entry)
    today = today_words()
    page = client.get(address(cast)).text
    assert f"It was signed off by Dan Entry on {today}; changed since by Lea Lead on {today}." in page
    assert "Complete:" not in page


def test_a_row_that_lifts_the_sign_off_says_so_to_its_page_once(
    client: Client, cast: Cast, wait: Measure
) -> None:
    signed(cast, without=[wait.ref])
    client.force_login(cast.lead)
    assert "changed since by you.</p>" in client.get(address(cast)).text
    first = client.post(address(cast), {"row": wait.ref, **typed(wait, "9")}).text
    second = client.post(
        address(cast), {"row": wait.ref, **typed(wait, "8", Observation.objects.get().version)}
    ).text
    assert ("data-lifted" in first, "data-lifted" in second) == (True, False)


def test_what_was_taken_back_is_not_lifted_by_a_later_number(cast: Cast, wait: Measure) -> None:
    found = signed(cast, without=[wait.ref])
    sign_offs.withdraw(cast.own, found.ref, by=cast.lead)
    saved = observations.record(wait, open_month(), Entry(value=Decimal(9)), by=cast.data_entry)
    found.refresh_from_db()
    assert (saved.is_changed, saved.has_lifted, found.lifted_at) == (True, False, None)


def test_a_period_is_over_on_the_day_after_its_last() -> None:
    last = periods.last_day(open_month(), "month")
    noons = [datetime.combine(last + timedelta(days=late), time(12), UTC) for late in (0, 1)]
    assert [is_over(open_month(), "month", "UTC", noon) for noon in noons] == [False, True]


def test_the_running_month_offers_no_sign_off(client: Client, cast: Cast, wait: Measure) -> None:
    client.force_login(cast.data_entry)
    running = periods.following(open_month(), "month")
    assert 'name="complete"' not in client.get(f"{address(cast)}?period={running}").text
    page = client.post(address(cast, "sign_off"), {"period": running, "without": wait.ref}).text
    assert f"{running:%B %Y} is not over yet. Sign it off once it is." in page


def test_a_past_participants_sheet_is_not_signed_off(client: Client, cast: Cast) -> None:
    make(cast.past, "Wait", since=date(2004, 1, 1))
    over = timezone.localdate() - timedelta(days=120)
    Phase.objects.filter(participations__organization=cast.past).update(ends_on=over)
    client.force_login(cast.past_lead)
    where = address(cast, "sign_off").replace(cast.own.ref, cast.past.ref)
    page = client.post(where, {"period": open_month(), "without": Measure.objects.get().ref}).text
    assert "Past Hospital took part until" in page
    assert not SignOff.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("is_signed", "most"), [(False, 10), (True, 11)])
def test_a_save_that_lifts_costs_the_trails_entry_alone(
    client: Client, cast: Cast, *, is_signed: bool, most: int
) -> None:
    wait = make(cast.own, "Wait", since=open_month())
    if is_signed:
        signed(cast, without=[wait.ref])
    client.force_login(cast.data_entry)
    with CaptureQueriesContext(connection) as queries:
        client.post(address(cast), {"row": wait.ref, **typed(wait, "9")})
    sent = [query["sql"] for query in queries]
    asked = [sql for sql in sent[: sent.index("COMMIT")] if sql != "BEGIN"]
    assert len(asked) == most
    assert SignOff.objects.standing().count() == 0


def test_the_question_costs_as_much_for_thirty_measures_as_for_one(
    client: Client, cast: Cast, wait: Measure
) -> None:
    client.force_login(cast.data_entry)
    client.get(address(cast, "sign_off"))  # that the person was here is noted once
    counts = []
    for more in (0, 29):
        for number in range(more):
            make(cast.own, f"Measure {number}", since=open_month())
        with CaptureQueriesContext(connection) as queries:
            client.get(address(cast, "sign_off"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_of_an_applicant_the_missing_ones_are_asked_about_also_where_they_begin_later(
    client: Client, cast: Cast
) -> None:
    keep_month(cast, open_month())  # it binds others
    one = make(cast.applicant, "Wait", since=date(2003, 1, 1))
    new = make(cast.applicant, "Falls", since=date(2030, 1, 1))
    observations.record(one, open_month(), Entry(value=Decimal(9)), by=cast.applicant_lead)
    client.force_login(cast.applicant_lead)
    page = reverse("measures:sheet", args=["perfection", cast.applicant.ref])
    fields = fields_in(client.get(page).text, css="sheet-form")

    asked = client.post(page, {**fields, "complete": "1"}, follow=True).text

    assert not SignOff.objects.exists()
    assert re.findall(r"<li>(Wait|Falls)</li>", asked) == ["Falls"]
    assert f'name="without" value="{new.ref}"' in asked
