"""Signing in: wrong tries are slowed down, and keep nobody out who has the right password."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from organizations.models import AttemptCount, User
from p2.models import AuditEntry
from tests.actors import Cast

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "walk-the-ward-at-nine", "walk-the-ward-at-ten"
HOME, ABROAD = "192.0.2.7", "198.51.100.1"
NOT_TOGETHER, TOO_MANY = "do not belong together", "Too many wrong tries. Try again in "


@pytest.fixture
def lea(cast: Cast) -> User:
    cast.lead.set_password(RIGHT)
    cast.lead.save()
    return cast.lead


def said(client: Client, email: str, password: str, *, network: str = HOME, host: str = "localhost") -> str:
    """What the sign-in page answers: `in`, `wrong`, or the sentence that tells when to try again."""
    answer = client.post(
        reverse("account_login"),
        {"login": email, "password": password},
        REMOTE_ADDR=network,
        headers={"host": host},
    )
    if answer.status_code == 302:
        return "in"
    (sentence,) = answer.context["form"].non_field_errors()
    return "wrong" if NOT_TOGETHER in sentence else sentence


def test_another_host_or_port_each_time_makes_no_more_tries(lea: User) -> None:
    answers = [said(Client(), lea.email, WRONG, host=f"localhost:{8000 + port}") for port in range(25)]

    assert answers[:5] == ["wrong"] * 5
    assert {answer.startswith(TOO_MANY) for answer in answers[5:]} == {True}


def test_who_tries_elsewhere_keeps_nobody_out(lea: User) -> None:
    for _ in range(8):
        said(Client(), lea.email, WRONG, network=ABROAD)

    assert said(Client(), lea.email, RIGHT, network=ABROAD).startswith(TOO_MANY)
    assert said(Client(), lea.email, RIGHT) == "in"


def test_a_browser_that_knows_the_person_lets_in_whatever_others_try(lea: User) -> None:
    known = Client()
    assert said(known, lea.email, RIGHT) == "in"
    known.post(reverse("account_logout"))
    for number in range(25):
        said(Client(), lea.email, WRONG, network=f"203.0.113.{number}")
        said(Client(), lea.email, WRONG)

    assert said(Client(), lea.email, RIGHT).startswith(TOO_MANY)
    assert said(known, lea.email, RIGHT) == "in"


def test_a_known_browser_gets_five_wrong_tries_of_its_own_and_then_those_of_a_stranger(lea: User) -> None:
    known = Client()
    said(known, lea.email, RIGHT)
    known.post(reverse("account_logout"))

    answers = [said(known, lea.email, WRONG) for _ in range(12)]

    assert answers[:10] == ["wrong"] * 10
    assert answers[10].startswith(TOO_MANY)


def test_a_browser_knows_whom_it_let_in_and_nobody_else(lea: User, cast: Cast) -> None:
    cast.member.set_password(RIGHT)
    cast.member.save()
    known = Client()
    said(known, lea.email, RIGHT)
    known.post(reverse("account_logout"))
    (name,) = (cookie for cookie in known.cookies if cookie.startswith("known_"))
    stolen = Client()
    stolen.cookies[name] = known.cookies[name].value[:-1] + "x"  # forged
    for number in range(6):
        said(Client(), cast.member.email, WRONG)
        said(Client(), lea.email, WRONG, network=ABROAD if number else HOME)

    assert said(known, cast.member.email, RIGHT).startswith(TOO_MANY)
    assert said(stolen, lea.email, RIGHT, network=ABROAD).startswith(TOO_MANY)
    cookie = known.cookies[name]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/accounts/", True, "Lax")
    assert lea.email not in str(known.cookies)


def test_a_right_password_counts_as_no_try(lea: User) -> None:
    answers = [said(Client(), lea.email, RIGHT) for _ in range(12)]

    assert answers == ["in"] * 12


def test_coming_in_and_going_out_leave_a_row_each(lea: User) -> None:
    client = Client()
    said(client, lea.email, WRONG)
    said(client, lea.email, RIGHT)
    client.post(reverse("account_logout"))

    assert list(AuditEntry.objects.order_by("id").values_list("verb", "subject_ref", "by")) == [
        ("signed in", lea.ref, lea.pk),
        ("signed out", lea.ref, lea.pk),
    ]


def test_a_changed_password_leaves_a_row_and_the_old_one_is_tried_five_times(lea: User) -> None:
    client, address = Client(), reverse("account_change_password")
    client.force_login(lea)
    new = "rounds-at-nine-sharp"
    asked = {"password1": new, "password2": new}
    errors = [
        client.post(address, {"oldpassword": WRONG, **asked}).context["form"].errors["oldpassword"][0]
        for _ in range(7)
    ]
    assert [error.startswith(TOO_MANY) for error in errors] == [False] * 5 + [True] * 2

    AttemptCount.objects.all().delete()
    client.post(address, {"oldpassword": RIGHT, **asked})
    lea.refresh_from_db()
    assert lea.check_password(new)
    row = AuditEntry.objects.get()
    assert (row.verb, row.subject_ref, row.by, row.changes) == ("changed the password", lea.ref, lea, {})


@pytest.mark.parametrize(
    ("route", "verb"), [("logout", "signed out"), ("password_change", "changed the password")]
)
def test_the_admin_signs_out_and_changes_passwords_by_the_sites_own_verbs(
    cast: Cast, route: str, verb: str
) -> None:
    cast.site_admin.set_password(RIGHT)
    cast.site_admin.save()
    client = Client()
    client.force_login(cast.site_admin)
    client.post(
        reverse(f"admin:{route}"), {"oldpassword": RIGHT, "password1": f"{RIGHT}!", "password2": f"{RIGHT}!"}
    )

    assert AuditEntry.objects.get().verb == verb


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ["Current password", "New password", "New password, once more"]),
        ("sv", ["Nuvarande lösenord", "Nytt lösenord", "Nytt lösenord, en gång till"]),
    ],
)
def test_the_fields_of_a_password_are_named_as_sentences_are(
    lea: User, language: str, labels: list[str]
) -> None:
    client = Client()
    client.force_login(lea)
    page = client.get(reverse("account_change_password"), headers={"Accept-Language": language})
    assert re.findall(r"<label for=.id_[a-z]*password[12]?.>(.*?)</label>", page.text) == labels
