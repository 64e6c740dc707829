"""A form whose sender's session ended: opened, typed into, sent, and carried through the sign-in."""

from collections.abc import Mapping
from html import unescape
from typing import Any

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from organizations.models import User
from tests.shown_forms import TOKEN, Fields, fields_in

PASSWORD = "walk-the-ward-at-nine"
HERE = {"Origin": "http://testserver"}
AIM = 'None of our children is harmed by a medicine.\n"None" is 0 <in a month>, åäö'


def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def said(answer: Any) -> str:
    return unescape(answer.content.decode())


def opened(client: Client, address: str) -> Fields:
    """The form of a page with its token, as a browser would send it."""
    page = client.get(address)
    return {**fields_in(page.content.decode()), TOKEN: str(page.context["csrf_token"])}


def typed(client: Client, person: User, address: str, **words: str) -> Fields:
    """What this person, newly signed in, typed into the form of a page, and did not send yet."""
    client.force_login(person)
    return {**opened(client, address), **words}


def end_sessions() -> None:
    Session.objects.all().delete()


def sent(client: Client, address: str, fields: Mapping[str, str | list[str]], page: str = "") -> Any:
    """The form pressed on its page, with what a browser says of where it came from."""
    return client.post(address, fields, headers={**HERE, "Referer": f"http://testserver{page or address}"})


def sign_in(client: Client, page: Any, person: User, password: str = PASSWORD) -> Any:
    """The sign-in page filled in and sent, with what it carries."""
    fields = {**fields_in(page.content.decode()), TOKEN: str(page.context["csrf_token"])}
    given = {**fields, "login": person.email, "password": password}
    return sent(client, reverse("account_login"), given)


def sign_in_elsewhere(client: Client, person: User) -> None:
    """In another tab of the same browser."""
    answer = sign_in(client, client.get(reverse("account_login")), person)
    assert answer.status_code == 302


def sign_out(client: Client) -> None:
    token = opened(client, reverse("account_logout"))[TOKEN]
    assert sent(client, reverse("account_logout"), {TOKEN: token}).status_code == 302
