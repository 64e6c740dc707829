"""A form that is sent by somebody who was signed out: nothing typed is lost, and the page says what happened."""

import json
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organizations.models import User
from tests.actors import Cast, make_project
from tests.shown_forms import TOKEN, Fields, fields_in, shown

pytestmark = pytest.mark.django_db

PASSWORD = "walk-the-ward-at-nine"
HERE = {"Origin": "http://testserver"}
AIM = 'None of our children is harmed by a medicine.\n"None" is 0 <in a month>, åäö'


@pytest.fixture
def lea(cast: Cast) -> User:
    cast.lead.set_password(PASSWORD)
    cast.lead.save()
    return cast.lead


def said(answer: Any) -> str:
    return unescape(answer.content.decode())


def sign_in(client: Client, page: Any, person: User, password: str = PASSWORD) -> Any:
    fields = fields_in(page.content.decode())
    return client.post(reverse("account_login"), {**fields, "login": person.email, "password": password})


def typed_and_signed_out(client: Client, person: User, address: str) -> Fields:
    client.force_login(person)
    typed = {**shown(client, address), "aim": AIM}
    client.logout()
    return typed


def test_what_was_typed_is_there_after_signing_in_and_is_saved_by_one_press(cast: Cast, lea: User) -> None:
    project, client = make_project(cast.own), Client()
    address = reverse("projects:edit_project", args=["perfection", project.ref])
    typed = typed_and_signed_out(client, lea, address)

    page = client.post(address, typed, headers={"Referer": f"http://testserver{address}"})
    assert page.status_code == 403
    assert "You were signed out, so the form was not saved." in said(page)

    assert f'href="{reverse("account_login")}"' not in said(page)  # it would lose what is carried

    wrong = sign_in(client, page, lea, "walk-the-ward-at-ten")
    assert "do not belong together" in said(wrong)
    again = sign_in(client, wrong, lea)
    assert again.context["unsent"].back == address
    assert f"You are signed in as {lea}" in said(again)

    fields = fields_in(again.content.decode())
    assert fields == {**typed, "aim": AIM}
    assert client.post(again.context["unsent"].address, fields).status_code == 302
    project.refresh_from_db()
    assert project.aim.splitlines() == AIM.splitlines()


def test_a_form_from_before_another_sign_in_is_shown_again(cast: Cast, lea: User) -> None:
    project, client = make_project(cast.own), Client(enforce_csrf_checks=True)
    address = reverse("projects:edit_project", args=["perfection", project.ref])
    client.force_login(lea)
    typed = {**shown(client, address), "aim": AIM, TOKEN: "a" * 64}

    page = client.post(address, typed, headers=HERE)

    assert (page.status_code, page.templates[0].name) == (403, "account/unsent.html")
    token = page.context["csrf_token"]
    fields = {**fields_in(page.content.decode()), TOKEN: str(token)}
    assert client.post(address, fields, headers=HERE).status_code == 302
    project.refresh_from_db()
    assert project.aim.splitlines() == AIM.splitlines()


@pytest.mark.parametrize("origin", ["", "null", "https://testserver", "http://evil.example"])
def test_a_form_of_somebody_elses_page_is_not_shown_again(cast: Cast, origin: str) -> None:
    project, client = make_project(cast.own), Client(enforce_csrf_checks=True)
    address = reverse("projects:edit_project", args=["perfection", project.ref])
    client.force_login(cast.lead)

    page = client.post(address, {"aim": AIM}, headers={"Origin": origin} if origin else {})

    assert (page.status_code, page.templates[0].name) == (403, "403_csrf.html")
    assert "None of our children" not in said(page)


def test_a_button_says_that_its_step_was_not_taken_and_leads_back_to_its_page(cast: Cast, lea: User) -> None:
    people = reverse("organizations:organization_people", args=["perfection", cast.own.ref])
    remove = reverse("organizations:remove_unit", args=["perfection", cast.own.ref, "abc"])
    client = Client()

    answer = client.post(remove, headers={"Referer": f"http://testserver{people}?page=2"})

    page = client.get(answer["Location"])
    assert "the last step was not taken" in said(page)
    assert sign_in(client, page, lea)["Location"] == f"{people}?page=2"


@pytest.mark.parametrize("referer", ["", "http://evil.example/c/x"])
def test_without_a_page_of_ours_it_leads_to_today(referer: str) -> None:
    remove = reverse("organizations:remove_unit", args=["perfection", "a", "b"])
    answer = Client().post(remove, headers={"Referer": referer})
    assert answer["Location"] == f"{reverse('account_login')}?next=/"


def test_no_password_and_nothing_too_long_is_carried(cast: Cast) -> None:
    change = Client().post(reverse("account_change_password"), {"oldpassword": "a", "password1": "b"})
    long = Client().post(reverse("organizations:me"), {"name": "å" * 400_000})
    assert [answer.status_code for answer in (change, long)] == [302, 302]


@pytest.mark.parametrize(
    "carried",
    ["", "[", "7", '["/"]', "[" * 100_000, json.dumps(["https://evil.example/", "/", []]),
     json.dumps(["//evil.example/", "/", []]), json.dumps(["/", "javascript:alert(1)", []]),
     json.dumps(["/", "/", [["a"]]])],
    ids=range(9),
)  # fmt: skip
def test_what_somebody_made_up_is_not_carried(lea: User, carried: str) -> None:
    given = {"login": lea.email, "password": PASSWORD, "unsent": carried}
    assert Client().post(reverse("account_login"), given).status_code == 302


def test_a_person_of_the_demo_is_signed_in_with_it_too(cast: Cast, settings: Settings) -> None:
    settings.DEMO_SITE = True
    cast.lead.email = "lea@demo.example"
    cast.lead.save()
    client = Client()
    page = client.post(reverse("organizations:me"), {"name": "Léa"})
    again = client.post(
        reverse("demo_sign_in"), {"as": cast.lead.email, "unsent": page.context["unsent"].packed}
    )
    assert fields_in(again.content.decode()) == {"name": "Léa"}
