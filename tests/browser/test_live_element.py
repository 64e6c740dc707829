"""<p2-live>: what an open measure page asks the site, and when it rests."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.journeys.signing_in import come_back
from tests.live import LiveSite

pytestmark = pytest.mark.browser

FACULTY = "Dr Helen Marsh"
STAMP, NEWS = re.compile(r"/stamps/"), re.compile(r"/live\?have=")
SEEN = """is_hidden => {
  Object.defineProperty(document, 'hidden', { value: is_hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture(scope="module")
def address(live_p2: LiveSite) -> str:
    known: dict[str, str] = live_p2.ask("tests.journeys.programme.measure_with_numbers")
    return live_p2.address + known["page"]


@pytest.fixture
def asked(live_p2: LiveSite, page: Page, address: str) -> Iterator[list[Request]]:
    """The page of a measure whose chart is computed, with all that it asks from then on."""
    come_back(page, live_p2, FACULTY)
    page.goto(address)
    expect(page.locator("p2-chart .main-svg").first).to_be_visible()
    expect(page.get_by_text("being recomputed")).to_have_count(0)
    with page.expect_response(STAMP):  # the last news are in
        pass
    said: list[Request] = []
    page.on("request", lambda request: said.append(request))  # noqa: PLW0108 (a built-in is refused)
    yield said
    page.unroute_all(behavior="ignoreErrors")


def of(kind: re.Pattern[str], asked: list[Request]) -> list[Request]:
    return [request for request in asked if kind.search(request.url)]


def is_held(request: Request) -> bool:
    return "?have=" in request.url


def test_a_page_without_news_asks_for_its_stamp_alone_and_says_not_who_it_is(
    page: Page, asked: list[Request]
) -> None:
    for _ in range(3):
        with page.expect_response(STAMP) as answer:
            pass
        assert answer.value.status == 200

    assert {"cookie" in request.all_headers() for request in of(STAMP, asked)} == {False}
    assert {is_held(request) for request in of(STAMP, asked)} == {True}
    assert of(NEWS, asked) == []


def test_of_a_browser_s_windows_the_site_holds_the_question_of_one_alone(
    page: Page, asked: list[Request]
) -> None:
    second = page.context.new_page()
    second.goto(page.url)
    others: list[Request] = []
    second.on("request", lambda request: others.append(request))  # noqa: PLW0108 (a built-in is refused)
    for _ in range(2):
        with second.expect_response(STAMP):
            pass

    both = [*of(STAMP, others), *of(STAMP, asked)]
    assert {is_held(request) for request in both} == {True, False}
    for request in both:
        request.response()
    second.close()
    with page.expect_response(lambda answer: is_held(answer.request)):  # its turn, now at the latest
        pass


def test_a_question_that_was_not_answered_is_not_held_the_next_time(
    page: Page, asked: list[Request], console: list[str]
) -> None:
    page.route(STAMP, lambda route: route.abort() if is_held(route.request) else route.continue_())

    with page.expect_response(lambda answer: not is_held(answer.request)):
        pass
    page.unroute(STAMP)
    with page.expect_response(lambda answer: is_held(answer.request)):
        pass

    assert page.locator(".live-status").count() == 0
    assert {line.split(":")[0] for line in console} == {"error"}  # the browser's word of what was cut off
    console.clear()


def test_a_hidden_page_rests_and_asks_at_once_when_it_is_seen_again(page: Page, asked: list[Request]) -> None:
    page.evaluate(SEEN, arg=True)
    before = len(asked)
    page.wait_for_timeout(3500)
    rested = asked[before:]

    with page.expect_response(STAMP):
        page.evaluate(SEEN, arg=False)

    assert rested == []


def test_while_the_site_cannot_tell_the_page_asks_for_the_news_itself(
    page: Page, asked: list[Request]
) -> None:
    page.route(STAMP, lambda route: route.fulfill(status=204))

    with page.expect_response(NEWS) as answer:
        pass

    assert answer.value.status == 204
    page.wait_for_timeout(3500)
    assert len(of(STAMP, asked)) <= len(of(NEWS, asked)) + 1  # more seldom: no other question meanwhile


def test_what_the_news_brought_already_is_not_asked_for_once_more(page: Page, asked: list[Request]) -> None:
    known = page.locator("p2-live").get_attribute("stamp")
    page.route(STAMP, lambda route: route.fulfill(status=200, body="an-older-word"), times=1)

    with page.expect_response(NEWS):  # which know a newer one
        pass
    for _ in range(2):
        with page.expect_response(STAMP):
            pass

    assert len(of(NEWS, asked)) == 1
    assert of(STAMP, asked)[-1].url.endswith(f"?have={known}")


def test_a_page_whose_key_is_over_gets_another_with_its_news(
    page: Page, asked: list[Request], console: list[str]
) -> None:
    live = page.locator("p2-live")
    live.evaluate("live => live.setAttribute('stamp-src', '/stamps/over:1:key')")

    with page.expect_response(NEWS) as answer:
        pass
    with page.expect_response(STAMP) as next_answer:
        pass

    assert (answer.value.status, next_answer.value.status) == (204, 200)
    assert [line.split(":")[0] for line in console] == ["error"]  # the browser's word of the one 404
    console.clear()


def test_a_person_who_may_not_see_the_measure_any_more_is_told_that_it_is_not_followed(
    page: Page, asked: list[Request], console: list[str]
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=404)

    page.route(STAMP, refuse)
    page.route(NEWS, refuse)

    expect(page.locator(".live-status")).to_have_text("Not connected; retrying")
    assert {line.split(":")[0] for line in console} == {"error"}
    console.clear()
