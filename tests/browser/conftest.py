"""A sheet for each test, that no other test has written to."""

import pytest
from playwright.sync_api import Page

from tests.browser.sheets import opened
from tests.live import LiveSite


@pytest.fixture(scope="module")
def places(live_p2: LiveSite) -> list[dict[str, str]]:
    made: list[dict[str, str]] = live_p2.ask("tests.browser.sheet_cast.load_some")
    return made


@pytest.fixture
def place(places: list[dict[str, str]]) -> dict[str, str]:
    """An organization that no other test has written to."""
    return places.pop()


@pytest.fixture
def sheet(live_p2: LiveSite, page: Page, place: dict[str, str]) -> Page:
    return opened(page, live_p2, place, "amara")
