"""How an open page learns that it has news: by a key, of the broker alone. Nothing here may ask the database."""

import secrets
import time
from collections.abc import Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client
from django.urls import reverse
from redis import Redis

from p2 import jobs
from p2.stamps import keys, store
from p2.stamps.shortcut import StampsFirst

SITE_S_OWN = b"the site's own answer"


class Broken:
    """What Redis's client does when nobody listens."""

    def __getattr__(self, name: str) -> Any:
        raise ConnectionError(name)


@pytest.fixture(autouse=True)
def reader(own_stamps: None, monkeypatch: pytest.MonkeyPatch) -> store.StampReader:
    """One that knows nothing yet, and tells no stamp that is older than the question."""
    fresh = store.StampReader()
    monkeypatch.setattr(store, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr("p2.stamps.shortcut.reader", fresh)
    monkeypatch.setattr("p2.views.stamps.reader", fresh)
    return fresh


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(store, "broker", Broken)
    yield
    jobs._broker["rests_until"] = 0.0


@pytest.fixture
def subject() -> str:
    return secrets.token_hex(6)


def ask(path: str, method: str = "GET", **extra: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body that the server gets from the application, Django behind it replaced."""

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [])
        return [SITE_S_OWN]

    answered: list[Any] = []
    environ: dict[str, Any] = {"PATH_INFO": path, "REQUEST_METHOD": method, **extra}
    setup_testing_defaults(environ)
    body = StampsFirst(site)(environ, lambda status, headers: answered.extend((status, dict(headers))))
    assert isinstance(body, list)  # Granian sends a list with its head, and anything else after it
    return answered[0], answered[1], b"".join(body)


def address(subject: str) -> str:
    return reverse("stamp", args=[keys.key_to(subject)])


def test_a_key_opens_its_subject_s_stamp_without_session_person_or_database(subject: str) -> None:
    store._renew([subject])
    stamp = store.broker().hget(store.HASH, subject)

    status, headers, body = ask(address(subject), HTTP_COOKIE="sessionid=" + "a" * 32)

    assert (status, body.decode()) == ("200 OK", stamp)
    assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert not {"Set-Cookie", "Vary", "Content-Encoding"} & headers.keys()


def test_django_answers_the_same_without_the_shortcut(subject: str, client: Client) -> None:
    store._renew([subject])

    answer = client.get(address(subject), headers={"Accept-Encoding": "gzip"})

    assert (answer.status_code, answer.content) == (200, ask(address(subject))[2])
    assert "no-store" in answer.headers["Cache-Control"]
    assert not {"Set-Cookie", "Content-Encoding"} & answer.headers.keys()


def test_what_never_changed_has_a_stamp_too(subject: str) -> None:
    assert ask(address(subject))[2] == store.NEVER.encode()


def test_a_forged_key_opens_nothing(subject: str) -> None:
    key = keys.key_to(subject)
    forged = (
        key[:-1] + ("a" if key[-1] != "a" else "b"),
        key.replace(subject, "0" * 12),
        subject,
        "",
        "ü:1:2",
    )

    assert [ask(f"/stamps/{one}")[2] for one in forged] == [SITE_S_OWN] * 5


def test_a_key_is_over_after_an_hour(subject: str) -> None:
    now = time.time()
    key, old = keys.key_to(subject, at=now), keys.key_to(subject, at=now - keys.LASTS - 1)

    assert keys.subject_of(key, at=now + keys.LASTS - 1) == subject
    assert keys.subject_of(key, at=now + keys.LASTS + 1) is None
    assert ask(f"/stamps/{old}")[2] == SITE_S_OWN


@pytest.mark.django_db
def test_without_a_good_key_there_is_no_such_page(subject: str, client: Client) -> None:
    over = keys.key_to(subject, at=time.time() - keys.LASTS - 1)

    assert [client.get(reverse("stamp", args=[key])).status_code for key in (over, subject)] == [404, 404]


def test_another_subject_s_key_opens_the_other_s_stamp_alone(subject: str) -> None:
    other = secrets.token_hex(6)
    before = ask(address(other))[2]

    store._renew([subject])

    assert (ask(address(other))[2], ask(address(subject))[2] != before) == (before, True)


def test_a_stamp_is_made_anew_each_time(subject: str) -> None:
    seen = {ask(address(subject))[2]}
    for _ in range(2):
        store._renew([subject])
        seen.add(ask(address(subject))[2])

    assert len(seen) == 3


def test_other_methods_and_addresses_are_the_site_s(subject: str) -> None:
    assert ask(address(subject), "POST")[2] == ask("/", "GET")[2] == SITE_S_OWN


def test_pages_ask_the_broker_together_and_not_each(
    subject: str, reader: store.StampReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def hmget(_: Redis, name: str, fields: list[str]) -> list[None]:
        asked.append(fields)
        return [None] * len(fields)

    monkeypatch.setattr(Redis, "hmget", hmget)
    monkeypatch.setattr(store, "FRESH_SECONDS", 60.0)

    for _ in range(100):
        reader.of(subject), reader.of("another")

    assert asked == [[store.ANY], list(store.SHELVES), [subject], ["another"]]


def test_while_nothing_changes_one_field_is_asked_for(
    subject: str, reader: store.StampReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.of(subject)
    asked: list[list[str]] = []
    hmget = Redis.hmget

    def noted(broker: Redis, name: str, fields: list[str]) -> list[str | None]:
        asked.append(fields)
        return hmget(broker, name, fields)

    monkeypatch.setattr(Redis, "hmget", noted)

    before, again = reader.of(subject), reader.of(subject)
    assert asked == [[store.ANY]] * 2
    store._renew([subject])

    assert before == again != reader.of(subject)


def test_only_what_stands_on_a_changed_shelf_is_asked_for_again(
    subject: str, reader: store.StampReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = [f"{subject}-{number}" for number in range(300)]
    for one in followed:
        reader.of(one)
    asked: list[str] = []
    hmget = Redis.hmget

    def noted(broker: Redis, name: str, fields: list[str]) -> list[str | None]:
        asked.extend(field for field in fields if field not in {*store.SHELVES, store.ANY})
        return hmget(broker, name, fields)

    monkeypatch.setattr(Redis, "hmget", noted)
    store._renew(followed[:1])
    stamps = [reader.of(one) for one in followed]

    shelf = store.shelf_of(followed[0])
    assert set(asked) == {one for one in followed if store.shelf_of(one) == shelf}
    assert (stamps[0] != store.NEVER, set(stamps[1:])) == (True, {store.NEVER})


def test_what_no_page_follows_any_more_is_not_asked_for(
    subject: str, reader: store.StampReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.of(subject)
    monkeypatch.setattr(store, "FOLLOWED_SECONDS", 0.0)

    reader.of("another")

    assert subject not in reader._asked


def test_while_the_broker_is_away_the_site_says_that_it_cannot_tell(subject: str, broken: None) -> None:
    assert ask(address(subject))[::2] == ("204 No Content", b"")


def test_a_stamp_that_was_known_is_not_told_while_the_broker_is_away(
    subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(address(subject))[0] == "200 OK"
    monkeypatch.setattr(store, "broker", Broken)

    assert ask(address(subject))[0] == "204 No Content"


def test_while_the_broker_is_away_it_is_asked_once_in_a_while_and_not_by_each_page(
    reader: store.StampReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    class Counting(Broken):
        def __getattr__(self, name: str) -> Any:
            tries.append(name)
            raise TimeoutError

    monkeypatch.setattr(store, "broker", Counting)

    assert [reader.of(f"subject {number}") for number in range(50)] == [None] * 50
    assert tries == ["hmget"]


def test_a_page_follows_again_when_the_broker_is_back(
    subject: str, reader: store.StampReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "REST_SECONDS", 0.0)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(store, "broker", Broken)
        assert reader.of(subject) is None

    assert reader.of(subject) == store.NEVER


def test_a_verb_that_finds_the_broker_away_goes_on_and_no_other_waits_for_it(
    subject: str, broken: None
) -> None:
    store._renew([subject])

    assert jobs.are_delayed()


def test_while_jobs_are_delayed_no_stamp_is_tried(subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ask(address(subject))[2]
    monkeypatch.setattr(jobs, "are_delayed", lambda: True)

    store._renew([subject])

    assert ask(address(subject))[2] == before


def test_what_renews_no_stamp_does_not_take_the_broker_for_away() -> None:
    store._renew([])

    assert not jobs.are_delayed()


def test_a_page_s_first_question_never_hides_what_changed_while_it_was_answered(
    subject: str, reader: store.StampReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "FRESH_SECONDS", 60.0)
    reader.of("another")
    hmget = Redis.hmget

    def overtaken(broker: Redis, name: str, fields: list[str]) -> list[str | None]:
        found = hmget(broker, name, fields)
        if fields == [subject]:
            monkeypatch.setattr(Redis, "hmget", hmget)
            store._renew([subject])
            reader._refresh(time.monotonic())  # what another thread does
        return found

    monkeypatch.setattr(Redis, "hmget", overtaken)
    reader.of(subject)

    assert reader.of(subject) == store.broker().hget(store.HASH, subject)
