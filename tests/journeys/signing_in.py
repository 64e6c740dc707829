"""How the demo's people come in: by e-mail address and password, on the sign-in page."""

from playwright.sync_api import Page, StorageState

from organizations.demo.sign_ins import PASSWORD, address_of
from tests.live import LiveSite

_opened: dict[tuple[str, str], StorageState] = {}


def sign_in(page: Page, site: LiveSite, name: str) -> None:
    """Sign a person of the demo in; whoever was signed in before is forgotten."""
    page.context.clear_cookies()
    page.goto(f"{site.address}/accounts/login/")
    page.locator("[name=login]").fill(address_of(name))
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site.address}/")
    _opened[site.address, name] = page.context.storage_state()


def come_back(page: Page, site: LiveSite, name: str) -> None:
    """Go on as a person who signed in before in this run, or sign in now."""
    known = _opened.get((site.address, name))
    if known is None:
        sign_in(page, site, name)
        return
    page.context.clear_cookies()
    page.context.add_cookies(known["cookies"])
