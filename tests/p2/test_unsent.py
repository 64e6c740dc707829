"""A form that is sent after a session ended: nothing typed is lost, and the page says what happened."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.module_loading import import_string
from pytest_django import Settings

from organizations.models import User
from p2.web.unsent import form
from tests.actors import Cast, make_project
from tests.shown_forms import TOKEN, Fields, fields_in
from tests.unsent_forms import AIM, HERE, PASSWORD, browser, end_sessions, opened, said, sent, sign_in, typed

pytestmark = pytest.mark.django_db

SIGNED_OUT = "the last step was not taken"


@pytest.fixture
def lea(cast: Cast) -> User:
    cast.lead.set_password(PASSWORD)
    cast.lead.save()
    return cast.lead


def sent_after_the_end(person: User, address: str, **words: Any) -> tuple[Client, Any]:
    client = browser()
    fields = typed(client, person, address, **words)
    end_sessions()
    return client, sent(client, address, fields)


def test_what_was_typed_is_there_after_signing_in_and_is_saved_by_one_press(cast: Cast, lea: User) -> None:
    project = make_project(cast.own)
    address = reverse("projects:edit_project", args=["perfection", project.ref])
    client, page = sent_after_the_end(lea, address, aim=AIM)
    assert page.status_code == 403
    assert "You were signed out, so the form was not saved." in said(page)
    assert f'href="{reverse("account_login")}"' not in said(page)  # it would lose what is carried

    wrong = sign_in(client, page, lea, "walk-the-ward-at-ten")
    assert "do not belong together" in said(wrong)
    again = sign_in(client, wrong, lea)
    assert f"You are signed in as {lea}" in said(again)

    fields = fields_in(again.content.decode())
    assert fields["aim"] == AIM
    assert "have" in fields
    token = str(again.context["csrf_token"])
    assert sent(client, again.context["unsent"].address, {**fields, TOKEN: token}).status_code == 302
    project.refresh_from_db()
    assert project.aim.splitlines() == AIM.splitlines()


def test_the_page_shows_what_is_sent_and_where_and_no_field_of_the_form_itself(cast: Cast, lea: User) -> None:
    address = reverse("projects:edit_project", args=["perfection", make_project(cast.own).ref])
    client, page = sent_after_the_end(lea, address, aim=AIM, name="a name\n" * 100)

    again = sign_in(client, page, lea)

    shown = said(again).split('<dl class="typed">')[1].split("</dl>")[0]
    assert f">{AIM}</dd>" in shown
    assert "<dt>Aim</dt>" in shown
    assert f'<a class="link" href="{address}"><code>{address}</code></a>' in shown
    assert '<dd class="long" tabindex="0" lang="">a name' in shown
    assert ">Have<" not in shown
    assert str(fields_in(again.content.decode())["have"]) not in shown
    assert "you signed in again" not in said(again).casefold()


def test_a_choice_among_rows_is_shown_as_how_many_were_chosen(lea: User) -> None:
    chosen: Fields = {"units": ["3", "5"], "organization": "mnpqrstuv234", "decimals": "2"}
    client, page = sent_after_the_end(lea, reverse("organizations:me"), **chosen)

    again = sign_in(client, page, lea)

    rows = [(row.label, row.value) for row in again.context["shown"]]
    assert [row for row in rows if row[0] in {"Where it is done", "Organization", "Decimals"}] == [
        ("Where it is done", "2 chosen"),
        ("Organization", "1 chosen"),
        ("Decimals", "2"),
    ]


def test_a_field_of_a_row_is_called_by_words_and_its_ref_is_sent_unseen(lea: User) -> None:
    row = {
        "abcdefgh2345-note": "Two falls",
        "abcdefgh2345-have": "7",
        "unit": "mnpqrstuv234",
        "short_name": "",
    }
    client, page = sent_after_the_end(lea, reverse("organizations:me"), **row)

    again = sign_in(client, page, lea)

    shown = said(again).split('<dl class="typed">')[1].split("</dl>")[0]
    assert "<dt>Note</dt>" in shown
    assert ">Two falls</dd>" in shown
    assert not [word for word in ("abcdefgh2345", ">7<", "mnpqrstuv234", "Short name") if word in shown]
    fields = fields_in(again.content.decode())
    assert {name: fields[name] for name in row} == row


@pytest.mark.parametrize("origin", ["", "null", "https://testserver", "http://evil.example"])
def test_a_form_of_somebody_elses_page_is_not_shown_again(cast: Cast, lea: User, origin: str) -> None:
    client = browser()
    address = reverse("projects:edit_project", args=["perfection", make_project(cast.own).ref])
    fields = typed(client, lea, address, aim=AIM)
    client.force_login(lea)
    client.cookies["csrftoken"] = "b" * 32

    page = client.post(address, fields, headers={"Origin": origin} if origin else {})

    assert (page.status_code, page.templates[0].name) == (403, "403_csrf.html")
    assert "None of our children" not in said(page)


def test_a_button_says_that_its_step_was_not_taken_and_leads_back_to_its_page(cast: Cast, lea: User) -> None:
    people = reverse("organizations:organization_people", args=["perfection", cast.own.ref])
    remove = reverse("organizations:remove_unit", args=["perfection", cast.own.ref, "abc"])
    client = Client()

    answer = client.post(remove, headers={"Referer": f"http://testserver{people}?page=2"})

    page = client.get(answer["Location"])
    assert SIGNED_OUT in said(page)
    assert sign_in(client, page, lea)["Location"] == f"{people}?page=2"


@pytest.mark.parametrize(
    "filled_in", [{"core": "abcdefgh2345"}, {"saved_at": "1"}, {"row-have": "9", "seen": " "}]
)
def test_a_button_with_nothing_to_read_is_not_carried(cast: Cast, lea: User, filled_in: Fields) -> None:
    address = reverse("measures:adopt", args=["perfection", cast.own.ref])
    client = browser()
    token = typed(client, lea, reverse("organizations:me"))[TOKEN]
    end_sessions()

    page = client.get(sent(client, address, {**filled_in, TOKEN: token})["Location"])

    assert SIGNED_OUT in said(page)


def test_a_form_that_waited_longer_than_a_shift_is_gone(
    cast: Cast, lea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, page = sent_after_the_end(lea, reverse("organizations:me"), name="Lea Lind")
    monkeypatch.setattr(form, "LASTS", timedelta(seconds=-1))

    assert sign_in(client, page, lea).status_code == 302


@pytest.mark.parametrize("referer", ["", "http://evil.example/c/x", "http://testserver//evil.example/x"])
def test_without_a_page_of_ours_it_leads_to_today(referer: str) -> None:
    remove = reverse("organizations:remove_unit", args=["perfection", "a", "b"])
    answer = Client().post(remove, headers={"Referer": referer})
    assert answer["Location"] == f"{reverse('account_login')}?next=/"


def test_no_password_is_carried_however_its_field_is_written(lea: User) -> None:
    secrets = {"Password": "one-secret", "newPASSWORD2": "two-secrets"}
    _, page = sent_after_the_end(lea, reverse("organizations:me"), name="Léa", **secrets)
    assert '"Léa"' in said(page)
    assert "secret" not in said(page)


@pytest.mark.parametrize(
    "words",
    [{"name": "å" * 75_000}, {"name": "'" * 25_000}, {"name": '"' * 21_500},
     {f"n{number}": "x" for number in range(1_001)}, {"name": "Léa\x00"}],
    ids=["long", "long as the page holds it", "long as it is packed", "many fields", "nul"],
)  # fmt: skip
def test_what_a_page_cannot_well_hold_is_not_carried(lea: User, words: Fields) -> None:
    client, answer = sent_after_the_end(lea, reverse("organizations:me"), **words)
    assert answer.status_code == 302
    assert SIGNED_OUT in said(client.get(answer["Location"]))


def test_what_a_page_can_hold_is_carried(lea: User) -> None:
    words = {"name": "å" * 55_000, **{f"n{number}": "" for number in range(900)}}
    client, page = sent_after_the_end(lea, reverse("organizations:me"), **words)
    again = sign_in(client, page, lea)
    assert fields_in(again.content.decode())["name"] == words["name"]
    assert max(len(page.content), len(again.content)) < 320_000


@pytest.mark.parametrize(
    "carried",
    ["", "[", "7", '["/"]', "[" * 100_000, "'" * 2_300_000, "1" * 5_000,
     json.dumps(["/", "/", [["a", "'" * 2_000_000]]]),
     *(json.dumps([*whose, *form]) for whose in ([], [1]) for form in (
         ["https://evil.example/", "/", []], ["/", "javascript:alert(1)", []], ["/", "/", [["a"]]],
         ["/", "/", [["a", "b"]]], ["/", "/", [["a", "\ud800"]]]))],
    ids=range(18),
)  # fmt: skip
def test_what_somebody_made_up_is_not_carried(lea: User, carried: str) -> None:
    given = {"login": lea.email, "password": PASSWORD, "unsent": carried}
    wrong = Client().post(reverse("account_login"), {**given, "password": "wrong"})
    assert 'name="unsent"' not in said(wrong)
    assert len(wrong.content) < 100_000
    assert Client().post(reverse("account_login"), given).status_code == 302


@pytest.mark.parametrize("lacking", ["Origin", "typist", "length"])
def test_what_cannot_be_carried_is_refused_before_it_is_read(lea: User, lacking: str) -> None:
    client = browser()
    typed(client, lea, reverse("organizations:me"))
    heads = {name: word for name, word in HERE.items() if name != lacking}
    request = RequestFactory(headers=heads).post("/", {"a": "b" * (2_000_000 if lacking == "length" else 2)})
    request.user, request.session = AnonymousUser(), client.session
    request.COOKIES = {name: held.value for name, held in client.cookies.items() if name != lacking}

    page = import_string(settings.CSRF_FAILURE_VIEW)(request, "")

    assert page.status_code == 403
    assert not vars(request)["_read_started"]


@pytest.mark.parametrize("route", ["account_login", "account_reset_password", "demo_sign_in"])
def test_a_form_of_a_page_for_everybody_is_opened_anew(lea: User, route: str) -> None:
    client = browser()
    token = typed(client, lea, reverse("organizations:me"))[TOKEN]
    end_sessions()
    client.cookies["csrftoken"] = "b" * 32
    page_before = f"{reverse('account_reset_password')}?of=it"

    page = sent(client, reverse(route), {"email": "lea@example.org", TOKEN: token}, page_before)

    assert (page.status_code, page.templates[0].name) == (403, "403_csrf.html")
    assert f'href="{page_before}">Open the page again</a>' in said(page)
    assert "lea@example.org" not in said(page)


def test_an_invitation_that_is_too_old_leads_to_itself(lea: User) -> None:
    client = browser()
    token = typed(client, lea, reverse("organizations:me"))[TOKEN]
    end_sessions()
    client.cookies["csrftoken"] = "b" * 32
    invitation = reverse("organizations:invitation", args=["made-up"])

    page = sent(client, invitation, {"name": "Léa", TOKEN: token})

    assert (page.status_code, page.templates[0].name) == (403, "403_csrf.html")
    assert f'href="{invitation}">Open the page again</a>' in said(page)


def test_a_person_of_the_demo_is_signed_in_with_it_too(lea: User, settings: Settings) -> None:
    settings.DEMO_SITE = True
    lea.email = "lea@demo.example"
    lea.save()
    client, page = sent_after_the_end(lea, reverse("organizations:me"), name="Léa")
    token = str(page.context["csrf_token"])
    given = {"as": lea.email, "unsent": fields_in(page.content.decode())["unsent"], TOKEN: token}
    again = sent(client, reverse("demo_sign_in"), given)
    assert fields_in(again.content.decode())["name"] == "Léa"
    assert opened(client, reverse("organizations:me"))["name"] != "Léa"
