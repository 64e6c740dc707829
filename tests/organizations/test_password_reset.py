"""A new password is offered to who has an account, and nobody learns who that is."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from organizations.models import PasswordRequest
from organizations.services.people import accounts
from p2.models import AuditEntry, Letter
from tests.actors import Cast

pytestmark = pytest.mark.django_db

NEW = "rounds-at-nine-sharp"


def ask(client: Client, address: str, **environ: str) -> str:
    """Where the page leads on to, or what it says instead."""
    answer = client.post(reverse("account_reset_password"), {"email": address}, **environ)
    return answer["Location"] if answer.status_code == 302 else answer.context["form"].non_field_errors()[0]


def test_only_who_has_an_account_is_written_to(client: Client, cast: Cast) -> None:
    for address in ("nobody@example.org", cast.lead.email.upper()):
        assert ask(client, address) == reverse("account_reset_password_done")

    assert accounts.answer_password_requests() == 2
    assert [letter.address for letter in Letter.objects.all()] == [cast.lead.email]
    assert PasswordRequest.objects.count() == 0


def test_an_ended_account_is_not_written_to(client: Client, cast: Cast) -> None:
    cast.lead.is_active = False
    cast.lead.save()
    ask(client, cast.lead.email)

    assert accounts.answer_password_requests() == 1
    assert Letter.objects.count() == 0


def test_asking_does_the_same_work_for_any_address(client: Client, cast: Cast) -> None:
    client.get(reverse("account_reset_password"))
    work = []
    for address in ("nobody@example.org", cast.lead.email, "nemo@example.org", cast.site_admin.email):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(client, address)
        work.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries])

    assert work[1:] == work[:1] * 3
    assert Letter.objects.count() == 0


def test_the_worker_is_asked_and_a_lost_hint_is_swept(
    client: Client, cast: Cast, settings: Settings, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        ask(client, cast.lead.email)

    assert Letter.objects.get().person == cast.lead
    swept = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "organizations.answer_password_requests" in swept


def test_the_link_is_of_this_site_whatever_host_was_asked(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.SITE_URL = "https://p2.example.org"
    ask(client, cast.lead.email, HTTP_HOST="localhost:6666")
    accounts.answer_password_requests()

    (link,) = re.findall(r"\S+://\S+", Letter.objects.get().text)
    assert link.startswith("https://p2.example.org/accounts/password/reset/key/")


def test_the_link_sets_the_password_once_lets_in_and_leaves_its_rows(client: Client, cast: Cast) -> None:
    ask(client, cast.lead.email)
    accounts.answer_password_requests()
    (link,) = re.findall(r"/accounts/password/reset/key/\S+", Letter.objects.get().text)
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW})

    cast.lead.refresh_from_db()
    assert cast.lead.check_password(NEW)
    assert int(client.session["_auth_user_id"]) == cast.lead.pk
    assert any(name.startswith("known_") for name in client.cookies)
    assert list(AuditEntry.objects.order_by("id").values_list("verb", "by")) == [
        ("reset the password", cast.lead.pk),
        ("signed in", cast.lead.pk),
    ]
    assert "set-password" not in Client().get(link, follow=True).request["PATH_INFO"]


def test_five_letters_a_day_go_to_an_address_and_an_unknown_one_is_told_the_same(
    client: Client, cast: Cast
) -> None:
    for address in (cast.lead.email, "nobody@example.org"):
        answers = [ask(client, address) for _ in range(7)]
        assert (
            answers
            == [reverse("account_reset_password_done")] * 5
            + [
                "Enough letters were asked for to this address today; the newest of them still opens. "
                "The next one goes in 24 hours."
            ]
            * 2
        )
    accounts.answer_password_requests()
    assert Letter.objects.count() == 5


def test_a_network_asks_for_a_hundred_letters_a_day(cast: Cast) -> None:
    client = Client()
    answers = [ask(client, f"nobody{number}@example.org") for number in range(101)]
    assert set(answers[:100]) == {reverse("account_reset_password_done")}
    assert (
        answers[100]
        == "Enough letters were asked for from this network today. The next one goes in 24 hours."
    )
    assert ask(client, "one@example.org", REMOTE_ADDR="192.0.2.8") == reverse("account_reset_password_done")
