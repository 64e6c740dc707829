"""One form in two tabs of a real browser: what the second one saves is not taken for what the first one saw."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sheets import opened
from tests.live import LiveSite

pytestmark = pytest.mark.browser


def test_two_tabs_with_one_form_see_each_other(live_p2: LiveSite, page: Page, place: dict[str, str]) -> None:
    me = {**place, "path": "/me/"}
    first, second = opened(page, live_p2, me, "amara"), opened(page.context.new_page(), live_p2, me, "amara")
    for tab, name in ((first, "Amara O."), (second, "Dr Okafor")):
        tab.get_by_label("Your name").fill(name)
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("Saved.")).to_be_visible()

    second.get_by_label("Your name").press("Enter")

    expect(second.get_by_role("alert")).to_have_text(
        "You saved this in another window after you opened it here. This is not saved yet."
    )
    expect(second.get_by_role("row", name="Your name")).to_have_text("Your nameAmara O.Dr Okafor")
    expect(second.get_by_label("Your name")).to_have_value("Dr Okafor")
    second.get_by_role("button", name="Save mine on top of it").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    first.reload()
    expect(first.get_by_label("Your name")).to_have_value("Dr Okafor")

    first.get_by_label("Your name").fill("Amara Okafor")
    second.get_by_label("Your name").fill("A. Okafor")
    second.get_by_role("button", name="Save").click()
    first.get_by_role("button", name="Save").click()
    first.get_by_role("link", name="Keep what is saved").click()
    expect(first.get_by_label("Your name")).to_have_value("A. Okafor")
