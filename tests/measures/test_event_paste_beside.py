"""Event dates beside a month that a block names: it tells their day from their month, and takes no other."""

from datetime import date

import pytest

from measures.models import Measure
from measures.pages.entry.paste_questions import questions
from tests.actors import Cast
from tests.measures.test_event_paste import cast, codes, days, save
from tests.measures.test_paste import DECEMBER, asked, shown

pytestmark = pytest.mark.django_db

__all__ = ["cast", "codes"]

BESIDE = [
    "Dec 2003\t12/03/2003",
    "Month\tCodes\nDec 2003\t03/12/2003",
    "Month\tCodes\nDec 2003\t2003-12-03\nTotal\t",
    "Dec 2003\n12/03/2003",
    "2003-12-01\t12/03/2003\n2004-01-01\t",
    "Date\tCodes\n1 Dec 2003\t03/12/2003",
    "\tDec 2003\nCodes\t3-12-03",
    "2003-12\t3/12/2003 14:30\nJan\t",
    "Dec 2003\t12/3/2003\nDec 2003\t3/12/2003\n",
]


@pytest.mark.parametrize("country", ["US", "SE", ""])
@pytest.mark.parametrize("block", BESIDE)
def test_the_month_beside_a_date_tells_its_day_from_its_month(
    cast: Cast, codes: Measure, block: str, country: str
) -> None:
    cast.own.country = country
    paste = shown(cast, asked(block, codes))
    assert [question.name for question in questions(paste)] == []
    assert {(cell.kind, cell.days) for cell in paste.cells.values()} == {
        ("new", (date(2003, 12, 3),) * (2 if "Dec 2003\t3/" in block else 1))
    }


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("03/04/2003", "“03/04/2003” is 3 April 2003 or 4 March 2003: neither lies in December 2003."),
        ("17/04/2003", "17 April 2003 does not lie in December 2003. Enter it where its own period is open."),
        ("3/12/2003, 3/1/2004", "“3/1/2004” is 3 January 2004 or 1 March 2004: neither lies in December 2003."),
    ],
)  # fmt: skip
def test_a_date_of_another_month_than_the_one_beside_it_is_left_out_and_named(
    cast: Cast, codes: Measure, cell: str, sentence: str
) -> None:
    paste = shown(cast, asked(f"Dec 2003\t{cell}\nJan 2004\t5/1/2004", codes))
    assert [(one.period, one.sentence) for one in paste.of_kind("left-out")] == [(DECEMBER, sentence)]
    assert [one.days for one in paste.written] == [(date(2004, 1, 5),)]


def test_a_list_under_another_name_is_asked_about(cast: Cast, codes: Measure) -> None:
    block = "Needle sticks\n2003-12-17\n2004-01-05"
    paste = shown(cast, asked(block, codes))
    words = "“Needle sticks” names no measure of this sheet"
    assert [(one.name, one.words) for one in questions(paste)] == [("onto", words)]
    assert (paste.cells, paste.problem) == ({}, "Nothing is laid before you say which measure is meant.")
    save(cast, asked(block, codes, lays_strange=True))
    assert days(codes) == ["17 Dec", "05 Jan"]
