"""A concern that stands in no project is found through *All signals*."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.signing_in import sign_in
from tests.live import LiveSite

pytestmark = pytest.mark.browser

FACULTY = "Dr Helen Marsh"


def test_a_concern_of_no_project_is_found_by_keyboard(live_p2: LiveSite, page: Page) -> None:
    known = live_p2.ask("tests.journeys.programme.measure_that_worsened")
    sign_in(page, live_p2, FACULTY)
    page.goto(live_p2.address + known["page"])
    expect(page.get_by_text("being recomputed")).to_have_count(0)
    page.goto(live_p2.address + known["portfolio"])
    expect(page.locator(f".map [data-measure='{known['ref']}']")).to_have_count(0)

    page.get_by_role("link", name="All signals", exact=True).click()
    page.get_by_label("State").select_option("concern")
    page.get_by_label("Role").select_option("none")
    page.get_by_label("Known for").select_option("year")  # its shift was complete half a year ago
    page.get_by_role("button", name="Show").click()

    row = page.locator(f"tr[data-item='{known['ref']}']")
    expect(row.locator(".mark-concern").first).to_be_visible()
    expect(page.get_by_label("Role")).to_have_value("none")
    for _press in range(page.locator("tr[data-item]").count()):
        page.keyboard.press("j")
        if row.get_attribute("aria-current"):
            break
    expect(row.get_by_role("link", name=known["name"])).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url(f"**{known['page']}")
    expect(page.locator("p2-chart .main-svg").first).to_be_visible()
