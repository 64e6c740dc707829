"""The outbox: what one letter cannot do keeps no other from going out."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from p2 import letters
from p2.models import Letter
from p2.run.embedded import free_port
from p2.tasks import send_letters

pytestmark = pytest.mark.django_db


def queued(key: str, address: str) -> Letter:
    return Letter.objects.create(
        key=key, address=address, subject="Welcome", text="Come in.", queued_at=timezone.now()
    )


def test_an_address_that_cannot_be_written_to_is_refused_and_the_next_letter_goes_out(
    mailoutbox: list[EmailMessage],
) -> None:
    broken, good = queued("a", f"a@{'ü' * 60}.org"), queued("b", "b@example.org")
    letters.send_due()
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, good.state) == (Letter.State.REFUSED, Letter.State.SENT)
    assert broken.failure
    assert [letter.to for letter in mailoutbox] == [["b@example.org"]]


@contextmanager
def sender_of(letter: Letter) -> Iterator[None]:
    """Another worker, which sends it now, and is gone in the end: a closed connection lets go a moment later."""
    place = {name: value for name, value in connection.get_connection_params().items() if name in PLACE}
    with closing(psycopg2.connect(**place)) as theirs, theirs.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [letters.SENDER, letter.pk])
        yield
        with connection.cursor() as ours:
            ours.execute("SELECT pg_terminate_backend(%s, %s)", [theirs.get_backend_pid(), PATIENCE])
            assert ours.fetchone() == (True,)


PLACE = {"dbname", "host", "port", "user", "password"}
PATIENCE = 60_000  # ms that the database may take to end a connection


def test_a_letter_that_another_worker_sends_is_left_to_it_and_is_unsure_once_that_is_gone() -> None:
    letter = queued("a", "a@example.org")
    Letter.objects.update(state=Letter.State.SENDING, sending_at=timezone.now())
    states = []
    with sender_of(letter):
        letters.send_due()
        states.append(Letter.objects.get().state)
        letters.send_due(at=timezone.now() + letters.PATIENCE * 2)
        states.append(Letter.objects.get().state)
    Letter.objects.update(state=Letter.State.SENDING)
    letters.send_due()

    assert [*states, Letter.objects.get().state] == ["sending", "unsure", "unsure"]


def test_whoever_sends_a_letter_holds_its_lock_meanwhile_and_not_longer(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = []

    def hand_over(_message: EmailMessage) -> int:
        held.append(locks())
        return 1

    monkeypatch.setattr(EmailMessage, "send", hand_over)
    letter = queued("a", "a@example.org")
    letters.send_due()

    assert (held, locks()) == ([[letter.pk]], [])


def locks() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND pid = pg_backend_pid()",
            [letters.SENDER],
        )
        return [key for (key,) in cursor.fetchall()]


@contextmanager
def database_away() -> Iterator[None]:
    """Where the database was, nobody answers."""
    there = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT=str(free_port()))
    try:
        yield
    finally:
        connection.settings_dict.update(there)


@pytest.mark.django_db(transaction=True)
def test_each_hint_of_a_letter_that_finds_no_database_is_one_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with database_away():
        for _hint in range(3):
            send_letters.apply(throw=False)

    lines = [logging.Formatter().format(record).splitlines() for record in caplog.records]
    assert [len(one) for one in lines] == [1, 1, 1]
    assert all("p2.send_letters" in line and "OperationalError(" in line for [line] in lines)
