"""Log the month: who may, and what it saves with and without its script, at what cost."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Correction, Measure, Observation
from measures.services import charts
from measures.services.entry import observations
from tests.actors import Cast
from tests.measures.series import SHARE, log, make_measure
from tests.measures.sheets import address, keep_month, make, open_month

pytestmark = pytest.mark.django_db

JANUARY = date(2004, 1, 1)


# --- who may


def test_the_sheet_is_for_those_who_log(client: Client, cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY)
    answers = {}
    for actor in ("data_entry", "lead", "office", "member", "sponsor", "faculty", "other_lead", "stranger"):
        client.force_login(getattr(cast, actor))
        answers[actor] = client.get(address(cast)).status_code
    refused = {"member": 403, "sponsor": 403, "faculty": 403, "other_lead": 403, "stranger": 404}
    assert answers == {"data_entry": 200, "lead": 200, "office": 200} | refused


def test_without_a_measure_the_lead_can_make_one_and_others_see_who_can(client: Client, cast: Cast) -> None:
    client.force_login(cast.lead)
    assert "Make the first measure" in client.get(address(cast)).text
    client.force_login(cast.data_entry)
    assert "Lea Lead can make the first one." in client.get(address(cast)).text


# --- without its script


def test_one_button_saves_the_month_and_each_refused_row_keeps_what_was_typed(
    client: Client, cast: Cast
) -> None:
    wait, share = make(cast.own, "Wait", since=JANUARY), make(cast.own, "Seen", since=JANUARY, words=SHARE)
    client.force_login(cast.data_entry)
    answer = client.post(
        address(cast),
        {
            "period": open_month(),
            f"{wait.ref}-value": "9,5",
            f"{wait.ref}-have": 0,
            f"{share.ref}-numerator": "132",
            f"{share.ref}-denominator": "128",
            f"{share.ref}-have": 0,
        },
    )
    row = Observation.objects.get()
    assert (row.measure, row.period, row.value, row.recorded_by) == (
        wait,
        open_month(),
        Decimal("9.5"),
        cast.data_entry,
    )
    assert "132 of 128: the numerator is greater than the denominator." in answer.text
    assert f'name="{share.ref}-numerator" value="132"' in answer.text


def test_a_month_saved_whole_answers_with_its_page(client: Client, cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=JANUARY)
    client.force_login(cast.data_entry)
    typed = {"period": open_month(), f"{wait.ref}-value": "9", f"{wait.ref}-have": 0}
    answer = client.post(address(cast), typed, follow=True)
    went = answer.redirect_chain[0][0].partition("&undo=")
    assert went[:2] == (f"{address(cast)}?period={open_month()}&frequency=month", "&undo=")
    assert f"1 number saved for {open_month():%B %Y}." in answer.text


def test_a_conflict_offers_both_numbers_and_either_can_be_chosen(client: Client, cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=JANUARY)
    observations.record(wait, open_month(), Entry(value=Decimal(6)), by=cast.lead)
    client.force_login(cast.data_entry)
    typed = {"period": open_month(), f"{wait.ref}-value": "8", f"{wait.ref}-have": "0"}
    shown = client.post(address(cast), typed).text
    version = Observation.objects.get().version
    assert "while you typed 8." in shown
    assert f'name="{wait.ref}-have" value="{version}" data-over="{wait.ref}">Save 8</button>' in shown
    client.post(address(cast), {**typed, "keep": wait.ref})
    assert Observation.objects.get().value == 6
    client.post(address(cast), {**typed, f"{wait.ref}-have": ["0", str(version)]})
    assert Observation.objects.get().value == 8


def test_a_reason_chosen_now_wins_and_a_number_typed_later_undoes_it(client: Client, cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=JANUARY)
    client.force_login(cast.data_entry)

    def post(**fields: str) -> Observation:
        client.post(
            address(cast), {"period": open_month(), **{f"{wait.ref}-{k}": v for k, v in fields.items()}}
        )
        return Observation.objects.get()

    assert post(value="9", have="0").words == "9"
    row = post(value="9", have=str(Observation.objects.get().version), no_data="vendor_late", had="")
    assert row.words == "no data (vendor late)"
    assert post(value="10", have=str(row.version), no_data="vendor_late", had="vendor_late").words == "10"


def test_a_changed_number_of_a_closed_month_asks_why(client: Client, cast: Cast) -> None:
    closed = periods.following(open_month(), periods.MONTH, -3)
    wait = make(cast.own, "Wait", since=closed)
    keep_month(cast, closed)
    saved = observations.record(wait, closed, Entry(value=Decimal(9)), by=cast.data_entry)
    assert saved.observation
    client.force_login(cast.data_entry)
    typed = {
        "period": closed, f"{wait.ref}-value": "8", f"{wait.ref}-have": saved.observation.version,
    }  # fmt: skip
    assert f'name="{wait.ref}-why"' in client.post(address(cast), typed).text
    client.post(address(cast), {**typed, f"{wait.ref}-why": "Late chart review"})
    latest = Correction.objects.first()
    assert latest
    assert (latest.new_value, latest.why) == (8, "Late chart review")


# --- with its script


@pytest.mark.django_db(transaction=True)
def test_saving_one_number_costs_ten_queries_the_session_and_the_person_included(
    client: Client, cast: Cast
) -> None:
    measure = make(cast.own, "Seen", since=JANUARY, words=SHARE)
    log(measure, [(n, 100) for n in range(70, 94)], first=periods.following(open_month(), "month", -24))
    charts.refresh_stale()
    client.force_login(cast.data_entry)
    fields = {
        "numerator": "14",
        "denominator": "93",
        "have": "0",
        "note": "",
        "no_data": "",
        "had": "",
        "why": "",
    }
    typed = {
        "row": measure.ref,
        "period": open_month(),
        **{f"{measure.ref}-{k}": v for k, v in fields.items()},
    }
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(address(cast), typed)
    sent = [query["sql"] for query in queries]
    asked = [sql for sql in sent[: _place_of_commit(sent)] if sql not in {"BEGIN", "COMMIT"}]
    assert len(asked) <= 10
    assert 'data-state="outside-limits"' in answer.text
    assert "data-cell" in answer.text


def _place_of_commit(sent: list[str]) -> int:
    """Where the verb ends: what comes after in these tests is the worker's, run at once."""
    return sent.index("COMMIT") if "COMMIT" in sent else len(sent)


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ({"value": "9"}, "saved"),
        ({"value": "x"}, "not-saved"),
        ({"no_data": "closed"}, "no-data"),
        ({}, "no-number"),  # no month is kept
    ],
)
def test_a_row_alone_answers_with_its_state(
    client: Client, cast: Cast, typed: dict[str, str], state: str
) -> None:
    wait = make(cast.own, "Wait", since=JANUARY)
    client.force_login(cast.data_entry)
    fields = {f"{wait.ref}-{field}": text for field, text in {"have": "0", **typed}.items()}
    answer = client.post(address(cast), {"row": wait.ref, "period": open_month(), **fields})
    assert f'data-row="{wait.ref}" data-state="{state}"' in answer.text


def test_ten_megabytes_in_a_note_are_refused(client: Client, cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=JANUARY)
    client.force_login(cast.data_entry)
    fields = {f"{wait.ref}-value": "9", f"{wait.ref}-note": "x" * 10_000_000}
    answer = client.post(address(cast), {"row": wait.ref, "period": open_month(), **fields})
    assert (answer.status_code, Observation.objects.count()) == (400, 0)


def test_the_office_corrects_in_its_own_name_and_writes_no_note(client: Client, cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=JANUARY)
    client.force_login(cast.office)
    fields = {f"{wait.ref}-value": "9", f"{wait.ref}-note": "From us", f"{wait.ref}-have": "0"}
    client.post(address(cast), {"row": wait.ref, "period": open_month(), **fields})
    row = Observation.objects.get()
    assert (row.recorded_by, row.note) == (cast.office, "")


@pytest.fixture
def leap(cast: Cast) -> Measure:
    wait = make(cast.own, "Wait", since=JANUARY)
    log(wait, [10] * 11, first=periods.following(open_month(), "month", -11))
    log(wait, [50], first=open_month())
    return wait


@pytest.mark.parametrize("answered_by", ["a word", "a note"])
def test_a_leap_is_answered_by_a_word_or_a_note(
    client: Client, cast: Cast, leap: Measure, answered_by: str
) -> None:
    client.force_login(cast.data_entry)
    before = client.get(address(cast)).text
    version = Observation.objects.get(period=open_month()).version
    row = {"row": leap.ref, "measure": leap.ref, "period": open_month(), f"{leap.ref}-have": version}
    note = {f"{leap.ref}-value": "50", f"{leap.ref}-note": "A strike"}
    answer = (
        client.post(address(cast, "sheet_confirm"), row)
        if answered_by == "a word"
        else client.post(address(cast), row | note)
    )
    assert f'data-row="{leap.ref}" data-state="outside-limits"' in before
    assert f'data-row="{leap.ref}" data-state="saved"' in answer.text


def test_a_number_that_changed_meanwhile_is_not_called_right(
    client: Client, cast: Cast, leap: Measure
) -> None:
    seen = Observation.objects.get(period=open_month()).version
    observations.record(leap, open_month(), Entry(value=Decimal(60)), by=cast.lead)
    client.force_login(cast.data_entry)
    answer = client.post(
        address(cast, "sheet_confirm"),
        {"row": leap.ref, "measure": leap.ref, "period": open_month(), f"{leap.ref}-have": seen},
        headers={"X-Requested-With": "fetch"},
    )
    assert "Lea Lead saved 60 at" in answer.text
    assert not Observation.objects.get(period=open_month()).is_confirmed


def test_a_note_that_one_did_not_touch_stays_as_a_colleague_wrote_it(
    client: Client, cast: Cast, leap: Measure
) -> None:
    version = Observation.objects.get(period=open_month()).version
    Observation.objects.filter(period=open_month()).update(note="A strike")
    client.force_login(cast.data_entry)
    fields = {"value": "40", "have": version, "note": "", "note-had": ""}
    client.post(
        address(cast),
        {"row": leap.ref, "period": open_month(), **{f"{leap.ref}-{k}": v for k, v in fields.items()}},
    )
    row = Observation.objects.get(period=open_month())
    assert (row.value, row.note) == (40, "A strike")


def test_a_note_beside_nothing_is_refused_and_stays_typed(client: Client, cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=JANUARY)
    client.force_login(cast.data_entry)
    answer = client.post(
        address(cast), {"row": wait.ref, "period": open_month(), f"{wait.ref}-note": "A strike"}
    )
    assert f'data-row="{wait.ref}" data-state="not-saved"' in answer.text
    assert "log one of them first" in answer.text
    assert ">A strike</textarea>" in answer.text


def test_trends_come_once_the_chart_has_followed(client: Client, cast: Cast, leap: Measure) -> None:
    client.force_login(cast.data_entry)
    asked = f"{address(cast, 'sheet_trend')}?measures={leap.ref}"
    assert "data-trend" not in client.get(asked).text
    charts.refresh_stale()
    assert f'data-trend="{leap.ref}"' in client.get(asked).text


def test_a_trend_without_its_chart_tells_how_many_numbers_it_draws(client: Client, cast: Cast) -> None:
    log(
        make(cast.own, "Wait", since=open_month()),
        [10] * 9,
        first=periods.following(open_month(), "month", -9),
    )
    client.force_login(cast.data_entry)
    assert "Wait: 9 numbers, the chart is being computed" in client.get(address(cast)).text


def test_a_measure_of_another_organization_is_not_found(client: Client, cast: Cast) -> None:
    other = make_measure(cast.other)
    client.force_login(cast.data_entry)
    answer = client.post(address(cast), {"row": other.ref, "period": open_month(), f"{other.ref}-value": "1"})
    assert (answer.status_code, Observation.objects.count()) == (404, 0)
