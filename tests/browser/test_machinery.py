"""The ground of all browser tests: the site answers for real, and a blocked script is noticed."""

import pytest
from playwright.sync_api import Page

from tests.live import LiveSite

pytestmark = pytest.mark.browser


def test_the_running_site_answers_a_real_browser(live_p2: LiveSite, page: Page, console: list[str]) -> None:
    answer = page.goto(f"{live_p2.address}/accounts/login/")

    assert answer is not None
    assert answer.status == 200


def test_what_the_content_policy_blocks_reaches_the_console(
    live_p2: LiveSite, page: Page, console: list[str]
) -> None:
    page.goto(f"{live_p2.address}/accounts/login/")

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")

    assert [line.split(":")[0] for line in console] == ["error"]
    console.clear()
