"""The sheets of weeks and of days in a real browser: from Today by the link, typed, saved, gone back in by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sheets import opened, row
from tests.live import LiveSite

pytestmark = pytest.mark.browser

SAVED = re.compile("^(saved|outside-limits)$")


@pytest.fixture
def weeks(live_p2: LiveSite) -> dict[str, str]:
    made: dict[str, str] = live_p2.ask("tests.browser.sheet_cast.load_weeks")
    return made


@pytest.fixture
def days(live_p2: LiveSite) -> dict[str, str]:
    made: dict[str, str] = live_p2.ask("tests.browser.sheet_cast.load_days")
    return made


def from_today(page: Page, live_p2: LiveSite, place: dict[str, str], frequency: str) -> None:
    """By the link that Today has for the sheet of a frequency."""
    page.context.add_cookies([{"name": "sessionid", "value": place["amara"], "url": live_p2.address}])
    page.goto(live_p2.address)
    page.locator(f"main a.button[href*='frequency={frequency}']").click()
    page.wait_for_url(f"**/sheet/?*frequency={frequency}*")


def typed(page: Page, name: str, period: str, number: str) -> None:
    field = page.get_by_label(f"{name}, {period}", exact=True)
    field.fill(number)
    field.press("Enter")
    expect(row(page, name)).to_have_attribute("data-state", SAVED)


def test_a_week_is_logged_from_today_and_an_earlier_one_opened_by_keyboard(
    live_p2: LiveSite, page: Page, weeks: dict[str, str]
) -> None:
    from_today(page, live_p2, weeks, "week")
    sheet = page.locator("table.sheet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log the week")
    expect(sheet).to_have_attribute("aria-label", weeks["week"])
    expect(sheet.locator("thead .open")).to_contain_text(f"W{weeks['week'][1:]}")

    typed(page, "Falls", weeks["week"], "9")
    expect(page.get_by_label(f"Wait for a bed, {weeks['week']}", exact=True)).to_be_focused()

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(sheet).to_have_attribute("aria-label", weeks["before"])
    before = page.get_by_label(f"Wait for a bed, {weeks['before']}", exact=True)
    expect(before).to_be_focused()
    expect(before).not_to_have_value("")

    page.get_by_role("link", name=weeks["week"], exact=True).click()
    expect(sheet).to_have_attribute("aria-label", weeks["week"])
    expect(page.get_by_label(f"Falls, {weeks['week']}", exact=True)).to_have_value("9")


def test_a_day_is_logged_and_a_far_one_reached_by_its_date(
    live_p2: LiveSite, page: Page, days: dict[str, str]
) -> None:
    page.context.add_cookies([{"name": "sessionid", "value": days["amara"], "url": live_p2.address}])
    page.goto(f"{live_p2.address}{days['path']}?frequency=day")
    sheet = page.locator("table.sheet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log the days")
    expect(sheet).to_have_attribute("aria-label", days["day"])
    typed(page, "Falls", days["day"], "9")

    page.get_by_label("Day", exact=True).fill(days["far"])
    page.get_by_role("button", name="Go", exact=True).click()
    expect(sheet).to_have_attribute("aria-label", days["far_day"])
    page.go_back()
    expect(page.get_by_label(f"Falls, {days['day']}", exact=True)).to_have_value("9")


def test_on_a_phone_the_steps_stand_beside_the_title_also_below_tabs(
    live_p2: LiveSite, page: Page, weeks: dict[str, str]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, live_p2, weeks, "amara")
    expect(page.locator(".frequencies")).to_be_visible()
    title, steps = (page.locator(part).bounding_box() for part in (".month-title", ".month-title .steps"))
    assert title
    assert steps
    assert steps["y"] < title["y"] + 10
    assert steps["y"] + steps["height"] <= title["y"] + title["height"]
