"""Every page of the site, as the right person sees it: no barrier axe knows, a silent console, no sideways scroll.

On a phone it is read in the pseudo-language, whose sentences are longer by a third: nothing is cut there.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page, Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.journeys.programme import DATA_ENTRY, LEAD
from tests.journeys.signing_in import come_back
from tests.live import LiveSite

pytestmark = pytest.mark.browser

VISITOR, FACULTY, OFFICE, ADMIN = "", "Dr Helen Marsh", "Ruth Bergman", "Ida Quist"
READERS = {
    VISITOR: """account_login account_inactive account_reset_password account_reset_password_done
        account_reset_password_from_key account_reset_password_from_key_done organizations:invitation
        mailbox run_charts""",
    LEAD: """today search account_logout account_change_password organizations:me
        organizations:collaborative organizations:edit_organization organizations:units organizations:rename_unit
        organizations:organization_people organizations:end_membership
        measures:measures measures:new measures:sheet measures:paste measures:undo measures:sign_off measures:measure
        measures:history measures:define measures:rename measures:retire measures:annotation measures:rebase
        measures:freeze measures:exclusion
        projects:organization projects:new_project projects:project projects:edit_project projects:complete_project
        projects:stop_project projects:team projects:project_measures""",
    DATA_ENTRY: "today measures:sheet measures:measures measures:measure",
    FACULTY: """today style projects:portfolio projects:signals measures:measure projects:organization
        projects:project""",
    OFFICE: """today measures:care_processes measures:remove_care_process
        organizations:edit_collaborative organizations:new_phase organizations:edit_phase
        organizations:admit organizations:new_organization organizations:people organizations:end_appointment
        projects:portfolio""",
    ADMIN: "letters organizations:new_collaborative organizations:collaboratives",
}
FRAGMENTS = {"measures:live", "measures:sheet_row", "measures:sheet_token", "measures:sheet_trend"}
LEAD_ON = {"account_signup", "account_set_password"}  # they redirect
OTHERS = {"admin", "api"}  # Django's own pages, and those of machines
NARROW, WIDE = {"width": 360, "height": 800}, {"width": 1440, "height": 900}
SEVERE = {"serious", "critical"}
WIDTH = "document.documentElement.scrollWidth"
SETTLED = 3_000  # ms
LONGER = "en-xa"
CUT = """() => [...document.querySelectorAll("main *, header *, nav *")]
    .filter(one => one.checkVisibility() && !one.closest(".visually-hidden, svg, [role=region], [aria-hidden=true]")
        && getComputedStyle(one).overflowX !== "visible" && !getComputedStyle(one).overflowX.match(/auto|scroll/)
        && one.innerText && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 160))"""
"""Elements whose words do not fit and that hide the rest; a name shortened for the eye stands whole beside it."""
FIRST_COLUMNS = """() => [...document.querySelectorAll(".scroll > table")].map((table) =>
    table.rows[0].cells[0].offsetWidth / table.parentElement.clientWidth)"""
"""What part of the width on the screen the first column of each table takes: it stays while the others scroll."""
MOST_OF_A_TABLE = 0.75
TAB_LINES = """() => [...document.querySelectorAll(".tabbar > a, .tabbar summary")].map((tab) => {
    const words = document.createRange();
    words.selectNodeContents([...tab.childNodes].find((one) => one.textContent.trim()));
    return [tab.innerText.trim(), new Set([...words.getClientRects()].map((line) => line.top)).size];
})"""
"""The words of each tab at the foot of a phone, and on how many lines they stand."""


def routes(
    patterns: list[URLPattern | URLResolver], before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Name and pattern of every address of ours."""
    for one in patterns:
        whole = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield ":".join((*spaces, one.name or "")), whole
        elif one.namespace not in OTHERS:
            yield from routes(one.url_patterns, whole, (*spaces, one.namespace) if one.namespace else spaces)


def filled(pattern: str, refs: dict[str, str]) -> str:
    """The address of a pattern. Raises KeyError for a parameter that nothing is known for."""
    plain = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", pattern.replace("^", "").replace("$", ""))
    by_place = re.sub(r"(\w+)/<str:ref>", lambda found: f"{found[1]}/{refs[found[1]]}", plain)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: refs[found[1]], by_place)


@pytest.fixture(scope="module")
def addresses(live_p2: LiveSite) -> dict[str, str]:
    """The path of every route that is no file, by its name."""
    refs = live_p2.ask("tests.browser.places.everything")
    return {
        name: filled(pattern, refs)
        for name, pattern in routes(get_resolver().url_patterns)
        if not pattern.endswith((".csv", ".json"))
    }


def test_every_page_has_a_reader_here(live_p2: LiveSite, page: Page, addresses: dict[str, str]) -> None:
    """A route that is neither read below nor a fragment is a verb: it refuses to be read."""
    come_back(page, live_p2, LEAD)
    read = {name for names in READERS.values() for name in names.split()}
    unread = set(addresses) - read - FRAGMENTS - LEAD_ON - {"healthz", "readyz", "stamp"}

    answers = {name: page.request.get(live_p2.address + addresses[name]).status for name in unread}

    assert read - set(addresses) == set()
    assert {name: status for name, status in answers.items() if status != 405} == {}


@pytest.mark.parametrize("reader", READERS, ids=lambda name: name or "visitor")
def test_pages_have_no_barriers_errors_or_sideways_scroll(
    live_p2: LiveSite, page: Page, console: list[str], addresses: dict[str, str], reader: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    if reader:
        come_back(page, live_p2, reader)
    found: list[str] = []
    for name in READERS[reader].split():
        found += [f"{name}: {fault}" for fault in faults_of(page, live_p2.address + addresses[name])]
        found += [f"{name}: on the console, {line}" for line in console]
        console.clear()
    assert not found, "\n" + "\n".join(found)


def test_words_longer_than_a_line_make_no_page_wider(live_p2: LiveSite, page: Page) -> None:
    come_back(page, live_p2, FACULTY)
    page.set_viewport_size(NARROW)
    widths: dict[str, int] = {}
    for name, address in live_p2.ask("tests.browser.places.with_long_words").items():
        page.goto(live_p2.address + address)
        with suppress(PlaywrightTimeout):
            page.wait_for_function(f"most => {WIDTH} <= most", arg=NARROW["width"], timeout=SETTLED)
        widths[name] = page.evaluate(WIDTH)
    assert widths == dict.fromkeys(widths, NARROW["width"])


def test_long_names_leave_room_for_the_other_columns(live_p2: LiveSite, page: Page) -> None:
    come_back(page, live_p2, LEAD)
    page.set_viewport_size(NARROW)
    for name, address in live_p2.ask("tests.browser.places.with_long_names").items():
        page.goto(live_p2.address + address)
        assert (name, page.evaluate(WIDTH)) == (name, NARROW["width"])
        assert (name, [share for share in page.evaluate(FIRST_COLUMNS) if share > MOST_OF_A_TABLE]) == (
            name,
            [],
        )


def test_the_words_of_the_tabs_are_not_broken_on_a_phone(live_p2: LiveSite, page: Page) -> None:
    come_back(page, live_p2, ADMIN)  # who has most of them
    page.set_viewport_size(NARROW)
    page.goto(f"{live_p2.address}/")
    assert dict(page.evaluate(TAB_LINES)) == dict.fromkeys(
        ["Today", "Portfolio", "Organizations", "People", "More"], 1
    )


def faults_of(page: Page, address: str) -> Iterator[str]:
    """What is wrong with a page, in words."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        yield f"answers {answer and answer.status}"
        return
    if page.locator("p2-chart").count():
        expect(page.locator("p2-chart .main-svg").first).to_be_visible()
    yield from barriers(page, "light")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    page.route(address, in_the_pseudo_language)
    page.goto(address)
    page.unroute(address)
    language = page.locator("html").get_attribute("lang")
    if language != LONGER and not address.endswith("/style/"):  # which stays English
        yield f"is not read in {LONGER} but in {language}"
    with suppress(PlaywrightTimeout):  # a chart is drawn anew for its new width
        page.wait_for_function(f"most => {WIDTH} <= most", arg=NARROW["width"], timeout=SETTLED)
    if (width := page.evaluate(WIDTH)) > NARROW["width"]:
        yield f"is {width} px wide on a phone of {NARROW['width']}"
    yield from (f"cuts its words: {element}" for element in page.evaluate(CUT))
    yield from barriers(
        page, "dark, on a phone", only=["color-contrast", "target-size", "scrollable-region-focusable"]
    )


def in_the_pseudo_language(route: Route) -> None:
    """The browser's own language stands before extra headers, so the request itself is changed."""
    route.continue_(headers={**route.request.headers, "accept-language": LONGER})


def barriers(page: Page, where: str, *, only: list[str] | None = None) -> Iterator[str]:
    """What axe finds serious or critical."""
    options = {"resultTypes": ["violations"], **({"runOnly": only} if only else {})}
    for violation in Axe().run(page, options=options).response["violations"]:
        if violation["impact"] in SEVERE:
            places = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            yield f"{where}, {violation['id']} at {len(violation['nodes'])}: {places}"
