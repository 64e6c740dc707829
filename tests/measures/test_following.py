"""An open measure page follows its measure: what renews its stamp, and what its news bring."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis import Redis

from measures.exchange.entries import Entry
from measures.models import ChartSnapshot, Measure
from measures.pages.measure.page import version_of
from measures.services import charts, markups, measures
from measures.services.entry import observations
from measures.views import measure as pages
from organizations.services.programme import collaboratives
from p2.celery import app
from p2.stamps import keys, store
from tests.actors import Cast
from tests.measures.series import log, make_measure

pytestmark = pytest.mark.django_db

MARCH = date(2021, 3, 1)
Commits = Callable[..., AbstractContextManager[list[Callable[[], None]]]]
Moves = Callable[[Callable[[], object]], bool]


@pytest.fixture
def measure(cast: Cast) -> Measure:
    made = make_measure(cast.own)
    log(made, [11.0 + step % 4 for step in range(24)])
    charts.refresh_stale()
    return made


def stamp(measure: Measure) -> str:
    found = store.StampReader().of(measure.ref)
    assert found is not None
    return found


@pytest.fixture
def moves(
    measure: Measure, django_capture_on_commit_callbacks: Commits, monkeypatch: pytest.MonkeyPatch
) -> Moves:
    """Whether a change renews the measure's stamp, and not before it is committed; no chart follows it here."""
    monkeypatch.setitem(app.conf, "task_always_eager", False)

    def moved(change: Callable[[], object]) -> bool:
        before = stamp(measure)
        with django_capture_on_commit_callbacks(execute=True):
            change()
            assert stamp(measure) == before
        return stamp(measure) != before

    return moved


@pytest.mark.parametrize("typed", [Decimal("20.5"), None], ids=["corrected", "cleared"])
def test_a_changed_number_is_news(measure: Measure, moves: Moves, typed: Decimal | None) -> None:
    assert moves(lambda: observations.record(measure, MARCH, Entry(value=typed), by=None, why="Misread"))


def test_a_number_saved_as_it_was_is_no_news(measure: Measure, moves: Moves) -> None:
    same = measure.observations.get(period=MARCH).value

    assert not moves(lambda: observations.record(measure, MARCH, Entry(value=same), by=None))


def test_a_mark_up_and_its_withdrawal_are_news(measure: Measure, cast: Cast, moves: Moves) -> None:
    marked = []

    def mark() -> None:
        marked.append(markups.annotate(measure, MARCH, kind="note", text="Smart pumps", by=cast.lead))

    assert moves(mark)
    assert moves(lambda: markups.withdraw(marked[0], by=cast.lead))


def test_another_definition_is_news(measure: Measure, cast: Cast, moves: Moves) -> None:
    assert moves(
        lambda: measures.define(
            measure, definition={"goal": Decimal(5)}, effective_from=MARCH, why="A goal", by=cast.lead
        )
    )


def test_a_written_chart_is_news_and_one_that_is_not_behind_none(measure: Measure, moves: Moves) -> None:
    ChartSnapshot.objects.update(version=0)

    assert moves(charts.refresh_stale)
    assert not moves(charts.refresh_stale)


def test_another_measure_s_number_is_no_news(measure: Measure, cast: Cast, moves: Moves) -> None:
    other = make_measure(cast.own, "Another")

    assert not moves(lambda: log(other, [1.0]))


def test_a_number_that_was_rolled_back_is_no_news(measure: Measure, moves: Moves) -> None:
    def refused() -> None:
        with transaction.atomic():
            observations.record(measure, MARCH, Entry(value=Decimal(3)), by=None, why="Misread")
            transaction.set_rollback(True)

    assert not moves(refused)


def test_the_page_holds_the_stamp_and_a_key_to_it(client: Client, cast: Cast, measure: Measure) -> None:
    store._renew([measure.ref])
    client.force_login(cast.faculty)

    live = element(client.get(measure.get_absolute_url()).text)

    key = live["stamp-src"].removeprefix(reverse("stamp", args=["-"])[:-1])
    assert (live["stamp"], keys.subject_of(key)) == (stamp(measure), measure.ref)
    assert client.get(live["stamp-src"]).text == live["stamp"]


def element(page: str) -> dict[str, str]:
    """The attributes of the element that keeps the page as the site has it."""
    [tag] = re.findall(r"<p2-live[^>]*>", page)
    return dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))


def test_the_news_come_with_a_new_key_whether_there_are_any(
    client: Client, cast: Cast, measure: Measure
) -> None:
    client.force_login(cast.faculty)
    address = reverse("measures:live", args=[cast.own.collaborative.slug, measure.ref])
    news = client.get(address)
    none = client.get(address, {"have": news["X-Version"]})

    assert (news.status_code, none.status_code) == (200, 204)
    for answer in (news, none):
        assert keys.subject_of(answer["X-Stamp-Src"].rpartition("/")[2]) == measure.ref


def test_the_news_come_with_the_stamp_of_before_they_were_read(
    client: Client, cast: Cast, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    store._renew([measure.ref])
    before, find = stamp(measure), pages.find

    def find_while_it_changes(*args: Any) -> Measure:
        store._renew([measure.ref])
        return find(*args)

    monkeypatch.setattr(pages, "reader", store.StampReader())
    monkeypatch.setattr(pages, "find", find_while_it_changes)
    client.force_login(cast.faculty)
    news = client.get(reverse("measures:live", args=[cast.own.collaborative.slug, measure.ref]))

    assert news["X-Stamp"] == before != stamp(measure)


def test_the_news_bring_the_figure_that_is_asked_for_without_what_is_the_organizations_own(
    client: Client, cast: Cast, measure: Measure
) -> None:
    measure.observations.update(note="A bed was closed")
    client.force_login(cast.lead)
    asked = {"theme": "dark", "width": "640"}
    places = [cast.own.collaborative.slug, measure.ref]
    news, usual = (client.get(reverse("measures:live", args=places), given).text for given in (asked, {}))

    [brought] = re.findall(r'<script type="application/json">(.*?)</script>', news)
    assert json.loads(brought) == client.get(reverse("measures:figure", args=places), asked).json()
    assert "A bed was closed" in news
    assert "A bed was closed" not in brought
    assert "<script" not in usual


def test_who_lost_the_right_gets_no_new_key(client: Client, cast: Cast, measure: Measure) -> None:
    client.force_login(cast.faculty)
    cast.faculty.appointments.update(ended_at=timezone.now())

    answer = client.get(reverse("measures:live", args=[cast.own.collaborative.slug, measure.ref]))

    assert (answer.status_code, answer.has_header("X-Stamp-Src")) == (404, False)


def test_a_page_opens_while_the_broker_is_away(
    client: Client, cast: Cast, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("measures.views.measure.reader", store.StampReader())
    monkeypatch.setattr(store, "broker", lambda: Redis(port=1))
    client.force_login(cast.faculty)

    answer = client.get(measure.get_absolute_url())

    assert (answer.status_code, element(answer.text)["stamp"]) == (200, "")


def test_a_chart_that_is_judged_by_other_rules_is_another_version_of_its_page(
    measure: Measure, cast: Cast
) -> None:
    charts.refresh_stale()
    before = version_of(Measure.objects.get(pk=measure.pk))
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office)
    charts.refresh_stale()
    assert version_of(Measure.objects.get(pk=measure.pk)) != before
