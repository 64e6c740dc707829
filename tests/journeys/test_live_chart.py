"""A number that one person saves stands on another person's open page, without a reload."""

import sys
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.programme import DATA_ENTRY
from tests.journeys.signing_in import sign_in
from tests.live import LiveSite

pytestmark = pytest.mark.browser

FACULTY = "Dr Helen Marsh"
DRAWN = "chart => chart.querySelector('.chart-picture').data.find(trace => trace.name === 'points').y"


def test_a_saved_number_shows_on_an_open_page(live_p2: LiveSite, browser: Browser, page: Page) -> None:
    known = live_p2.ask("tests.journeys.programme.measure_with_numbers")
    sign_in(page, live_p2, FACULTY)
    page.goto(live_p2.address + known["page"])
    chart = page.locator("p2-chart")
    expect(chart.locator(".main-svg").first).to_be_visible()
    expect(page.get_by_text("being recomputed")).to_have_count(0)
    points = chart.evaluate(DRAWN)
    page.evaluate("window.stays = true")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    with browser.new_context(locale="en-GB") as context:
        theirs = context.new_page()
        sign_in(theirs, live_p2, DATA_ENTRY)
        theirs.goto(f"{live_p2.address}{known['sheet']}?period={known['newest']}&row={known['ref']}")
        cell = theirs.locator(f"[id='{known['ref']}-value']")
        cell.fill("11.5")
        began = monotonic()
        cell.press("Enter")
        expect(theirs.locator(f"#row-{known['ref']}")).to_have_attribute("data-state", "saved")
        sys.stdout.write(f"the editor's page: saved after {monotonic() - began:.2f} s\n")

        newest = page.locator("#points-list tbody tr").first
        expect(newest.locator("td.key")).to_have_text("11.5")
        sys.stdout.write(f"the reader's page: the number after {monotonic() - began:.2f} s\n")
        expect(page.get_by_text("being recomputed")).to_have_count(0)
        page.wait_for_function(
            f"count => ({DRAWN})(document.querySelector('p2-chart')).length > count", arg=len(points)
        )
        sys.stdout.write(f"the reader's page: the picture after {monotonic() - began:.2f} s\n")

    assert chart.evaluate(DRAWN) == [*points, 11.5]
    assert page.evaluate("window.stays") is True
    assert [address for address in asked if "figure.json" in address] == []  # the news brought it
