"""What a pasted block leaves open is asked in its preview, with the safe answer chosen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from measures import periods
from measures.models import Measure, Observation, today_in
from measures.pages.entry.paste import preview
from measures.services.entry import pastes
from measures.services.entry.pastes import Paste
from organizations.models import Phase
from tests.actors import Cast
from tests.measures.series import make_measure
from tests.measures.test_paste import AT, DECEMBER, JANUARY, asked, cast, share, shown, wait

pytestmark = pytest.mark.django_db

__all__ = ["cast", "share", "wait"]


def questions(paste: Paste) -> list[tuple[str, str, list[str], list[str]]]:
    """Each question of the preview: its name, its words, its answers, and the chosen ones."""
    return [
        (
            one.name, one.words, [choice.words for choice in one.choices],
            [choice.value for choice in one.choices if choice.is_chosen],
        )
        for one in preview(paste).questions
    ]  # fmt: skip


def test_columns_without_names_are_asked_about_and_only_the_first_is_laid(
    cast: Cast, share: Measure, wait: Measure
) -> None:
    harm = make_measure(cast.own, "Harm")
    block = "Dec 2003\t7\t8\nJan 2004\t5\t6"
    paste = shown(cast, asked(block, wait))
    assert questions(paste) == [
        (
            "onto", "2 columns have no measure’s name",
            ["only the first, on Wait", "laid on Wait and Harm"], ["first"],
        )
    ]  # fmt: skip
    assert list(paste.cells) == [(wait.ref, DECEMBER), (wait.ref, JANUARY)]

    spread = shown(cast, asked(block, wait, spreads=True))
    assert questions(spread)[0][3] == ["all"]
    saved = pastes.save(
        cast.own, asked(block, wait, spreads=True), seen={}, why="", by=cast.data_entry, at=AT
    )
    assert saved.count == 4
    assert set(Observation.objects.values_list("measure", "period", "value")) == {
        (wait.pk, DECEMBER, 7), (wait.pk, JANUARY, 5), (harm.pk, DECEMBER, 8), (harm.pk, JANUARY, 6)
    }  # fmt: skip


def test_a_block_with_the_sheets_own_names_asks_nothing(cast: Cast, share: Measure, wait: Measure) -> None:
    paste = shown(cast, asked("\tDec 2003\tJan 2004\nSeen in time\t9/10\t8/10\nWait\t7\t5", share))
    assert (questions(paste), len(paste.written)) == ([], 4)


UNKNOWN = "Month\tUnknown measure\tOther unknown\nDec 2003\t7\t8\nJan 2004\t5\t6"


def test_a_head_that_names_no_measure_is_named_and_nothing_is_laid_until_it_is_said_where(
    cast: Cast, share: Measure, wait: Measure
) -> None:
    make_measure(cast.own, "Harm")
    paste = shown(cast, asked(UNKNOWN, wait))
    assert questions(paste) == [
        (
            "onto", "“Unknown measure” and 1 more name no measure of this sheet",
            ["left out", "only the first, on Wait", "laid on Wait and Harm"], ["out"],
        )
    ]  # fmt: skip
    assert (paste.cells, paste.problem) == (
        {},
        "Nothing is laid before you say which measure is meant.",
    )
    laid = shown(cast, asked(UNKNOWN, wait, lays_strange=True))
    assert (list(laid.cells), questions(laid)[0][3]) == (
        [(wait.ref, DECEMBER), (wait.ref, JANUARY)],
        ["first"],
    )
    assert len(shown(cast, asked(UNKNOWN, wait, spreads=True)).written) == 4


@pytest.mark.parametrize(
    "block",
    [
        "Month\tUnknown\nDec 2003\t7\nJan 2004\t5",
        "\tDec 2003\tJan 2004\nUnknown\t7\t5",
        "Unknown\n7\n5",
        "Unknown\t7\t5",
    ],
)
def test_a_name_alone_is_asked_about_any_way_round(cast: Cast, wait: Measure, block: str) -> None:
    words = "“Unknown” names no measure of this sheet"
    paste = shown(cast, asked(block, wait))
    assert questions(paste) == [("onto", words, ["left out", "laid on Wait"], ["out"])]
    assert (paste.cells, paste.problem) == ({}, "Nothing is laid before you say which measure is meant.")
    laid = shown(cast, asked(block, wait, lays_strange=True))
    assert [(ref, cell.words) for (ref, _), cell in laid.cells.items()] == [(wait.ref, "7"), (wait.ref, "5")]


@pytest.mark.parametrize("head", ["", "n", "Days", "Antal", "Value", "Count", "WAIT", "wait"])
def test_a_head_that_says_no_other_measure_asks_nothing(cast: Cast, wait: Measure, head: str) -> None:
    paste = shown(cast, asked(f"Month\t{head}\nDec 2003\t7\nJan 2004\t5", wait))
    assert (questions(paste), len(paste.written)) == ([], 2)


def test_what_has_the_shape_of_the_ratio_is_laid_and_its_strange_heads_are_asked_about(
    cast: Cast, share: Measure
) -> None:
    block = "Month\tWithin an hour\tArrivals\nDec 2003\t7\t8\nJan 2004\t5\t6"
    paste = shown(cast, asked(block, share))
    words = "“Within an hour” and 1 more name no measure of this sheet"
    assert questions(paste) == [("onto", words, ["left out", "laid on Seen in time"], ["first"])]
    assert (len(paste.written), shown(cast, asked(block, share, lays_strange=False)).cells) == (2, {})


HELD_BACK = "Dec 2003\t<5\nJan 2004\t*"
MIXED = "Nov 2003\tn/a\nDec 2003\t#N/A\nJan 2004\t<5"


def test_withheld_numbers_become_no_data_for_that_reason(cast: Cast, wait: Measure) -> None:
    paste = shown(cast, asked(HELD_BACK, wait))
    assert questions(paste) == [
        (
            "reason", "2 cells have no number (“<5” …)",
            ["left out", "no data: no cases", "no data: not collected", "no data: vendor late",
             "no data: system down", "no data: unit closed", "no data: withheld"],
            ["withheld"],
        )
    ]  # fmt: skip
    pastes.save(cast.own, asked(HELD_BACK, wait), seen={}, why="", by=cast.data_entry, at=AT)
    assert list(Observation.objects.order_by("period").values_list("period", "value", "no_data")) == [
        (DECEMBER, None, "withheld"),
        (JANUARY, None, "withheld"),
    ]


def test_cells_of_several_kinds_are_left_out_until_one_reason_is_chosen(cast: Cast, wait: Measure) -> None:
    paste = shown(cast, asked(MIXED, wait))
    assert questions(paste)[0][3] == [""]
    assert (len(paste.written), len(paste.of_kind("left-out"))) == (0, 3)

    pastes.save(
        cast.own, asked(MIXED, wait, reason="not_collected"), seen={}, why="", by=cast.data_entry, at=AT
    )
    assert set(Observation.objects.values_list("no_data", "value")) == {("not_collected", None)}
    assert Observation.objects.count() == 3


@pytest.mark.parametrize("reason", ["other", "tampered", ""])
def test_what_is_no_reason_for_all_of_them_leaves_them_out(cast: Cast, wait: Measure, reason: str) -> None:
    assert shown(cast, asked(HELD_BACK, wait, reason=reason)).written == []


def test_a_side_of_a_ratio_that_is_withheld_makes_it_no_data_and_numbers_stay_numbers(
    cast: Cast, share: Measure
) -> None:
    block = "Oct 2003\t<5\t388\nNov 2003\t<5/388\t\nDec 2003\t-\t-\nJan 2004\t9\t10"
    paste = shown(cast, asked(block, share, reason="withheld"))
    assert [cell.entry and (cell.entry.no_data or cell.entry.numerator) for cell in paste.cells.values()] == [
        "withheld", "withheld", "withheld", 9
    ]  # fmt: skip


def test_a_footnote_an_error_and_a_word_are_still_refused(cast: Cast, wait: Measure) -> None:
    paste = shown(cast, asked("Nov 2003\t12*\nDec 2003\t#DIV/0!\nJan 2004\tlater", wait, reason="no_cases"))
    assert (questions(paste), len(paste.of_kind("left-out"))) == ([], 3)


@pytest.mark.parametrize(
    ("country", "chosen", "month"),
    [("US", "month", 7), ("us", "month", 7), ("SE", "day", 1), ("GB", "day", 1)],
)
def test_a_slashed_date_is_read_as_its_country_writes_it_and_can_be_turned(
    cast: Cast, wait: Measure, country: str, chosen: str, month: int
) -> None:
    cast.own.country = country
    cast.own.save()
    paste = shown(cast, asked("7/1/2003\t9", wait))
    assert questions(paste) == [
        ("order", "“7/1/2003” is", ["1 July 2003, month first", "7 January 2003, day first"], [chosen])
    ]
    assert [cell.period for cell in paste.written] == [date(2003, month, 1)]

    turned = shown(cast, asked("7/1/2003\t9", wait, is_month_first=chosen != "month"))
    assert [cell.period.month for cell in turned.written] == [8 - month]


def test_a_slashed_date_of_an_organization_without_a_country_is_asked_about(
    client: Client, cast: Cast, wait: Measure
) -> None:
    cast.own.country = ""
    cast.own.save()
    client.force_login(cast.data_entry)
    where = [cast.collaborative.slug, cast.own.ref]
    fields = {"text": "7/1/2003\t9", "measure": wait.ref, "frequency": "month"}
    page = client.post(reverse("measures:paste", args=where), fields)
    assert '<option value="" selected>Choose …</option>' in page.text
    assert "“7/1/2003” is one day with the month first" in page.text

    chosen = client.post(reverse("measures:paste", args=where), fields | {"order": "month"})
    assert [cell.period for cell in chosen.context["paste"].written] == [date(2003, 7, 1)]


def test_an_answer_that_was_not_seen_is_shown_before_it_is_saved(
    client: Client, cast: Cast, share: Measure, wait: Measure
) -> None:
    make_measure(cast.own, "Harm")
    client.force_login(cast.data_entry)
    where = [cast.collaborative.slug, cast.own.ref]
    newest = periods.latest_complete(today_in("UTC", datetime.now(UTC)), "month")
    Phase.objects.filter(pk=cast.implementation.pk).update(ends_on=newest + timedelta(days=366))
    fields = {"text": f"{newest}\t7\t8", "measure": wait.ref, "frequency": "month", "onto": "first"}
    first = client.post(reverse("measures:paste", args=where), fields)
    saving = fields | {"shown": first.context["page"].shown, "seen": first.context["seen"]}

    asked_again = client.post(reverse("measures:paste_save", args=where), saving | {"onto": "all"})
    assert '<option value="all" selected>laid on Wait and Harm</option>' in asked_again.text
    assert Observation.objects.count() == 0

    saving |= {"onto": "all", "shown": asked_again.context["page"].shown, "seen": asked_again.context["seen"]}
    client.post(reverse("measures:paste_save", args=where), saving)
    assert Observation.objects.count() == 2
