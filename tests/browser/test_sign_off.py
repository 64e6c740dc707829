"""A sheet signed off in a real browser: with a number that is still typed, and lifted under the eyes of its reader."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sheets import cell, row
from tests.live import LiveSite

pytestmark = pytest.mark.browser

EVENTS, DAYS = "Adverse drug events", "Days between codes"


@pytest.fixture
def place(live_p2: LiveSite) -> dict[str, str]:
    made: dict[str, str] = live_p2.ask("tests.browser.sheet_cast.load")
    return made


def test_a_typed_number_is_saved_and_the_sheet_signed_off_by_keyboard_until_it_changes(
    sheet: Page, place: dict[str, str], console: list[str]
) -> None:
    cell(sheet, place, EVENTS).fill("12")
    sheet.get_by_role("button", name=f"{place['month']} is complete").press("Enter")
    expect(sheet.get_by_text(f"3 numbers of {place['month']} are still missing.")).to_be_visible()
    expect(sheet.get_by_role("listitem").filter(has_text=DAYS)).to_be_visible()
    sheet.get_by_role("button", name="Sign off without these 3").press("Enter")
    complete = sheet.locator(".month-head").get_by_text("Complete: Amara Okafor")
    expect(complete).to_be_visible()
    expect(cell(sheet, place, EVENTS)).to_have_value("12")

    cell(sheet, place, DAYS).fill("9")
    sheet.keyboard.press("Enter")
    expect(complete).to_be_hidden()
    expect(sheet.get_by_text("changed since by you.")).to_be_visible()
    expect(sheet.get_by_role("button", name="Take it back")).to_be_hidden()
    expect(sheet.get_by_role("button", name=f"{place['month']} is complete")).to_be_visible()
    assert not console


def test_one_press_is_enough_where_nothing_is_being_saved(sheet: Page, place: dict[str, str]) -> None:
    sheet.get_by_role("button", name=f"{place['month']} is complete").click()
    expect(sheet.get_by_text(f"4 numbers of {place['month']} are still missing.")).to_be_visible()


def test_a_refused_row_keeps_the_sheet_from_being_sent(sheet: Page, place: dict[str, str]) -> None:
    field = cell(sheet, place, EVENTS)
    field.fill("many")
    sheet.get_by_role("button", name=f"{place['month']} is complete").click()
    expect(row(sheet, EVENTS).locator(".state .now")).to_have_text("Not saved")
    expect(field).to_be_focused()
    expect(field).to_have_value("many")
