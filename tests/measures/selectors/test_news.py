"""Which of the new signals are shown where there are more than fit."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from measures.exchange.entries import Entry
from measures.models import ChartSnapshot, Measure
from measures.selectors import news
from measures.services import charts, markups, measures
from measures.services.entry import observations
from tests.actors import Cast
from tests.measures.series import FIRST, log, make_measure


def test_the_first_are_shown_concern_before_improvement_and_the_newest_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST", 3)
    at = timezone.now()
    stands = {
        "Old": ("concern", 3),
        "New": ("concern", 1),
        "Better": ("improvement", 0),
        "Worse": ("concern", 2),
    }
    for name in stands:
        log(make_measure(cast.own, name), [3] * 12)
    charts.refresh_stale()
    for name, (state, days) in stands.items():
        ChartSnapshot.objects.filter(measure__name=name).update(
            state=state, state_since=at - timedelta(days=days)
        )
    found = news.signals(Measure.objects.all(), cast.faculty, since=at - timedelta(days=7), at=at)
    assert [one.detail.split(":")[0].split(",")[0] for one in found] == ["New", "Worse", "Old"]


def test_what_was_corrected_is_news_to_its_own_organization(cast: Cast) -> None:
    wait, at = make_measure(cast.own), timezone.now()
    for number in (9, 8):
        observations.record(wait, FIRST, Entry(value=Decimal(number)), by=cast.data_entry, at=at)
    told = {
        reader: [one.title for one in news.changed(getattr(cast, reader), at - timedelta(days=1), at)]
        for reader in ("lead", "faculty", "data_entry")
    }
    assert told == {"lead": ["Corrected: Wait"], "faculty": [], "data_entry": []}


def test_ones_own_definition_and_words_that_were_taken_back_are_no_news(cast: Cast) -> None:
    wait = make_measure(cast.own)
    log(wait, [9, 8])
    kept, gone = (
        markups.annotate(wait, FIRST, kind="note", text=text, by=cast.data_entry) for text in ("Kept", "Gone")
    )
    markups.withdraw(gone, by=cast.data_entry)
    measures.define(
        wait, definition={"unit": "weeks"}, effective_from=FIRST, why="As the board asks", by=cast.lead
    )
    at = timezone.now()
    told = {
        reader: sorted(one.title for one in news.changed(getattr(cast, reader), at - timedelta(days=1), at))
        for reader in ("lead", "faculty")
    }
    note = "Note on Wait, Jan 2020"
    assert kept.withdrawn_at is None
    assert told == {"lead": [note], "faculty": ["Changed definition: Wait", note]}
