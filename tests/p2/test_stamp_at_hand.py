"""The stamp that a page is told before any thread is taken: only one for which nobody need be asked."""

import pytest
from django.urls import reverse

from p2.stamps import keys, store
from p2.stamps.shortcut import HEADERS, StampsFirst
from tests.p2.test_stamps import Broken


def address(subject: str) -> str:
    return reverse("stamp", args=[keys.key_to(subject)])


def test_a_stamp_at_hand_is_answered_without_waiting_and_only_then(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, site = store.StampReader(), StampsFirst(lambda *_: [])
    monkeypatch.setattr("p2.stamps.shortcut.reader", reader)
    path = address("measure")
    before = site.at_once(path)
    monkeypatch.setattr(store, "FRESH_SECONDS", 60.0)
    stamp = reader.of("measure")
    monkeypatch.setattr(store, "broker", Broken)

    assert before is None  # the broker is to be asked
    assert site.at_once(path) == (list(HEADERS.items()), stamp)
    assert site.at_once(address("another")) is None
    assert site.at_once(path[:-1]) is None
    assert site.at_once("/") is None
    monkeypatch.setattr(reader, "_due", 0.0)
    assert site.at_once(path) is None
