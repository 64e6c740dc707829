"""Where the eye and the focus of somebody who logs are: kept while rows are saved, at every width, with long names."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sheets import cell, paste, row

pytestmark = pytest.mark.browser


def test_tab_goes_on_while_its_row_is_saved(sheet: Page, place: dict[str, str]) -> None:
    cell(sheet, place, "Adverse drug events").focus()
    sheet.keyboard.type("12")
    sheet.keyboard.press("Tab")
    saved = row(sheet, "Adverse drug events")
    expect(saved.locator(".now")).to_have_text("Saved")
    expect(saved.locator("summary")).to_be_focused()


def test_a_panel_opened_beside_a_typed_number_stays_open_when_the_number_is_saved(
    sheet: Page, place: dict[str, str]
) -> None:
    cell(sheet, place, "Adverse drug events").focus()
    sheet.keyboard.type("12")
    saved = row(sheet, "Adverse drug events")
    saved.locator("summary").click()
    expect(saved.locator(".now")).to_have_text("Saved")
    expect(saved.get_by_label("Note", exact=True)).to_be_visible()


def test_j_leads_to_the_sign_off_when_nothing_is_left(sheet: Page, place: dict[str, str]) -> None:
    for name in ("Adverse drug events", "Days between codes", "Written care plan"):
        cell(sheet, place, name).fill("12")
        sheet.keyboard.press("Enter")
        expect(row(sheet, name).locator(".now")).to_have_text("Saved")
    cell(sheet, place, "Third next appointment", "numerator").fill("82/100")
    sheet.keyboard.press("Enter")
    expect(row(sheet, "Third next appointment").locator(".now")).to_have_text("Saved")
    cell(sheet, place, "Adverse drug events").focus()
    sheet.keyboard.press("j")
    expect(sheet.get_by_role("button", name=f"{place['month']} is complete")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_name_without_a_space_covers_no_number(sheet: Page, place: dict[str, str], width: int) -> None:
    sheet.set_viewport_size({"width": width, "height": 800})
    name = sheet.locator("tbody th.name a").first
    name.evaluate("name => { name.textContent = 'Adversedrugevents'.repeat(7) }")
    sheet.locator(".crumbs a").first.evaluate("crumb => { crumb.textContent = 'Hospital'.repeat(15) }")
    inside = "name => name.getBoundingClientRect().right <= name.closest('th').getBoundingClientRect().right"
    assert name.evaluate(inside)
    assert sheet.evaluate("document.documentElement.scrollWidth") == width


def test_a_block_that_is_refused_is_corrected_in_a_field_on_a_phone_too(
    sheet: Page, place: dict[str, str]
) -> None:
    sheet.set_viewport_size({"width": 360, "height": 800})
    paste(sheet, cell(sheet, place, "Adverse drug events"), "24-Jan\t5\n")
    expect(sheet.get_by_role("button", name="Correct the cells")).to_be_focused()
    head, number = sheet.locator("thead .past").last, sheet.locator("tbody .past").last
    assert head.bounding_box()["x"] == number.bounding_box()["x"]  # type: ignore[index]
    sheet.keyboard.press("Enter")
    field = sheet.get_by_label("Cells from a spreadsheet")
    expect(field).to_have_value("24-Jan\t5\n")
    expect(field).to_be_focused()


def test_what_is_saved_comes_back_for_a_number_that_was_refused(sheet: Page, place: dict[str, str]) -> None:
    field = cell(sheet, place, "Adverse drug events")
    for number in ("12", "x"):
        field.fill(number)
        sheet.keyboard.press("Enter")
        expect(row(sheet, "Adverse drug events").locator(".now")).to_have_text(
            "Saved" if number == "12" else "Not saved"
        )
    sheet.get_by_role("button", name="Keep 12").click()
    expect(field).to_have_value("12")
    expect(field).to_be_focused()
    expect(row(sheet, "Adverse drug events").locator(".now")).to_have_text("Saved")


def test_a_part_that_is_empty_on_a_phone_says_so(sheet: Page) -> None:
    sheet.set_viewport_size({"width": 360, "height": 800})
    expect(sheet.get_by_text("Nothing needs you.")).to_be_hidden()
    sheet.get_by_role("link", name="Needs you 0").click()
    expect(sheet.get_by_text("Nothing needs you.")).to_be_visible()
    expect(sheet.get_by_text("Nothing is due.")).to_be_hidden()


def test_no_field_is_led_to_that_lies_under_the_bar_of_a_phone(sheet: Page) -> None:
    sheet.set_viewport_size({"width": 360, "height": 480})
    free = """() => document.activeElement.getBoundingClientRect().bottom
        <= document.querySelector(".sheet-bar").getBoundingClientRect().top"""
    for _ in range(4):
        sheet.get_by_role("button", name="Save and next").click()
        assert sheet.evaluate("document.activeElement.matches('.cell input')")
        assert sheet.evaluate(free)


@pytest.mark.parametrize("width", [920, 1280])
def test_the_month_stays_in_sight_while_the_sheet_scrolls(sheet: Page, width: int) -> None:
    sheet.set_viewport_size({"width": width, "height": 300})
    sheet.locator(".cell input").last.focus()
    assert sheet.evaluate("scrollY") > 0
    assert sheet.locator("table.sheet thead .open").bounding_box()["y"] >= 0  # type: ignore[index]
    assert sheet.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("typed", ["many", "82"])
def test_what_is_typed_and_not_saved_is_not_lost_with_the_page_unasked(
    sheet: Page, place: dict[str, str], typed: str
) -> None:
    field = cell(sheet, place, "Third next appointment", "numerator")
    field.fill(typed)
    sheet.keyboard.press("Enter")  # to its denominator
    sheet.keyboard.press("Enter")
    expect(row(sheet, "Third next appointment").locator(".now")).to_have_text("Not saved")
    with sheet.expect_event("dialog") as asked:
        paste(sheet, cell(sheet, place, "Written care plan"), "8\n9\n")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(field).to_have_value(typed)


def test_what_is_counted_in_the_first_row_stands_below_the_black_head(
    sheet: Page, place: dict[str, str]
) -> None:
    field = cell(sheet, place, "Adverse drug events")
    field.focus()
    head, hint = (
        sheet.locator("table.sheet thead").bounding_box(),
        sheet.locator(".cell .label").first.bounding_box(),
    )
    box = field.bounding_box()
    assert head
    assert hint
    assert box
    assert head["y"] + head["height"] <= hint["y"]
    assert hint["y"] + hint["height"] <= box["y"] + 1
