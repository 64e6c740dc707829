"""Whose a form is: it is carried for the person who opened it in this browser, and shown to nobody else."""

from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse

from organizations.models import User
from tests.actors import Cast, make_project
from tests.shown_forms import TOKEN, Fields, fields_in
from tests.unsent_forms import (
    AIM,
    PASSWORD,
    browser,
    end_sessions,
    said,
    sent,
    sign_in,
    sign_in_elsewhere,
    sign_out,
    typed,
)

pytestmark = pytest.mark.django_db

WORDS = "None of our children"
THROWN_AWAY = "A form that somebody else sent in this browser was not saved, and is thrown away now."


@pytest.fixture
def lea(cast: Cast) -> User:
    return with_password(cast.lead)


@pytest.fixture
def otis(cast: Cast) -> User:
    return with_password(cast.office)


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("projects:edit_project", args=["perfection", make_project(cast.own).ref])


def with_password(person: User) -> User:
    person.set_password(PASSWORD)
    person.save()
    return person


def is_refused(page: Any) -> bool:
    return (page.status_code, page.templates[0].name) == (403, "403_csrf.html") and WORDS not in said(page)


def is_told_to_repeat(client: Client, answer: Any) -> bool:
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    return "the last step was not taken" in said(page) and WORDS not in said(page)


def test_nothing_is_carried_for_who_signed_out_themselves(lea: User, address: str) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    sign_out(client)

    assert is_told_to_repeat(client, sent(client, address, fields))


def test_who_presses_sign_out_after_the_session_ended_has_signed_out(lea: User, address: str) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    end_sessions()
    sent(client, reverse("account_logout"), {TOKEN: fields[TOKEN]})

    assert is_told_to_repeat(client, sent(client, address, fields))


def test_the_sign_in_page_carries_it_no_longer_after_a_sign_out(lea: User, otis: User, address: str) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    end_sessions()
    carrying = sent(client, address, fields)
    assert WORDS in said(carrying)
    sign_in_elsewhere(client, lea)
    sign_out(client)

    loaded_again = sign_in(client, client.get(reverse("account_login")), lea, "wrong")
    given = fields_in(carrying.content.decode()) | {TOKEN: str(loaded_again.context["csrf_token"])}
    wrong = sent(client, reverse("account_login"), {**given, "login": lea.email, "password": "wrong"})

    assert WORDS not in said(wrong)


def test_who_signs_in_next_sees_and_sends_nothing_of_it(lea: User, otis: User, address: str) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    end_sessions()

    answer = sign_in(client, sent(client, address, fields), otis)

    landed = client.get(answer["Location"])
    assert THROWN_AWAY in said(landed)
    assert WORDS not in said(answer) + said(landed)
    assert THROWN_AWAY not in said(client.get(answer["Location"]))


def test_the_form_of_a_stranger_at_the_computer_is_not_sent_by_the_office(otis: User) -> None:
    people = reverse("organizations:people", args=["perfection"])
    client = browser()
    planted = {"email": "evil@example.org", "role": "office"}
    visitor = client.get(reverse("account_login"))
    token = str(visitor.context["csrf_token"])
    assert is_told_to_repeat(client, sent(client, people, {**planted, TOKEN: token}))

    typed(client, otis, people)
    sign_out(client)
    token = str(client.get(reverse("account_login")).context["csrf_token"])
    assert is_told_to_repeat(client, sent(client, people, {**planted, TOKEN: token}))

    sign_in_elsewhere(client, otis)
    for foreign in (token, "a" * 64):
        assert is_refused(sent(client, people, {**planted, TOKEN: foreign}))
    end_sessions()
    for foreign in (token, "a" * 64):
        assert is_refused(sent(client, people, {**planted, TOKEN: foreign}))


@pytest.mark.parametrize("is_signed_in_anew", [True, False])
def test_who_presses_sign_out_on_an_old_page_is_signed_out(
    lea: User, address: str, is_signed_in_anew: bool
) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    old = {TOKEN: fields[TOKEN]}
    end_sessions()
    sign_in_elsewhere(client, lea)
    if not is_signed_in_anew:
        end_sessions()

    assert sent(client, reverse("account_logout"), old).status_code == 302

    assert client.get(reverse("organizations:me")).status_code == 302
    assert WORDS not in said(sent(client, address, fields))


def test_another_site_signs_nobody_out(lea: User, address: str) -> None:
    client = browser()
    typed(client, lea, address)

    client.post(reverse("account_logout"), headers={"Origin": "http://evil.example"})

    assert client.get(reverse("organizations:me")).status_code == 200


def test_what_a_page_carries_is_shown_in_no_other_browser_and_not_after_a_sign_out(
    lea: User, address: str
) -> None:
    client, other = browser(), browser()
    fields = typed(client, lea, address, aim=AIM)
    end_sessions()
    packed = fields_in(sent(client, address, fields).content.decode())["unsent"]

    for where in (other, client):
        if where is client:
            sign_in_elsewhere(client, lea)
            sign_out(client)
        token = str(where.get(reverse("account_login")).context["csrf_token"])
        given = {TOKEN: token, "unsent": packed, "login": lea.email, "password": PASSWORD}
        assert WORDS not in said(sent(where, reverse("account_login"), given))


def test_a_form_of_ones_own_earlier_sign_in_is_shown_again(lea: User, address: str) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    for _ in range(4):
        end_sessions()
        sign_in_elsewhere(client, lea)

    page = sent(client, address, fields)

    assert (page.status_code, page.templates[0].name) == (403, "account/unsent.html")
    again = fields_in(page.content.decode()) | {TOKEN: str(page.context["csrf_token"])}
    assert sent(client, address, again).status_code == 302


def test_a_form_of_the_fifth_sign_in_before_is_too_old(lea: User, address: str) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    for _ in range(5):
        end_sessions()
        sign_in_elsewhere(client, lea)

    assert is_refused(sent(client, address, fields))


def test_a_form_of_somebody_elses_sign_in_is_refused(lea: User, otis: User, address: str) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    sign_out(client)
    sign_in_elsewhere(client, otis)
    assert is_refused(sent(client, address, fields))

    end_sessions()
    assert is_refused(sent(client, address, fields))
    sign_in_elsewhere(client, lea)
    assert is_refused(sent(client, address, fields))  # another person was here between


@pytest.mark.parametrize("token", ["", "a" * 64, "a" * 32, "a" * 63 + "-", "å" * 64])
def test_a_token_of_nobody_is_refused(lea: User, address: str, token: str) -> None:
    client = browser()
    fields: Fields = {**typed(client, lea, address, aim=AIM), TOKEN: token}

    assert is_refused(sent(client, address, fields))


@pytest.mark.parametrize("made_up", ["", "a", "gone", "of another kind"])
def test_without_the_browsers_own_word_nothing_is_carried(lea: User, address: str, made_up: str) -> None:
    client = browser()
    fields = typed(client, lea, address, aim=AIM)
    end_sessions()
    client.cookies["typist"] = signing.dumps((lea.pk, [], False)) if made_up == "gone" else made_up

    assert is_told_to_repeat(client, sent(client, address, fields))


def test_the_cookie_is_sent_to_this_site_alone_and_read_by_no_script(lea: User, address: str) -> None:
    client = browser()
    typed(client, lea, address)
    cookie = client.cookies["typist"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert bool(cookie["secure"]) == settings.SESSION_COOKIE_SECURE
    assert len(cookie.value) < 400
    assert lea.email not in cookie.value


def test_the_cookie_is_written_at_a_sign_in_and_not_with_every_page(lea: User, address: str) -> None:
    client = browser()
    typed(client, lea, address)
    assert "typist" not in client.get(address).cookies
