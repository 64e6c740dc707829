"""Event dates in a pasted block: read as the sheet reads them, shown before they are saved, undone in one step."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, Month, NoData
from measures.pages.entry.paste import preview
from measures.pages.entry.paste_questions import questions
from measures.services import months
from measures.services.entry import observations, pastes, undos
from measures.services.entry.observations import Cell, ReasonMissing
from measures.services.entry.pastes import PastedBlock
from organizations.models import standing_of
from tests.actors import Cast, make_cast
from tests.measures.series import log, make_measure
from tests.measures.sheets import address, open_month
from tests.measures.test_paste import AT, DECEMBER, JANUARY, asked, drawn, shown

pytestmark = pytest.mark.django_db

NOVEMBER = date(2003, 11, 1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(AT.date())


@pytest.fixture
def codes(cast: Cast) -> Measure:
    return make_measure(cast.own, "Codes", shape="time_between")


@pytest.fixture
def falls(cast: Cast, codes: Measure) -> Measure:
    return make_measure(cast.own, "Falls", shape="time_between")


def enter(measure: Measure, month: date, *days: int, at: datetime = AT) -> None:
    key = NoData.EVENTS if days else NoData.NO_EVENTS
    dates = tuple(month.replace(day=day) for day in days)
    cell = Cell(measure.pk, month, Entry(no_data=key), days=dates)
    observations.record_many([cell], by=None, at=at - timedelta(days=1))


def save(cast: Cast, what: PastedBlock, why: str = "") -> pastes.Pasted:
    seen = {where: cell.version for where, cell in shown(cast, what).cells.items()}
    return pastes.save(cast.own, what, seen=seen, why=why, by=cast.data_entry, at=AT)


def days(measure: Measure) -> list[str]:
    return [f"{row.period:%d %b}" for row in measure.observations.filter(ordinal__gt=0)]


def told(cast: Cast, what: PastedBlock) -> list[str]:
    return [changed.words for changed in preview(shown(cast, what)).dates]


def test_a_column_beside_its_months_is_read_as_cells_of_the_sheet_are(cast: Cast, codes: Measure) -> None:
    wait = make_measure(cast.own, "Wait")
    block = "Month\tCodes\tWait\nNov 2003\tnone\t9\nDec 2003\t3 Dec, 17 Dec, 17\t8\nJan 2004\t2004-01-05\t7"
    paste = shown(cast, asked(block, codes))
    assert drawn(paste) == {
        (codes.ref, NOVEMBER): ("new", "", "none"),
        (codes.ref, DECEMBER): ("new", "", "3 events"),
        (codes.ref, JANUARY): ("new", "", "5 Jan"),
        (wait.ref, NOVEMBER): ("new", "", "9.0"),
        (wait.ref, DECEMBER): ("new", "", "8.0"),
        (wait.ref, JANUARY): ("new", "", "7.0"),
    }
    assert (paste.count, preview(paste).changes) == (8, (("Codes", 5), ("Wait", 3)))
    assert save(cast, asked(block, codes)).count == 8
    rows = codes.observations.values_list("period", "value", "no_data")
    assert list(rows) == [
        (NOVEMBER, None, "no_events"), (DECEMBER, None, "events"), (date(2003, 12, 3), None, "first_event"),
        (date(2003, 12, 17), 14, ""), (date(2003, 12, 17), 0, ""), (JANUARY, None, "events"),
        (date(2004, 1, 5), 19, ""),
    ]  # fmt: skip
    assert [cell.kind for cell in shown(cast, asked(block, codes)).cells.values()] == ["same"] * 6


@pytest.mark.parametrize(
    "block",
    [
        "2003-12-17\n2004-01-05\n17 Dec 2003\n03.12.2003",
        "Date of the event\n17/12/2003\n5/1/2004\n17/12/2003\n3/12/2003",
        "2003-12-17\t2004-01-05\t17-Dec-2003\t2003-12-03 00:00:00",
        "Date\n37972\n37991\n37972\n37958.75",
        "2003-12-17 23:50\n2004-01-05 07:00\n17/12/2003 8:15 AM\n3/12/2003 00:00",
        "Codes\n12/17/2003\n1/5/2004\n12/17/2003\n12/3/2003\n",
    ],
)
def test_a_list_of_dates_lies_on_the_months_of_its_days(cast: Cast, codes: Measure, block: str) -> None:
    assert told(cast, asked(block, codes)) == [
        "Codes, December 2003. New: 3 Dec, 17 Dec, 17 Dec.", "Codes, January 2004. New: 5 Jan.",
    ]  # fmt: skip
    save(cast, asked(block, codes))
    assert days(codes) == ["03 Dec", "17 Dec", "17 Dec", "05 Jan"]


def test_lists_under_the_names_of_two_measures_lie_on_both(
    cast: Cast, codes: Measure, falls: Measure
) -> None:
    block = "Falls\tCodes\n2003-12-17\t2004-01-05\n2003-12-18\t"
    save(cast, asked(block, codes))
    assert (days(codes), days(falls)) == (["05 Jan"], ["17 Dec", "18 Dec"])


def test_months_on_several_rows_add_up_and_a_month_beside_one_date_is_no_second_column_of_months(
    cast: Cast, codes: Measure
) -> None:
    block = "Dec 2003\t2003-12-03\nDec 2003\t37972\nJan 2004\t2004-01-05"
    save(cast, asked(block, codes))
    assert days(codes) == ["03 Dec", "17 Dec", "05 Jan"]


def test_the_preview_tells_which_dates_come_and_which_go_and_other_months_stay(
    cast: Cast, codes: Measure
) -> None:
    enter(codes, NOVEMBER, 9)
    enter(codes, DECEMBER, 3, 9, 17)
    what = asked("2003-12-03\n2003-12-18\n2004-01-05", codes)
    paste = shown(cast, what)
    assert drawn(paste)[codes.ref, DECEMBER] == ("changed", "3 events", "3, 18")
    assert told(cast, what) == [
        "Codes, December 2003. New: 18 Dec. Gone: 9 Dec, 17 Dec.", "Codes, January 2004. New: 5 Jan.",
    ]  # fmt: skip
    assert told(cast, asked("Dec 2003\tnone", codes)) == ["Codes, December 2003. Gone: 3 Dec, 9 Dec, 17 Dec."]
    save(cast, what)
    assert days(codes) == ["09 Nov", "03 Dec", "18 Dec", "05 Jan"]


def test_what_was_pasted_is_undone_in_one_step(cast: Cast, codes: Measure) -> None:
    enter(codes, DECEMBER, 3, 9)
    before = list(codes.observations.values_list("period", "ordinal", "value", "no_data"))
    save(cast, asked("2003-11-30\n2003-12-18\n2003-12-18\n2004-01-05", codes))
    assert days(codes) == ["30 Nov", "18 Dec", "18 Dec", "05 Jan"]

    batch = undos.Batch(JANUARY, "month", AT)
    undone = undos.take_back(cast.own, batch, by=cast.data_entry, at=AT + timedelta(minutes=5))

    assert (undone.count, undone.left) == (3, [])
    assert list(codes.observations.values_list("period", "ordinal", "value", "no_data")) == before


def test_a_day_that_may_be_two_is_asked_about_or_read_as_the_country_writes_it(
    cast: Cast, codes: Measure
) -> None:
    block = "7/11/2003\n8/11/2003\n9/11/2003"
    paste = shown(cast, asked(block, codes))
    assert paste.problem.startswith("“7/11/2003” is one day with the month first")
    assert [question.name for question in questions(paste)] == ["order"]
    assert told(cast, asked(block, codes, is_month_first=False)) == [
        "Codes, November 2003. New: 7 Nov, 8 Nov, 9 Nov."
    ]
    cast.own.country = "US"
    american = shown(cast, asked(block, codes))
    assert [cell.period.month for cell in american.written] == [7, 8, 9]
    assert [question.name for question in questions(american)] == ["order"]


def test_what_is_no_date_of_its_month_is_left_out_and_said(cast: Cast, codes: Measure) -> None:
    block = "Month\tCodes\nNov 2003\tsoon\nDec 2003\t2003-11-03\nJan 2004\t14 days\nFeb 2004\t28 Feb"
    left = shown(cast, asked(block, codes)).of_kind("left-out")
    assert [cell.sentence.split(".")[0] for cell in left] == [
        "“soon” is no date",
        "3 November 2003 does not lie in December 2003",
        "28 February 2004 lies in the future",
    ]
    listed = preview(shown(cast, asked("2003-12-03\nfall\n2003-12-17\nbed 4", codes)))
    assert (listed.undated, listed.dates[0].new) == (("fall", "bed 4"), "3 Dec, 17 Dec")


def test_a_time_in_another_zone_may_lie_on_another_day_and_is_asked_about(cast: Cast, codes: Measure) -> None:
    paste = shown(cast, asked("2003-12-17T23:30:00Z\n2003-12-18T23:30:00Z", codes))
    assert (paste.written, paste.problem.split(" may ")[0]) == ([], "“2003-12-17T23:30:00Z” and 1 more")


def test_a_number_whose_month_the_block_does_not_tell_is_no_day(cast: Cast, codes: Measure) -> None:
    paste = shown(cast, asked("14\n3", codes, is_down=True))
    assert not paste.written
    assert [cell.sentence for cell in paste.of_kind("left-out")] == [
        f"“{text}” may be a day or a number of days. Write days with their month, a number with its unit."
        for text in (14, 3)
    ]


def test_a_cell_without_a_date_takes_the_reason_that_is_chosen(cast: Cast, codes: Measure) -> None:
    block = "Dec 2003\tn/a\nJan 2004\t3"
    assert [cell.is_missing for cell in shown(cast, asked(block, codes)).of_kind("left-out")] == [True]
    save(cast, asked(block, codes, reason="system_down"))
    assert codes.observations.get(period=DECEMBER).no_data == "system_down"


def test_a_list_for_a_measure_of_numbers_is_no_list_of_events(cast: Cast, codes: Measure) -> None:
    wait = make_measure(cast.own, "Wait")
    paste = shown(cast, asked("2003-12-03\n2003-12-17", wait))
    assert paste.problem == "The block has headings and no numbers."


def test_an_event_that_changes_a_closed_month_after_it_asks_for_a_reason(cast: Cast, codes: Measure) -> None:
    enter(codes, date(2003, 10, 1), 5)
    enter(codes, DECEMBER, 9)
    months.month_of(cast.collaborative, DECEMBER).save()
    what = asked("2003-11-30", codes)
    assert shown(cast, what).closed == []
    with pytest.raises(ReasonMissing, match="December 2003 is closed"):
        save(cast, what)
    assert save(cast, what, why="Found in the archive").count == 1
    changed = codes.corrections.get(period=date(2003, 12, 9), by=cast.data_entry)
    assert (changed.old_value, changed.new_value, changed.why) == (65, 9, "Found in the archive")


def test_a_preview_with_event_dates_costs_one_query_more(cast: Cast, codes: Measure, falls: Measure) -> None:
    standing_of(cast.data_entry)
    log(make_measure(cast.own, "Wait"), [9], first=DECEMBER)
    counts = []
    for number in (1, 20):
        enter(codes, DECEMBER, *range(1, number + 1))
        enter(falls, JANUARY, *range(1, number + 1))
        with CaptureQueriesContext(connection) as queries:
            shown(cast, asked("2003-12-03\n2004-01-05", codes))
        counts.append(len(queries))
    assert counts == [4, 4]


@pytest.fixture
def now(db: None) -> Cast:
    return make_cast()


def test_the_page_shows_the_dates_and_the_sheet_has_them_then(client: Client, now: Cast) -> None:
    codes, newest = make_measure(now.own, "Codes", shape="time_between"), open_month()
    client.force_login(now.data_entry)
    text = f"{newest:%Y-%m}-03\n{newest:%Y-%m}-17"
    fields = {"text": text, "measure": codes.ref, "period": newest, "frequency": "month", "open": newest}
    page = client.post(address(now, "paste"), fields)
    assert f"Codes, {newest:%B %Y}. New: 3 {newest:%b}, 17 {newest:%b}." in page.text
    assert "Save 2 numbers" in page.text
    assert days(codes) == []
    answer = client.post(address(now, "paste_save"), {**fields, "seen": page.context["seen"]}, follow=True)
    assert "2 numbers saved." in answer.text
    assert f"3 {newest:%b}, 17 {newest:%b}" in answer.text


def test_a_reason_that_only_the_save_knows_of_is_asked_for_on_the_page(client: Client, now: Cast) -> None:
    codes, newest = make_measure(now.own, "Codes", shape="time_between"), open_month()
    before, early = (periods.following(newest, "month", -step) for step in (1, 3))
    for month, day in ((early, 5), (before, 9)):
        enter(codes, month, day, at=timezone.now())
    Month.objects.create(collaborative=now.collaborative, period=before, due_on=newest, closes_on=newest)
    client.force_login(now.data_entry)
    text = f"{early.replace(day=20)}\n{early.replace(day=5)}"
    fields = {"text": text, "measure": codes.ref, "frequency": "month", "open": newest}
    page = client.post(address(now, "paste"), fields)
    fields["seen"] = page.context["seen"]
    words = "A number of a closed month changes with these dates: a reason is needed"
    assert words not in page.text
    asked_for = client.post(address(now, "paste_save"), fields)
    assert words in asked_for.text
    assert days(codes) == [f"05 {early:%b}", f"09 {before:%b}"]
    client.post(address(now, "paste_save"), {**fields, "why": "Found in the archive"})
    assert days(codes) == [f"05 {early:%b}", f"20 {early:%b}", f"09 {before:%b}"]
