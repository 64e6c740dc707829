"""A sheet that stays open while its reader is signed out, or somebody else signs in: what was typed is not lost."""

import pytest
from playwright.sync_api import Page, expect

from organizations.demo.sign_ins import PASSWORD
from tests.browser.sheets import cell, row
from tests.live import LiveSite

pytestmark = pytest.mark.browser

EVENTS, DAYS, PLAN = "Adverse drug events", "Days between codes", "Written care plan"


@pytest.fixture
def place(live_p2: LiveSite) -> dict[str, str]:
    made: dict[str, str] = live_p2.ask("tests.browser.sheet_cast.load_with_passwords")
    return made


def sign_out(tab: Page, live_p2: LiveSite) -> None:
    tab.goto(f"{live_p2.address}/accounts/logout/")
    tab.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()


def sign_in(tab: Page, live_p2: LiveSite, address: str) -> None:
    tab.goto(f"{live_p2.address}/accounts/login/")
    tab.locator("[name=login]").fill(address)
    tab.locator("[name=password]").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.wait_for_url(f"{live_p2.address}/")


def type_and_leave(sheet: Page, place: dict[str, str], name: str, number: str) -> None:
    cell(sheet, place, name).fill(number)
    sheet.keyboard.press("Enter")


def test_a_sheet_saves_again_once_its_reader_is_signed_in_again_and_in_no_other_name(
    live_p2: LiveSite, sheet: Page, place: dict[str, str], console: list[str]
) -> None:
    tab = sheet.context.new_page()
    sign_out(tab, live_p2)
    type_and_leave(sheet, place, EVENTS, "12")
    expect(row(sheet, EVENTS).locator(".words")).to_contain_text(
        "You are signed out: sign in again in another tab, then leave this cell again."
    )

    sign_in(tab, live_p2, place["rosa_address"])
    type_and_leave(sheet, place, DAYS, "9")
    expect(row(sheet, DAYS).locator(".words")).to_contain_text(
        "Somebody else is signed in now in this browser"
    )
    expect(cell(sheet, place, DAYS)).to_have_value("9")

    sign_out(tab, live_p2)
    sign_in(tab, live_p2, place["amara_address"])
    for name in (EVENTS, DAYS):
        cell(sheet, place, name).focus()
        sheet.keyboard.press("Enter")
        expect(row(sheet, name).locator(".state .now")).not_to_have_text("Not saved")
        expect(row(sheet, name).locator("tr.message.invalid")).to_have_count(0)

    sign_out(tab, live_p2)
    sign_in(tab, live_p2, place["amara_address"])
    sheet.get_by_role("button", name=f"{place['month']} is complete").click()
    expect(sheet.get_by_text("2 numbers of")).to_be_visible()
    console.clear()  # a refused request leaves a line


def test_signed_out_a_typed_note_is_kept_and_the_way_to_sign_in_stands_beside_it(
    live_p2: LiveSite, sheet: Page, place: dict[str, str], console: list[str]
) -> None:
    type_and_leave(sheet, place, EVENTS, "12")
    expect(row(sheet, EVENTS).locator(".state .now")).not_to_have_text("Due")
    tab = sheet.context.new_page()
    sign_out(tab, live_p2)
    tab.close()
    line = row(sheet, EVENTS)
    cell(sheet, place, EVENTS).focus()
    for key in ("c", "A strike", "Enter"):
        sheet.keyboard.type(key) if " " in key else sheet.keyboard.press(key)
    expect(line.locator(".words")).to_contain_text(
        "You are signed out, and your note is kept here: sign in again in another tab, then save it."
    )
    expect(line.locator(".state .now")).to_have_text("Note not saved")
    expect(line.locator("textarea")).to_be_hidden()

    link = line.get_by_role("link", name="sign in again in another tab")
    expect(link).to_have_attribute("rel", "noopener")
    with sheet.context.expect_page() as opening:
        link.click()
    expect(opening.value.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(opening.value, live_p2, place["amara_address"])
    line.get_by_role("button", name="Open the note").click()
    expect(line.locator("textarea")).to_be_focused()
    expect(line.locator("textarea")).to_have_value("A strike")
    sheet.keyboard.press("Enter")
    expect(line.locator(".has-note")).to_have_attribute("title", "A strike")
    console.clear()  # a refused request leaves a line
