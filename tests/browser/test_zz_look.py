import pytest
from tests.live import LiveSite
pytestmark = pytest.mark.browser
def test_look(live_p2: LiveSite, browser) -> None:
    weeks = live_p2.ask("tests.browser.sheet_cast.load_weeks")
    days = live_p2.ask("tests.browser.sheet_cast.load_days")
    import time; time.sleep(20)
    for width, theme in ((1280, "light"), (360, "light"), (1280, "dark"), (360, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-GB")
        page = context.new_page()
        for place, name, frequency in ((weeks, "weeks", "week"), (days, "days", "day")):
            context.add_cookies([{"name": "sessionid", "value": place["amara"], "url": live_p2.address}])
            page.goto(live_p2.address); page.screenshot(path=f"/tmp/mine/shots/{name}-today-{width}-{theme}.png")
            page.goto(f"{live_p2.address}{place['path']}?frequency={frequency}")
            page.wait_for_timeout(500)
            page.screenshot(path=f"/tmp/mine/shots/{name}-sheet-{width}-{theme}.png")
        page.goto(f"{live_p2.address}{days['chart']}"); page.wait_for_timeout(3000)
        if width == 1280:
            page.locator("p2-chart, .chart").first.hover()
            page.wait_for_timeout(500)
        page.screenshot(path=f"/tmp/mine/shots/days-chart-{width}-{theme}.png", full_page=True)
        context.close()
