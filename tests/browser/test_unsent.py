"""The session ends while somebody writes: after sign-in the form is there as it was typed, and nothing is stored."""

import pytest
from playwright.sync_api import Page, expect

from organizations.demo.sign_ins import PASSWORD, address_of
from tests.journeys.programme import LEAD
from tests.live import LiveSite

pytestmark = pytest.mark.browser

AIM = "No child is harmed by a medicine.\nThe second line: “none” is <0>."
STORED = "[localStorage.length, sessionStorage.length]"


def sign_in(page: Page) -> None:
    page.locator("[name=login]").fill(address_of(LEAD))
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def end_the_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def test_a_form_that_is_sent_after_the_session_ended_is_saved_after_signing_in(
    live_p2: LiveSite, page: Page, console: list[str]
) -> None:
    refs = live_p2.ask("tests.browser.places.everything")
    address = f"{live_p2.address}/c/{refs['slug']}/p/{refs['p']}/edit"
    page.goto(address)
    sign_in(page)
    aim = page.get_by_label("Aim", exact=True)
    before = aim.input_value()
    aim.fill(AIM)
    end_the_session(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("so the form was not saved")).to_be_visible()
    sign_in(page)

    page.get_by_role("button", name="Send the form again").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("The second line")
    page.goto(address)
    expect(aim).to_have_value(AIM)

    another = page.context.new_page()
    aim.fill(before)
    end_the_session(page)
    another.goto(f"{live_p2.address}/accounts/login/")
    sign_in(another)
    expect(another.get_by_role("heading", name="Today")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Send the form again").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(before.strip().split("\n")[0])
    page.goto(address)
    expect(aim).to_have_value(before)
    assert page.evaluate(STORED) == [0, 0]
    assert [line for line in console if "403" not in line] == []
    console.clear()
