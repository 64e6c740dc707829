"""Event dates in a real browser: typed into the month's cell, taken back, none, and the points on the chart."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sheets import cell, opened, paste, row
from tests.live import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture
def place(live_p2: LiveSite) -> dict[str, str]:
    made: dict[str, str] = live_p2.ask("tests.browser.sheet_cast.load_events")
    return made


def test_dates_of_a_month_are_typed_and_become_points(
    live_p2: LiveSite, page: Page, place: dict[str, str]
) -> None:
    sheet = opened(page, live_p2, place, "amara")
    dates, state = cell(sheet, place, "Falls", "event dates"), row(sheet, "Falls").locator(".state .now")
    short, year = place["short"], place["year"]

    dates.press_sequentially("none")  # N is a letter here, and J too
    dates.press("Enter")
    expect(state).to_have_text("Saved")
    expect(dates).to_have_value("none")

    dates.fill("3, 40")
    dates.press("Enter")
    expect(row(sheet, "Falls").locator(".message .words")).to_contain_text("has no day 40.")
    expect(dates).to_have_value("3, 40")

    dates.fill("")
    paste(sheet, dates, f"3\n17 {short}\n17\n")
    expect(dates).to_have_value(f"3; 17 {short}; 17")
    dates.press("Enter")
    expect(state).to_have_text("Saved")
    expect(dates).to_have_value(f"3 {short}, 17 {short}, 17 {short}")

    sheet.goto(live_p2.address + place["chart"])
    points = sheet.get_by_role("region", name="Points, newest first")
    expect(points.get_by_role("columnheader", name="Days between")).to_be_visible()
    newest = points.locator("tbody tr")
    expect(newest.nth(0)).to_contain_text(f"17 {short} {year}")
    expect(newest.nth(0).locator("td.num")).to_have_text("0")
    expect(newest.nth(1).locator("td.num")).to_have_text("14")
    expect(newest.last).to_contain_text("first event")
    expect(sheet.get_by_text("days between events").first).to_be_visible()


def test_a_month_is_undone_to_its_dates_before(live_p2: LiveSite, page: Page, place: dict[str, str]) -> None:
    sheet = opened(page, live_p2, place, "amara")
    dates = cell(sheet, place, "Falls", "event dates")
    dates.fill("3, 17")
    dates.press("Enter")
    expect(row(sheet, "Falls").locator(".state .now")).to_have_text("Saved")
    sheet.get_by_role("button", name=f"Undo {place['month']}").click()
    expect(sheet.get_by_text("1 number put back.")).to_be_visible()
    expect(dates).to_have_value("")


def test_a_pasted_list_of_days_with_their_years_is_shown_month_by_month_first(
    live_p2: LiveSite, page: Page, place: dict[str, str]
) -> None:
    sheet = opened(page, live_p2, place, "amara")
    short, year = place["short"], place["year"]
    paste(sheet, cell(sheet, place, "Falls", "event dates"), f"3 {short} {year}\n17 {short} {year}\n")
    expect(sheet.get_by_text(f"New: 3 {short}, 17 {short}.")).to_be_visible()
    sheet.get_by_role("button", name="Save 2 numbers").click()
    expect(cell(sheet, place, "Falls", "event dates")).to_have_value(f"3 {short}, 17 {short}")
