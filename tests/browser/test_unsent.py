"""The session ends while somebody writes: after sign-in the form is there as it was typed, for its person alone."""

import pytest
from playwright.sync_api import Error, Page, expect

from organizations.demo.sign_ins import PASSWORD, address_of
from tests.journeys.programme import DATA_ENTRY, LEAD
from tests.live import LiveSite

pytestmark = pytest.mark.browser

AIM = "No child is harmed by a medicine.\nThe second line: “none” is <0>."
WORDS = "No child is harmed by a medicine"
STORED = "[localStorage.length, sessionStorage.length]"


@pytest.fixture
def address(live_p2: LiveSite) -> str:
    """The page on which a project is edited."""
    refs = live_p2.ask("tests.browser.places.everything")
    return f"{live_p2.address}/c/{refs['slug']}/p/{refs['p']}/edit"


def sign_in(page: Page, person: str = LEAD) -> None:
    page.locator("[name=login]").fill(address_of(person))
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def end_the_session(live_p2: LiveSite) -> None:
    live_p2.ask("tests.unsent_forms.end_sessions")


def another_tab(page: Page, live_p2: LiveSite, path: str) -> Page:
    tab = page.context.new_page()
    tab.goto(f"{live_p2.address}{path}")
    return tab


def load_again(page: Page) -> list[str]:
    """Reload a page that was the answer to a form, which sends the form again; the methods of what was asked."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.reload()
    return asked


def test_a_form_that_is_sent_after_the_session_ended_is_saved_after_signing_in(
    live_p2: LiveSite, page: Page, address: str, console: list[str]
) -> None:
    page.goto(address)
    sign_in(page)
    aim = page.get_by_label("Aim", exact=True)
    before = aim.input_value()
    aim.fill(AIM)
    end_the_session(live_p2)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("so the form was not saved")).to_be_visible()
    sign_in(page)
    expect(page.get_by_role("definition").filter(has_text=WORDS)).to_be_visible()

    page.get_by_role("button", name="Send the form again").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("The second line")
    page.goto(address)
    expect(aim).to_have_value(AIM)

    aim.fill(before)
    end_the_session(live_p2)
    another = another_tab(page, live_p2, "/accounts/login/")
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


def test_on_a_shared_computer_who_comes_next_sees_nothing_of_it(
    live_p2: LiveSite, page: Page, address: str, console: list[str]
) -> None:
    page.goto(address)
    sign_in(page)
    page.get_by_label("Aim", exact=True).fill(AIM)
    tab = another_tab(page, live_p2, "/accounts/logout/")
    tab.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("so the last step was not taken")).to_be_visible()
    assert WORDS not in page.content()
    page.reload()
    assert WORDS not in page.content()

    sign_in(page, DATA_ENTRY)
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert WORDS not in page.content()
    for _ in range(2):
        page.go_back()
        assert WORDS not in page.content()
    console.clear()


def test_a_form_that_waits_for_one_person_is_thrown_away_when_another_signs_in(
    live_p2: LiveSite, page: Page, address: str, console: list[str]
) -> None:
    page.goto(address)
    sign_in(page)
    page.get_by_label("Aim", exact=True).fill(AIM)
    end_the_session(live_p2)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("so the form was not saved")).to_be_visible()
    sign_in(page, DATA_ENTRY)

    expect(page.get_by_text("A form that somebody else sent in this browser was not saved")).to_be_visible()
    assert WORDS not in page.content()

    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    page.wait_for_url("chrome-error://**")  # the browser's own page, which offers to send the form again
    assert "POST" in load_again(page)
    assert WORDS not in page.content()
    expect(page.get_by_role("heading", name="This form is too old")).to_be_visible()
    console.clear()
