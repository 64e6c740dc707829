"""Log the month in a real browser: by keyboard alone, by paste, by two people at once; the console stays empty."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sheets import cell, opened, paste, row
from tests.live import LiveSite
from tests.measures.series import SHARE

pytestmark = pytest.mark.browser

WORDS = SHARE["denominator_words"]


def test_a_month_is_logged_by_keyboard_alone(sheet: Page, place: dict[str, str]) -> None:
    cell(sheet, place, "Adverse drug events").focus()
    sheet.keyboard.type("12")
    sheet.keyboard.press("Enter")
    expect(cell(sheet, place, "Days between codes")).to_be_focused()
    expect(row(sheet, "Adverse drug events").locator(".now")).to_have_text("Saved")

    sheet.keyboard.press("n")
    sheet.keyboard.press("ArrowDown")
    sheet.keyboard.press("Enter")
    expect(row(sheet, "Days between codes").locator(".now")).to_have_text("No data")
    expect(cell(sheet, place, "Third next appointment", "numerator")).to_be_focused()

    sheet.keyboard.type("132")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("128")
    sheet.keyboard.press("Enter")
    refused = row(sheet, "Third next appointment")
    expect(refused.locator(".words")).to_contain_text(
        "132 of 128: the numerator is greater than the denominator."
    )
    expect(cell(sheet, place, "Third next appointment", "numerator")).to_have_attribute(
        "aria-invalid", "true"
    )
    expect(sheet.locator(".progress")).to_have_text("2 of 4 done, 1 needs you, 1 due")

    sheet.keyboard.press("j")
    expect(cell(sheet, place, "Third next appointment", "numerator")).to_be_focused()
    sheet.keyboard.type("82")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("100")
    sheet.keyboard.press("Enter")
    expect(refused.locator(".now")).to_have_text("Saved")
    expect(refused.locator("output")).to_have_text("82.0")


def test_arrows_go_to_an_earlier_month_and_enter_opens_it(sheet: Page, place: dict[str, str]) -> None:
    cell(sheet, place, "Days between codes").focus()
    sheet.keyboard.press("ArrowLeft")
    sheet.keyboard.press("Enter")
    sheet.wait_for_url("**/sheet/?period=*")
    expect(sheet.locator("table.sheet")).not_to_have_attribute("aria-label", place["month"])
    expect(row(sheet, "Days between codes").locator(".cell input")).to_be_focused()


def test_escape_takes_back_what_is_typed(sheet: Page, place: dict[str, str]) -> None:
    field = cell(sheet, place, "Adverse drug events")
    field.focus()
    sheet.keyboard.type("99")
    sheet.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_a_word_typed_into_a_number_opens_nothing(sheet: Page, place: dict[str, str]) -> None:
    field = cell(sheet, place, "Adverse drug events")
    field.focus()
    sheet.keyboard.type("abt ten cc")
    expect(field).to_have_value("abt ten cc")
    expect(field).to_be_focused()
    sheet.keyboard.press("Escape")


def test_the_letters_act_on_a_saved_number_and_leave_it(sheet: Page, place: dict[str, str]) -> None:
    field = cell(sheet, place, "Adverse drug events")
    field.focus()
    sheet.keyboard.type("12")
    sheet.keyboard.press("Enter")
    saved = row(sheet, "Adverse drug events")
    expect(saved.locator(".now")).to_have_text("Saved")
    for letter, opened_field in (("n", "select"), ("c", "textarea")):
        field.focus()  # all of it is selected
        sheet.keyboard.press(letter)
        expect(saved.locator(f"details.more {opened_field}")).to_be_focused()
        expect(field).to_have_value("12")
        sheet.keyboard.press("Escape")
    expect(field).to_be_focused()
    sheet.keyboard.type("9nc")
    expect(field).to_have_value("9nc")
    expect(field).to_be_focused()
    sheet.keyboard.press("Escape")


def test_j_goes_to_what_needs_you_and_then_through_all_that_is_open(
    sheet: Page, place: dict[str, str]
) -> None:
    cell(sheet, place, "Adverse drug events").focus()
    sheet.keyboard.type("999")
    sheet.keyboard.press("Enter")
    expect(row(sheet, "Adverse drug events").locator(".now")).to_have_text("Outside its limits")
    expect(cell(sheet, place, "Days between codes")).to_be_focused()
    visited = []
    for _ in range(6):
        sheet.keyboard.press("j")
        visited.append(sheet.evaluate("document.activeElement.closest('tbody[data-row]').dataset.name"))
    assert visited == [
        "Adverse drug events",
        "Third next appointment",  # not straight back to the one that was left
        "Written care plan",
        "Adverse drug events",
        "Days between codes",
        "Third next appointment",
    ]


def test_every_key_is_listed(sheet: Page, place: dict[str, str]) -> None:
    cell(sheet, place, "Adverse drug events").focus()
    sheet.keyboard.press("?")
    expect(sheet.get_by_role("dialog", name="Keys of the sheet")).to_be_visible()


def test_the_second_of_two_people_sees_the_first_ones_number_and_chooses(
    sheet: Page, place: dict[str, str], live_p2: LiveSite, browser: Browser
) -> None:
    other = browser.new_context()
    rosa = opened(other.new_page(), live_p2, place, "rosa")
    cell(rosa, place, "Days between codes").fill("6")
    rosa.keyboard.press("Enter")
    expect(row(rosa, "Days between codes").locator(".now")).to_have_text("Saved")
    other.close()

    cell(sheet, place, "Days between codes").fill("8")
    sheet.keyboard.press("Enter")
    clash = row(sheet, "Days between codes")
    expect(clash.locator(".words")).to_contain_text("Rosa Lindqvist saved 6 at")
    clash.get_by_role("button", name="Keep 6").click()
    expect(cell(sheet, place, "Days between codes")).to_have_value("6")
    expect(clash.locator(".now")).to_have_text("Saved")


def test_a_pasted_block_is_seen_before_it_is_saved(sheet: Page, place: dict[str, str]) -> None:
    paste(sheet, cell(sheet, place, "Adverse drug events"), "11\n7\n")
    expect(sheet.get_by_role("button", name="Save 1 number")).to_be_focused()
    sheet.get_by_label("2 rows have no measure’s name").select_option(
        "laid on Adverse drug events and Days between codes"
    )
    expect(sheet.get_by_role("button", name="Save 2 numbers")).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(sheet.get_by_text("2 numbers saved.")).to_be_visible()
    expect(sheet.locator(".progress")).to_contain_text("2 of 4 done")


def test_the_preview_brings_its_first_change_into_view(sheet: Page, place: dict[str, str]) -> None:
    sheet.set_viewport_size({"width": 1280, "height": 360})
    paste(sheet, cell(sheet, place, "Written care plan"), "Written care plan\t7")
    expect(sheet.get_by_role("button", name="Save 1 number")).to_be_focused()
    changed = sheet.locator("td.proposed")
    expect(changed).to_be_in_viewport(ratio=1)
    is_seen = """cell => {
      const box = cell.getBoundingClientRect();
      return cell.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    }"""
    assert changed.evaluate(is_seen)


def test_the_trend_follows_once_the_worker_has_computed_it(sheet: Page, place: dict[str, str]) -> None:
    cell(sheet, place, "Adverse drug events").fill("12")
    sheet.keyboard.press("Enter")
    saved = row(sheet, "Adverse drug events")
    expect(saved.locator(".now")).to_have_text("Saved")
    expect(saved).not_to_have_attribute("data-following", "", timeout=30_000)


def test_the_words_of_a_number_stand_at_its_cell_and_its_month_stays_in_sight(
    sheet: Page, place: dict[str, str]
) -> None:
    field = cell(sheet, place, "Third next appointment", "denominator")
    words = sheet.locator(f"[id='{field.get_attribute('id')}-words']")
    for width in (360, 820, 1280):
        sheet.set_viewport_size({"width": width, "height": 400})
        field.focus()
        expect(words).to_have_text(WORDS)
        expect(field).to_have_accessible_description(WORDS)
        box = words.bounding_box()
        assert box is not None
        assert box["width"] > 40

    sheet.mouse.wheel(0, 260)
    head = sheet.locator("thead .open")
    expect(head).to_be_in_viewport(ratio=1)


def test_a_note_that_looks_like_a_patients_is_asked_about_beside_it_and_saved_as_chosen(
    sheet: Page, place: dict[str, str]
) -> None:
    name = "Adverse drug events"
    cell(sheet, place, name).fill("12")
    sheet.keyboard.press("Home")
    row(sheet, name).locator("summary").click()
    row(sheet, name).get_by_label("Note").fill("one was 123-45-6789")
    row(sheet, name).locator(".sheet-of").get_by_role("button", name="Save").click()
    expect(row(sheet, name).locator("tr.message .words")).to_contain_text(
        "“123-45-6789” looks like a social security number. P2 keeps no patient data."
    )
    expect(row(sheet, name)).to_have_attribute("data-state", "not-saved")

    row(sheet, name).get_by_role("button", name="Change the note").click()
    expect(row(sheet, name).locator("textarea")).to_be_focused()
    row(sheet, name).get_by_role("button", name="Save as it is").click()
    expect(row(sheet, name)).to_have_attribute("data-state", re.compile("^(saved|outside-limits)$"))
    sheet.reload()
    expect(row(sheet, name).locator("textarea")).to_have_value("one was 123-45-6789")
