"""Requests that no page of ours makes: each gets an answer, none an error of the server."""

from base64 import b64encode

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from p2.models import Letter
from tests.actors import Cast, make_cast
from tests.measures.series import make_measure

LONG = f"{'x' * 64}@{'.'.join(['y' * 60] * 4)}.org"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.mark.parametrize(
    "address",
    [
        "/c/perfection/o/%00/",
        "/c/perfection/m/a%00/",
        "/c/perfection/p/%00/edit",
        "/invitation/%00",
        "/search?q=a%00",
    ],
)
@pytest.mark.parametrize("verb", ["get", "post"])
def test_an_address_with_a_null_character_names_nothing(cast: Cast, address: str, verb: str) -> None:
    client = Client()
    client.force_login(cast.office)
    assert getattr(client, verb)(address).status_code == 404


def test_nobody_of_the_demo_has_a_null_character(cast: Cast, settings: Settings) -> None:
    settings.DEMO_SITE = True
    assert Client().post(reverse("demo_sign_in"), {"as": "x\x00@demo.example"}).status_code == 404


def test_no_letter_is_queued_to_an_address_that_is_too_long(cast: Cast) -> None:
    reset = Client().post(reverse("account_reset_password"), {"email": LONG})
    office = Client()
    office.force_login(cast.office)
    invited = office.post(
        reverse("organizations:people", args=["perfection"]), {"email": LONG, "role": "faculty"}
    )
    assert (reset.status_code, invited.status_code, Letter.objects.count()) == (200, 200, 0)
    assert "at most 254 characters" in reset.content.decode()
    assert "at most 254 characters" in invited.content.decode()


def test_a_chart_of_an_endless_width_is_drawn_as_usual(cast: Cast) -> None:
    client, measure = Client(), make_measure(cast.own)
    client.force_login(cast.lead)
    address = reverse("measures:figure", args=["perfection", measure.ref])
    assert client.get(address, {"width": "9" * 5000}).content == client.get(address).content


@pytest.mark.parametrize("position", ["abc", "1e9", "-1", "9" * 5000])
def test_a_cursor_that_somebody_made_up_is_not_found(cast: Cast, position: str) -> None:
    client = Client()
    client.force_login(cast.lead)
    cursor = b64encode(f"p={position}".encode()).decode()
    assert client.get("/api/v1/organizations/", {"cursor": cursor}).status_code == 404


@pytest.mark.parametrize("period", ["0001-01", "Q1 0001", "0001-W01", "9999-12", "Q4 9999", "9999-W52"])
@pytest.mark.parametrize("frequency", ["week", "month", "quarter"])
def test_a_sheet_at_the_ends_of_the_calendar_opens_where_it_always_does(
    cast: Cast, period: str, frequency: str
) -> None:
    client = Client()
    client.force_login(cast.lead)
    make_measure(cast.own, frequency=frequency)
    for page in ("sheet", "paste"):
        address = reverse(f"measures:{page}", args=["perfection", cast.own.ref])
        asked = client.get(address, {"period": period, "frequency": frequency})
        plain = client.get(address, {"frequency": frequency})
        assert (asked.status_code, asked.context["collaborative"]) == (200, cast.collaborative)
        assert asked.content.count(b"<tr") == plain.content.count(b"<tr")


@pytest.mark.parametrize(
    ("page", "field"),
    [("sheet", "row"), ("sheet_confirm", "measure"), ("adopt", "core")],
)
def test_a_form_that_names_a_row_with_a_null_character_finds_none(cast: Cast, page: str, field: str) -> None:
    client = Client()
    client.force_login(cast.lead)
    address = reverse(f"measures:{page}", args=["perfection", cast.own.ref])
    assert client.post(address, {field: "a\x00b"}).status_code == 404


def test_a_paste_with_endless_brackets_has_seen_nothing(cast: Cast) -> None:
    client, measure = Client(), make_measure(cast.own)
    client.force_login(cast.lead)
    address = reverse("measures:paste_save", args=["perfection", cast.own.ref])
    sent = {"text": "5", "measure": measure.ref, "first": "2020-01", "seen": "[" * 100_000}
    assert client.post(address, sent).status_code == 302
    assert measure.observations.count() == 1


def test_a_null_character_in_a_cookie_is_no_session(client: Client, db: None) -> None:
    client.cookies["sessionid"] = "\x00aaaaaaaaaaaa"
    assert client.get(reverse("account_login")).status_code == 200


def test_text_in_another_encoding_is_refused(client: Client, db: None) -> None:
    kind = "application/x-www-form-urlencoded; charset=rot13"
    answer = client.generic("POST", reverse("account_login"), b"login=a", content_type=kind)
    assert (answer.status_code, answer.content.decode()) == (400, "Send text as UTF-8.")


@pytest.mark.parametrize("period", ["", "2026-13", "9999-12", "garbage", "2031-01"])
def test_a_number_lands_in_the_month_that_is_named_or_in_none(cast: Cast, period: str) -> None:
    measure = make_measure(cast.own)
    client = Client()
    client.force_login(cast.lead)
    client.post(
        reverse("measures:sheet", args=["perfection", cast.own.ref]),
        {"row": measure.ref, "period": period, f"{measure.ref}-have": "0", f"{measure.ref}-value": "3"},
    )
    assert not measure.observations.exists()


def test_a_number_that_rounds_up_to_a_million_million_is_too_large(cast: Cast) -> None:
    measure = make_measure(cast.own)
    client = Client()
    client.force_login(cast.lead)
    answer = client.post(
        reverse("measures:sheet", args=["perfection", cast.own.ref]),
        {"row": measure.ref, "period": "2026-01-01", f"{measure.ref}-value": "999999999999.9999999"},
    )
    assert "too large to be true" in answer.content.decode()
    assert not measure.observations.exists()


def test_heads_are_answered_where_pages_are(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.lead)
    where = ["perfection", cast.own.ref]
    pages = [
        reverse("organizations:collaborative", args=["perfection"]),
        reverse("projects:organization", args=where),
        reverse("measures:sheet", args=where),
        reverse("organizations:me"),
    ]
    assert {page: client.head(page).status_code for page in pages} == dict.fromkeys(pages, 200)
