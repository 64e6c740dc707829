"""Undo in a real browser: of a pasted block, and of a month that was logged cell by cell."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sheets import cell, paste, row
from tests.live import LiveSite

pytestmark = pytest.mark.browser

EVENTS, DAYS = "Adverse drug events", "Days between codes"


@pytest.fixture
def place(live_p2: LiveSite) -> dict[str, str]:
    made: dict[str, str] = live_p2.ask("tests.browser.sheet_cast.load")
    return made


def test_a_paste_is_undone_by_the_button_in_its_answer(sheet: Page, place: dict[str, str]) -> None:
    paste(sheet, cell(sheet, place, EVENTS), "11\n7\n")
    sheet.get_by_label("2 rows have no measure’s name").select_option(f"laid on {EVENTS} and {DAYS}")
    sheet.get_by_role("button", name="Save 2 numbers").click()
    expect(sheet.get_by_text("2 numbers saved.")).to_be_visible()
    expect(sheet.get_by_text("You can undo this until")).to_be_visible()
    sheet.get_by_role("button", name="Undo", exact=True).click()
    expect(sheet.get_by_text("2 numbers put back.")).to_be_visible()
    expect(sheet.locator(".progress")).to_contain_text("0 of 4 done")


def test_a_logged_month_is_undone_in_one_step(sheet: Page, place: dict[str, str]) -> None:
    offer = sheet.get_by_text("in the last 24 hours can be undone")
    expect(offer).to_be_hidden()
    for name, number in ((EVENTS, "12"), (DAYS, "9")):
        cell(sheet, place, name).fill(number)
        sheet.keyboard.press("Enter")
        expect(row(sheet, name).locator(".state .now")).not_to_have_text("Due")
    expect(offer).to_be_visible()
    sheet.get_by_role("button", name=f"Undo {place['month']}").click()
    expect(sheet.get_by_text("2 numbers put back.")).to_be_visible()
    expect(cell(sheet, place, EVENTS)).to_have_value("")
    expect(sheet.locator(".progress")).to_contain_text("0 of 4 done")
