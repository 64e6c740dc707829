"""One form in two tabs of a real browser: what the second one saves is not taken for what the first one saw."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sheets import cell, opened, row
from tests.live import LiveSite

pytestmark = pytest.mark.browser

EVENTS = "Adverse drug events"


def test_two_tabs_with_one_form_see_each_other(live_p2: LiveSite, page: Page, place: dict[str, str]) -> None:
    me = {**place, "path": "/me/"}
    first, second = opened(page, live_p2, me, "amara"), opened(page.context.new_page(), live_p2, me, "amara")
    for tab, name in ((first, "Amara O."), (second, "Dr Okafor")):
        tab.get_by_label("Your name").fill(name)
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("Saved.")).to_be_visible()

    second.get_by_label("Your name").press("Enter")

    expect(second.get_by_role("alert")).to_have_text(
        re.compile(
            "You saved this in another window after you opened it here. This is not saved yet.\\s+"
            "Save yours on top of it, keep what is saved, or change below what you typed and then save."
        )
    )
    expect(second.get_by_role("row", name="Your name")).to_have_text("Your name Amara O. Dr Okafor")
    expect(second.get_by_label("Your name")).to_have_value("Dr Okafor")
    second.get_by_role("button", name="Save mine on top of it").first.click()  # once more below the form
    expect(second.get_by_text("Saved.")).to_be_visible()
    first.reload()
    expect(first.get_by_label("Your name")).to_have_value("Dr Okafor")

    first.get_by_label("Your name").fill("Amara Okafor")
    second.get_by_label("Your name").fill("A. Okafor")
    second.get_by_role("button", name="Save").click()
    first.get_by_role("button", name="Save").click()
    first.get_by_role("link", name="Keep what is saved").first.click()
    expect(first.get_by_label("Your name")).to_have_value("A. Okafor")


def write_note(sheet: Page, words: str) -> None:
    line = row(sheet, EVENTS)
    line.locator("summary").click()
    line.locator("textarea").fill(words)
    line.locator(".sheet-of").get_by_role("button", name="Save").click()


@pytest.mark.parametrize(
    ("button", "stands"), [("Keep the note that is saved", "A strike"), ("Save my note", "A holiday")]
)
def test_two_notes_at_one_number_are_both_shown(
    live_p2: LiveSite, sheet: Page, place: dict[str, str], button: str, stands: str
) -> None:
    cell(sheet, place, EVENTS).fill("12")
    sheet.keyboard.press("Enter")
    expect(row(sheet, EVENTS).locator(".state .now")).not_to_have_text("Due")
    second = opened(sheet.context.new_page(), live_p2, place, "amara")
    write_note(sheet, "A strike")
    expect(row(sheet, EVENTS).locator(".has-note")).to_be_visible()

    write_note(second, "A holiday")

    line = row(second, EVENTS)
    expect(line.locator(".whose")).to_have_text(
        ["Amara Okafor wrote while you had it open", "Your note, not saved"]
    )
    expect(line.locator(".written")).to_have_text(["A strike", "A holiday"])
    expect(line.locator("textarea")).to_have_value("A holiday")
    line.get_by_role("button", name=button).click()
    expect(line.get_by_role("button", name=button)).to_have_count(0)
    second.reload()
    expect(row(second, EVENTS).locator("textarea")).to_have_value(stands)
