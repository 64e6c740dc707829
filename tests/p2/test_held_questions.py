"""Questions of open pages, held until there is news: without a thread, and without asking the broker for each."""

import asyncio
import secrets
from collections.abc import Awaitable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from django.urls import reverse

from p2.stamps import keys, store
from p2.stamps.held import HeldQuestions
from p2.stamps.shortcut import HEADERS, StampsFirst
from tests.p2.test_stamps import Broken

Got = TypeVar("Got")
AGES = 60.0
"""Seconds; far longer than a look at the broker takes, for it only ends a test that hangs."""


@pytest.fixture
def reader(own_stamps: None, monkeypatch: pytest.MonkeyPatch) -> store.StampReader:
    fresh = store.StampReader()
    monkeypatch.setattr(store, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr("p2.stamps.held.LOOK_SECONDS", 0.01)
    monkeypatch.setattr("p2.stamps.shortcut.reader", fresh)
    return fresh


@pytest.fixture
def subject() -> str:
    return secrets.token_hex(6)


def run(trial: Coroutine[Any, Any, Got]) -> Got:
    """What comes of it, in a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, trial).result()


async def in_time(answer: Awaitable[Got]) -> Got:
    async with asyncio.timeout(AGES):
        return await answer


async def are_held(questions: HeldQuestions, number: int) -> None:
    async with asyncio.timeout(AGES):
        while len(questions._held) < number:
            await asyncio.sleep(0)


def test_a_question_is_answered_when_its_subject_changes_and_not_before(
    reader: store.StampReader, subject: str
) -> None:
    async def tried() -> tuple[bool, bool, str | None, str | None]:
        questions = HeldQuestions(reader, longest=AGES)
        have = await questions.stamp(subject, "")
        own = asyncio.create_task(questions.stamp(subject, have or ""))
        others = asyncio.create_task(questions.stamp("another", store.NEVER))
        await are_held(questions, 2)
        await asyncio.to_thread(store._renew, ["a third"])
        await asyncio.sleep(0.1)
        early = own.done()
        await asyncio.to_thread(store._renew, [subject])
        stamp = await in_time(own)
        others_done = others.done()
        others.cancel()
        return early, others_done, have, stamp

    early, others_done, have, stamp = run(tried())

    assert (early, others_done, have) == (False, False, store.NEVER)
    assert stamp == store.broker().hget(store.HASH, subject)


def test_what_changed_before_it_was_asked_is_answered_at_once(
    reader: store.StampReader, subject: str
) -> None:
    store._renew([subject])

    async def tried() -> str | None:
        return await in_time(HeldQuestions(reader, longest=AGES).stamp(subject, store.NEVER))

    assert run(tried()) == store.broker().hget(store.HASH, subject)


def test_a_question_without_news_is_answered_after_the_wait_and_leaves_nothing(
    reader: store.StampReader, subject: str
) -> None:
    async def tried() -> tuple[str | None, int]:
        questions = HeldQuestions(reader, longest=0.05)
        return await in_time(questions.stamp(subject, store.NEVER)), len(questions._held)

    assert run(tried()) == (store.NEVER, 0)


def test_when_the_broker_goes_the_held_are_told_that_the_site_cannot_tell(
    reader: store.StampReader, subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def tried() -> list[str | None]:
        questions = HeldQuestions(reader, longest=AGES)
        held = [asyncio.create_task(questions.stamp(subject, store.NEVER)) for _ in range(3)]
        await are_held(questions, 3)
        monkeypatch.setattr(store, "broker", Broken)
        return [*await in_time(asyncio.gather(*held)), await in_time(questions.stamp(subject, store.NEVER))]

    assert run(tried()) == [None] * 4


def test_held_questions_ask_the_broker_together_and_rest_with_the_last(
    reader: store.StampReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    hmget = store.broker().__class__.hmget

    def noted(broker: Any, name: str, fields: list[str]) -> list[str | None]:
        asked.append(fields)
        return hmget(broker, name, fields)

    async def tried() -> tuple[int, bool]:
        questions = HeldQuestions(reader, longest=AGES)
        held = [asyncio.create_task(questions.stamp(f"subject {at}", store.NEVER)) for at in range(100)]
        await are_held(questions, 100)
        monkeypatch.setattr(store.broker().__class__, "hmget", noted)
        async with asyncio.timeout(AGES):
            while len(asked) < 3:
                await asyncio.sleep(0.01)
        for one in held:
            one.cancel()
        async with asyncio.timeout(AGES):
            while questions._looking:
                await asyncio.sleep(0.01)
        return len(questions._held), questions._looking is None

    assert run(tried()) == (0, True)
    assert {tuple(fields) for fields in asked} == {(store.ANY,)}


def test_at_the_door_a_good_key_alone_is_answered(reader: store.StampReader, subject: str) -> None:
    path = reverse("stamp", args=[keys.key_to(subject)])

    async def tried() -> list[Any]:
        site = StampsFirst(lambda *_: [])
        asked = [
            (path, ""),
            (path, f"have={store.NEVER}x"),
            (path, "have=%"),
            (path[:-1], ""),
            ("/", "have=0"),
        ]
        return [await in_time(site.aside(*one)) for one in asked]

    known = 200, list(HEADERS.items()), store.NEVER
    assert run(tried()) == [known, known, known, None, None]


def test_at_the_door_204_says_that_the_site_cannot_tell(
    reader: store.StampReader, subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "broker", Broken)
    path = reverse("stamp", args=[keys.key_to(subject)])

    assert run(StampsFirst(lambda *_: []).aside(path, "have=0")) == (204, list(HEADERS.items()), "")


def test_a_stamp_at_hand_is_told_without_asking_anybody(
    reader: store.StampReader, subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "FRESH_SECONDS", AGES)
    stamp = reader.of(subject)
    monkeypatch.setattr(store, "broker", Broken)

    assert run(HeldQuestions(reader, longest=AGES).stamp(subject, "")) == stamp == store.NEVER
    assert reader.at_hand("another") is None
    monkeypatch.setattr(reader, "_due", 0.0)
    assert reader.at_hand(subject) is None
