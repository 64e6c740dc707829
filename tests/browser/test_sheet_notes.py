"""A note and a ratio at the keyboard: nothing that is typed is lost, or lands in another measure."""

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.sheets import cell, opened, row
from tests.live import LiveSite

pytestmark = pytest.mark.browser

EVENTS, DAYS, NEXT, PLAN = (
    "Adverse drug events", "Days between codes", "Third next appointment", "Written care plan",
)  # fmt: skip


def test_enter_saves_a_note_and_escape_keeps_it(sheet: Page, place: dict[str, str]) -> None:
    cell(sheet, place, EVENTS).focus()
    sheet.keyboard.press("c")
    note = row(sheet, EVENTS).locator("textarea")
    expect(note).to_be_focused()
    sheet.keyboard.type("One")
    sheet.keyboard.press("Shift+Enter")
    sheet.keyboard.type("two")
    sheet.keyboard.press("Escape")
    expect(cell(sheet, place, EVENTS)).to_be_focused()
    expect(note).to_be_hidden()
    expect(note).to_have_value("One\ntwo")
    expect(row(sheet, EVENTS)).to_have_attribute("data-state", "due")  # the number comes first
    sheet.keyboard.type("12")
    sheet.keyboard.press("Enter")
    expect(row(sheet, EVENTS).locator(".has-note")).to_have_attribute("title", "One\ntwo")

    cell(sheet, place, EVENTS).focus()
    sheet.keyboard.press("c")
    sheet.keyboard.type(" three")
    sheet.keyboard.press("Enter")
    expect(row(sheet, EVENTS).locator(".has-note")).to_have_attribute("title", "One\ntwo three")
    expect(cell(sheet, place, DAYS)).to_be_focused()

    sheet.keyboard.press("n")
    sheet.keyboard.press("ArrowDown")
    sheet.keyboard.press("Escape")
    expect(row(sheet, DAYS).locator("select")).to_have_value("")


def test_enter_goes_from_a_numerator_to_its_empty_denominator(sheet: Page, place: dict[str, str]) -> None:
    cell(sheet, place, NEXT, "numerator").focus()
    sheet.keyboard.type("82")
    sheet.keyboard.press("Enter")
    expect(cell(sheet, place, NEXT, "denominator")).to_be_focused()
    sheet.keyboard.type("100")
    sheet.keyboard.press("Enter")
    expect(cell(sheet, place, PLAN)).to_be_focused()
    expect(cell(sheet, place, PLAN)).to_have_value("")
    expect(row(sheet, NEXT).locator("output")).to_have_text("82.0")
    for field in ("numerator", "denominator"):
        cell(sheet, place, NEXT, field).fill("")
    cell(sheet, place, NEXT, "numerator").fill("12 of 388")
    cell(sheet, place, NEXT, "numerator").press("Enter")
    expect(cell(sheet, place, PLAN)).to_be_focused()


def test_of_two_numbers_the_other_one_is_kept_with_ones_own_note_and_no_untouched_one_is_offered_back(
    sheet: Page, place: dict[str, str], live_p2: LiveSite, browser: Browser
) -> None:
    other = browser.new_context()
    rosa = opened(other.new_page(), live_p2, place, "rosa")
    for name in (DAYS, PLAN):
        cell(rosa, place, name).fill("6")
        rosa.keyboard.press("Enter")
        expect(row(rosa, name).locator(".now")).to_have_text("Saved")
    other.close()

    line = row(sheet, DAYS)
    cell(sheet, place, DAYS).focus()
    sheet.keyboard.press("c")
    sheet.keyboard.type("A strike")
    sheet.keyboard.press("Escape")
    cell(sheet, place, DAYS).fill("8")
    sheet.keyboard.press("Enter")
    expect(line.locator(".words")).to_contain_text("Rosa Lindqvist saved 6 at")
    line.get_by_role("button", name="Keep 6").click()
    expect(line.locator(".has-note")).to_have_attribute("title", "A strike")
    expect(cell(sheet, place, DAYS)).to_have_value("6")
    expect(line.locator("tr.message")).to_have_count(0)

    stale = row(sheet, PLAN)
    stale.locator("summary").click()
    stale.locator(".sheet-of").get_by_role("button", name="Save").click()
    expect(stale.locator(".words")).to_contain_text("after you opened the sheet.")
    expect(cell(sheet, place, PLAN)).to_have_value("6")
    stale.get_by_role("button", name="Go on with 6").click()
    expect(stale.locator(".state .now")).to_have_text("Saved")


@pytest.mark.parametrize("width", [360, 768, 1100, 1280, 1920])
def test_two_long_notes_stand_in_their_own_row_each_under_whose_it_is(
    sheet: Page, place: dict[str, str], live_p2: LiveSite, browser: Browser, width: int
) -> None:
    cell(sheet, place, EVENTS).fill("12")
    sheet.keyboard.press("Enter")
    expect(row(sheet, EVENTS).locator(".state .now")).not_to_have_text("Due")
    other = browser.new_context()
    rosa = opened(other.new_page(), live_p2, place, "rosa")
    for page, word in ((rosa, "north "), (sheet, "south ")):
        line = row(page, EVENTS)
        line.locator("summary").click()
        line.locator("textarea").fill((word * 200)[:999])
        line.locator(".sheet-of").get_by_role("button", name="Save").click()
        expect(line.locator("textarea")).to_be_hidden()
    other.close()

    sheet.set_viewport_size({"width": width, "height": 800})
    line = row(sheet, EVENTS)
    expect(line.locator(".whose")).to_have_text(
        ["Rosa Lindqvist wrote while you had it open", "Your note, not saved"]
    )
    end = bottom(line)
    insides = [*line.locator(".written").all(), *line.locator(".ways button").all()]
    assert len(insides) == 4
    assert [bottom(one) <= end for one in insides] == [True] * 4
    theirs, mine = (box(one) for one in line.locator(".written").all())
    is_beside = width >= 1100
    assert (theirs["y"] == mine["y"], theirs["x"] == mine["x"]) == (is_beside, not is_beside)
    assert mine["x"] + mine["width"] <= (box(line.locator(".ways"))["x"] if width >= 600 else width)
    keep, save = (box(one) for one in line.locator(".ways button").all())
    assert save["x"] - keep["x"] - keep["width"] >= 8 or save["y"] - keep["y"] - keep["height"] >= 8


def box(element: Locator) -> FloatRect:
    found = element.bounding_box()
    assert found
    return found


def bottom(element: Locator) -> float:
    return box(element)["y"] + box(element)["height"]
