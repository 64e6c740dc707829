"""What only a person can tell of a pasted block, its year or its layout, is asked on the page and kept in its form."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from measures import periods
from measures.models import Measure, Observation, today_in
from organizations.models import Phase
from tests.actors import Cast
from tests.measures.series import make_measure
from tests.measures.sheets import address
from tests.measures.test_paste import asked, cast, share, shown, wait
from tests.measures.test_paste_questions import questions

pytestmark = pytest.mark.django_db

__all__ = ["cast", "share", "wait"]


def test_the_year_is_asked_the_run_that_ends_at_the_newest_month_first(cast: Cast, wait: Measure) -> None:
    block = "Month\tWait\nNov\t7\nDec\t8\nJan\t9\nFeb\t6"
    paste = shown(cast, asked(block, wait))
    [(name, words, answers, chosen)] = questions(paste)
    assert (name, words, chosen) == ("year", "“Nov” and 3 more name no year", [""])
    assert answers[:3] == [
        "Choose …",
        "November 2003 to February 2004, as proposed",
        "November 2002 to February 2003",
    ]
    assert (paste.cells, paste.problem) == ({}, "Nothing is laid before you say which year is meant.")

    told = shown(cast, asked(block, wait, year=2003))
    assert [f"{cell.period:%b %Y}" for cell in told.written] == [
        "Nov 2002",
        "Dec 2002",
        "Jan 2003",
        "Feb 2003",
    ]
    assert questions(told)[0][2:] == (
        ["November 2003 to February 2004", *answers[2:]],
        ["2003"],
    )


def test_event_dates_beside_months_without_a_year_are_read_once_the_year_is_said(cast: Cast) -> None:
    codes = make_measure(cast.own, "Codes", shape="time_between")
    block = "Month\tCodes\nNov\t3/11/2003\nDec\t12/9/2003\n"
    assert [name for name, *_rest in questions(shown(cast, asked(block, codes)))] == ["year"]
    told = shown(cast, asked(block, codes, year=2003))
    assert [cell.days for cell in told.written] == [(date(2003, 11, 3),), (date(2003, 12, 9),)]


def test_the_answers_are_kept_in_the_form_and_nothing_is_saved_before_they_are_given(
    client: Client, cast: Cast, wait: Measure
) -> None:
    client.force_login(cast.data_entry)
    newest = periods.latest_complete(today_in("UTC", datetime.now(UTC)), "month")
    Phase.objects.filter(pk=cast.implementation.pk).update(ends_on=newest + timedelta(days=366))
    before = periods.following(newest, "month", -1)
    block = f"Month\tUnknown\n{before:%b}\t7\n{newest:%b}\t8"
    fields = {"text": block, "measure": wait.ref, "frequency": "month"}
    page = client.post(address(cast, "paste"), fields)
    assert "Which year is meant?" in page.text
    assert '<option value="" selected>Choose …</option>' in page.text
    client.post(address(cast, "paste_save"), fields | {"shown": page.context["page"].shown})
    assert Observation.objects.count() == 0

    fields |= {"year": f"{newest.year}"}
    page = client.post(address(cast, "paste"), fields)
    assert "Which measure is meant?" in page.text
    assert f'<option value="{newest.year}" selected>' in page.text

    fields |= {"onto": "first"}
    page = client.post(address(cast, "paste"), fields)
    client.post(
        address(cast, "paste_save"),
        fields | {"shown": page.context["page"].shown, "seen": page.context["seen"]},
    )
    assert dict(Observation.objects.values_list("period", "value")) == {before: 7, newest: 8}


def test_the_layout_is_asked_where_the_shape_leaves_two(client: Client, cast: Cast, wait: Measure) -> None:
    make_measure(cast.own, "Harm")
    client.force_login(cast.data_entry)
    fields = {"text": "8\t81\n9\t82", "measure": wait.ref, "frequency": "month"}
    page = client.post(address(cast, "paste"), fields)
    assert "Which way does the block lie?" in page.text
    assert 'name="first"' not in page.text
    assert page.text.count('<option value="" selected>Choose …</option>') == 1
    unanswered = client.post(address(cast, "paste"), fields | {"way": ""})
    assert unanswered.context["paste"].cells == {}
    laid = client.post(address(cast, "paste"), fields | {"way": "down"})
    assert [cell.words for cell in laid.context["paste"].cells.values()] == ["8", "9"]
    assert '<option value="down" selected>' in laid.text
