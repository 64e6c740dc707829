"""A shared ward computer: after somebody signed out, Back shows the next one nothing of what they read."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from organizations.demo.sign_ins import PASSWORD, address_of
from tests import chromium
from tests.conftest import PATIENCE
from tests.journeys.programme import LEAD
from tests.live import LiveSite

pytestmark = pytest.mark.browser

READ = ("/", "/me/", "/search?q=ward")


@pytest.fixture
def ward_computer(browser: Browser) -> Iterator[Page]:
    """A page of a browser that keeps whole pages for Back, which tests' browsers else do not."""
    opened = browser.browser_type.launch(
        executable_path=chromium.find(),
        args=list(chromium.ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = opened.new_page(locale="en-GB")
    page.set_default_timeout(PATIENCE)
    yield page
    opened.close()


def test_back_shows_nothing_after_signing_out(live_p2: LiveSite, ward_computer: Page) -> None:
    page = ward_computer
    page.goto(f"{live_p2.address}/accounts/login/")
    page.locator("[name=login]").fill(address_of(LEAD))
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_p2.address}/")
    for address in READ:
        page.goto(live_p2.address + address)
        expect(page.get_by_text(LEAD).first).to_be_attached()
    page.goto(f"{live_p2.address}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()

    for _ in READ:
        page.go_back()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(page.get_by_text(LEAD)).to_have_count(0)
        assert page.evaluate("location.pathname") == "/accounts/login/"
