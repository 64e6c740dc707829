"""A pasted block: nothing is saved before it was seen, and then all of it or nothing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, Observation, today_in
from measures.pages.entry.paste import preview
from measures.pages.entry.sheet.page import sheet
from measures.services import charts, months
from measures.services.entry import observations, pastes
from measures.services.entry.observations import ReasonMissing, TwoEntries
from measures.services.entry.pastes import Paste, PastedBlock
from organizations.models import Phase, standing_of
from p2.errors import RuleViolation
from tests.actors import Cast, make_cast
from tests.measures.series import SHARE, log, make_measure

pytestmark = pytest.mark.django_db

JANUARY, DECEMBER = date(2004, 1, 1), date(2003, 12, 1)
AT = datetime(2004, 2, 12, 15, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """The implementation phase runs on the days of these tests."""
    return make_cast(AT.date())


@pytest.fixture
def share(cast: Cast) -> Measure:
    return make_measure(cast.own, "Seen in time", **SHARE)


@pytest.fixture
def wait(cast: Cast, share: Measure) -> Measure:
    return make_measure(cast.own, "Wait")


def asked(
    text: str, measure: Measure, first: date = DECEMBER, *, is_down: bool | None = None, **answers: Any
) -> PastedBlock:
    return PastedBlock(
        text=text, measure=measure.ref, period=first, frequency="month", is_down=is_down, **answers
    )


def shown(cast: Cast, what: PastedBlock) -> Paste:
    return pastes.compare(cast.own, what, reader=cast.data_entry, at=AT)


def drawn(paste: Paste) -> dict[tuple[str, date], tuple[str, str, str]]:
    """Every cell of the block as the page shows it: its kind, what stands, what is proposed."""
    page = preview(paste)
    return {
        (line.measure.ref, period): (cell.kind, cell.standing, cell.words)
        for line in page.lines
        for (period, _, _), cell in zip(page.columns, line.cells, strict=True)
        if cell.kind
    }


def test_the_preview_tells_new_changed_same_and_what_cannot_be_read(
    cast: Cast, share: Measure, wait: Measure
) -> None:
    log(share, [(90, 100), (91, 100)], first=DECEMBER)
    log(wait, [9], first=DECEMBER)
    paste = shown(cast, asked("90\t100\t95\t100\nn/a?\t\t8\t", share, spreads=True))
    told = drawn(paste)
    assert told == {
        (share.ref, DECEMBER): ("same", "90.0", "90.0"),
        (share.ref, JANUARY): ("changed", "91.0", "95.0"),
        (wait.ref, DECEMBER): ("left-out", "9.0", "n/a?"),
        (wait.ref, JANUARY): ("new", "", "8.0"),
    }
    assert paste.cells[wait.ref, DECEMBER].sentence == (
        "“n/a?” is not a number. Type digits, or choose no data and a reason."
    )
    assert Observation.objects.count() == 3


def test_a_bare_rate_a_future_month_and_an_impossible_ratio_are_left_out(cast: Cast, share: Measure) -> None:
    block = "2003-12-01\t93.1\n2004-01-01\t132/128\n2004-03-01\t3/4"
    sentences = [
        cell.sentence.partition(":")[0] for cell in shown(cast, asked(block, share)).of_kind("left-out")
    ]
    assert sentences == [
        "93.1 alone is not enough",
        "132 of 128",
        "March 2004 lies in the future. Numbers are taken from its first day.",
    ]


def test_a_previewed_block_is_saved_whole(cast: Cast, share: Measure, wait: Measure) -> None:
    saved = pastes.save(cast.own, asked("9\t8\n", wait), seen={}, why="", by=cast.data_entry, at=AT)
    assert (saved.count, saved.first) == (2, wait)
    assert list(Observation.objects.values_list("period", "value")) == [(DECEMBER, 9), (JANUARY, 8)]


def test_a_number_saved_by_somebody_since_the_preview_stops_the_whole_block(
    cast: Cast, wait: Measure
) -> None:
    what = asked("9\t8\n", wait)
    seen = {where: cell.version for where, cell in shown(cast, what).cells.items()}
    observations.record(wait, JANUARY, Entry(value=Decimal(6)), by=cast.lead, at=AT)
    with pytest.raises(TwoEntries, match="Lea Lead saved 6"):
        pastes.save(cast.own, what, seen=seen, why="", by=cast.data_entry, at=AT)
    assert [row.value for row in Observation.objects.all()] == [6]


def test_changes_in_closed_months_need_one_reason(cast: Cast, wait: Measure) -> None:
    months.month_of(cast.collaborative, DECEMBER).save()
    log(wait, [9], first=DECEMBER)
    what = asked("7\t8\n", wait)
    paste = shown(cast, what)
    assert [cell.period for cell in paste.closed] == [DECEMBER]
    seen = {where: cell.version for where, cell in paste.cells.items()}
    with pytest.raises(ReasonMissing):
        pastes.save(cast.own, what, seen=seen, why="", by=cast.data_entry, at=AT)
    pastes.save(cast.own, what, seen=seen, why="Late chart review", by=cast.data_entry, at=AT)
    explained = wait.corrections.filter(by=cast.data_entry).order_by("period")
    assert list(explained.values_list("period", "old_value", "new_value", "why")) == [
        (DECEMBER, 9, 7, "Late chart review"),
        (JANUARY, None, 8, ""),  # still open
    ]


def test_a_month_twice_in_the_block_saves_nothing(cast: Cast, wait: Measure) -> None:
    what = asked("Dec 2003\t9\nDec 2003\t8", wait)
    with pytest.raises(RuleViolation, match="Nothing in the block can be saved"):
        pastes.save(cast.own, what, seen={}, why="", by=cast.data_entry, at=AT)
    assert Observation.objects.count() == 0


def test_a_future_month_a_month_twice_and_a_bad_date_leave_the_others_in_their_place(
    cast: Cast, share: Measure
) -> None:
    block = "Jan 2027\t1/9\nNov 2003\t2/9\nNov 2003\t3/9\n13/2003\t4/9\nDec 2003\t5/9"
    paste = shown(cast, asked(block, share, JANUARY))
    assert drawn(paste)[share.ref, DECEMBER] == ("new", "", "55.6")
    assert [cell.period for cell in paste.written] == [DECEMBER]
    assert [cell.sentence for cell in paste.of_kind("left-out")] == [
        "January 2027 lies in the future. Numbers are taken from its first day.",
        "November 2003 stands twice in the block. Keep one of the two and paste again.",
    ]
    assert paste.laid
    assert paste.laid.undated == ("13/2003",)


def test_a_block_that_is_asked_about_shows_what_stands_and_saves_nothing(cast: Cast, wait: Measure) -> None:
    log(wait, [12.0], first=DECEMBER)
    what = asked("24-Jan\t3\n24-Feb\t4", wait)

    paste = shown(cast, what)

    assert paste.problem.startswith("“24-Jan” and 1 more may mean several periods")
    assert [(ref, row.value) for (ref, _), row in paste.observations.items()] == [(wait.ref, 12)]
    with pytest.raises(RuleViolation, match="may mean several periods"):
        pastes.save(cast.own, what, seen={}, why="", by=cast.data_entry, at=AT)
    assert Observation.objects.count() == 1


def test_the_preview_lists_the_rows_that_no_date_begins(client: Client, cast: Cast, share: Measure) -> None:
    client.force_login(cast.data_entry)
    fields = {"text": "Nov 2003\t2/9\nTotal\t2/9\n\t4/9", "measure": share.ref, "frequency": "month"}
    answer = client.post(reverse("measures:paste", args=[cast.collaborative.slug, cast.own.ref]), fields)
    assert "<b>2</b> rows are left out: no date is read in" in answer.text
    assert "“Total”, a blank label" in answer.text
    assert "Save 1 number" in answer.text


def test_a_preview_costs_three_queries_whatever_its_size(cast: Cast, wait: Measure) -> None:
    standing_of(cast.data_entry)
    counts = []
    for rows in (1, 60):
        block = "\n".join(f"{9 + at % 3}" for at in range(rows))
        with CaptureQueriesContext(connection) as queries:
            assert len(shown(cast, asked(block, wait, is_down=True)).cells) == rows
        counts.append(len(queries))
    assert counts == [3, 3]


def test_twenty_four_months_of_a_new_measure_are_pasted_seen_saved_and_drawn(
    client: Client, cast: Cast, share: Measure
) -> None:
    newest = periods.latest_complete(today_in("UTC", datetime.now(UTC)), "month")
    Phase.objects.filter(pk=cast.implementation.pk).update(ends_on=newest + timedelta(days=366))
    first = periods.following(newest, "month", -23)
    block = "Month\tWithin 4 hours\tAttendances\n" + "\n".join(
        f"{periods.following(first, 'month', at):%Y-%m-%d}\t{9000 + 10 * at}\t{10_000 + at}"
        for at in range(24)
    )
    where = [cast.collaborative.slug, cast.own.ref]
    fields = {"text": block, "measure": share.ref, "period": newest, "frequency": "month", "open": newest}
    client.force_login(cast.data_entry)
    preview = client.post(reverse("measures:paste", args=where), fields)
    assert "Save 24 numbers" in preview.text
    assert Observation.objects.count() == 0
    answer = client.post(
        reverse("measures:paste_save", args=where), {**fields, "seen": preview.context["seen"]}, follow=True
    )
    assert "24 numbers saved." in answer.text
    charts.refresh_stale()
    row = sheet(cast.own, reader=cast.data_entry, at=datetime.now(UTC)).rows[0]
    assert ([past.kind for past in row.past], row.shown) == (["number"] * 11, "92.1")
    assert len(row.spark.values) == 24


def test_a_refused_save_shows_the_preview_again_with_the_sentence(
    client: Client, cast: Cast, wait: Measure
) -> None:
    client.force_login(cast.data_entry)
    fields = {
        "text": "Jan 2004\t9\nJan 2004\t8",
        "measure": wait.ref,
        "frequency": "month",
        "seen": "tampered",
    }
    answer = client.post(reverse("measures:paste_save", args=[cast.collaborative.slug, cast.own.ref]), fields)
    assert "January 2004 stands twice in the block." in answer.text
    assert Observation.objects.count() == 0


def test_the_preview_shows_whole_numbers_and_names_the_measures_that_change(
    cast: Cast, share: Measure, wait: Measure
) -> None:
    page = preview(shown(cast, asked("1210\t9310\t95\t100\n7\t\t8\t", share, spreads=True)))
    assert [cell.whole for cell in page.lines[0].cells if cell.is_written] == ["1,210 of 9,310", "95 of 100"]
    assert page.changes == ((str(share), 2), (str(wait), 2))


def test_what_lies_outside_the_limits_is_told_before_saving(
    client: Client, cast: Cast, wait: Measure
) -> None:
    log(wait, [8, 9, 7, 8, 9, 7, 8, 9, 7, 8], first=periods.following(DECEMBER, "month", -10))
    page = preview(shown(cast, asked("12\t9", wait)))
    assert [(one.words, one.where) for one in page.unusual] == [("12", "Wait, December 2003")]
    after = preview(shown(cast, asked("9\t12", wait)))
    assert [one.where for one in after.unusual] == ["Wait, January 2004"]
    log(wait, [30], first=DECEMBER)
    assert preview(shown(cast, asked("30\t9", wait))).unusual == ()  # it stands already and is not written
    charts.refresh_stale()
    client.force_login(cast.data_entry)
    block = {"text": "12\t9", "measure": wait.ref, "period": DECEMBER, "frequency": "month"}
    where = reverse("measures:paste", args=[cast.collaborative.slug, cast.own.ref])
    assert "lies outside everything its measure has shown" in client.post(where, block).text
