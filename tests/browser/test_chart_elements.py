"""The two elements of a measure's page: <p2-chart> draws and speaks, <p2-live> keeps the page as the site has it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.signing_in import come_back
from tests.live import LiveSite

pytestmark = pytest.mark.browser

FACULTY = "Dr Helen Marsh"
RENEW = """const live = document.querySelector('p2-live');
live.setAttribute('have', '0'); live.setAttribute('stamp', 'another')"""
PAPER = "chart => chart.querySelector('.chart-picture').layout.paper_bgcolor"


@pytest.fixture(scope="module")
def known(live_p2: LiveSite) -> dict[str, str]:
    found: dict[str, str] = live_p2.ask("tests.journeys.programme.measure_with_numbers")
    return found


@pytest.fixture
def chart(live_p2: LiveSite, page: Page, known: dict[str, str]) -> Locator:
    """A chart that is drawn, on a page that faculty looks at."""
    page.emulate_media(color_scheme="light")
    come_back(page, live_p2, FACULTY)
    page.goto(live_p2.address + known["page"])
    found = page.locator("p2-chart")
    expect(found.locator(".main-svg").first).to_be_visible()
    expect(page.get_by_text("being recomputed")).to_have_count(0)
    return found


def test_the_arrow_keys_walk_the_points_and_say_them(page: Page, chart: Locator) -> None:
    chart.locator(".chart-picture").focus()
    voice, said = chart.locator(".chart-voice"), []

    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "Home"):
        page.keyboard.press(key)
        said.append(voice.inner_text())

    labels = page.locator("#points-list tbody th").all_inner_texts()
    values = page.locator("#points-list tbody td.key").all_inner_texts()
    newest, before, oldest = ((labels[at], values[at]) for at in (0, 1, -1))
    assert [heard(words) for words in said] == [newest, before, newest, oldest]
    expect(chart.locator(".chart-panel b").last).to_have_text(values[-1])
    page.keyboard.press("Escape")
    expect(chart.locator(".chart-panel")).to_be_hidden()


def heard(words: str) -> tuple[str, str]:
    """Month and value of what is said, the month as the table shortens it."""
    month, year, value = re.split("[ ,]+", words)[:3]
    return f"{month[:3]} {year}", value


def test_another_theme_draws_the_chart_anew(page: Page, chart: Locator) -> None:
    light = chart.evaluate(PAPER)

    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => ({PAPER})(document.querySelector('p2-chart')) !== light", arg=light)

    assert (light, chart.evaluate(PAPER)) == ("#FFFFFF", "#101317")


def test_a_chart_that_does_not_come_says_where_the_numbers_are(
    live_p2: LiveSite, page: Page, known: dict[str, str], console: list[str]
) -> None:
    come_back(page, live_p2, FACULTY)
    page.route("**/figure.json*", lambda route: route.abort())
    page.goto(live_p2.address + known["page"])

    message = page.locator("p2-chart .chart-message")
    expect(message).to_contain_text("The chart did not load. The points’ table has its numbers.")
    page.unroute("**/figure.json*")
    message.get_by_role("button", name="Try again").click()

    expect(page.locator("p2-chart .main-svg").first).to_be_visible()
    expect(message).to_be_hidden()
    assert {line.split(":")[0] for line in console} == {"error"}
    console.clear()


def test_a_renewed_page_keeps_the_picture_of_its_chart(live_p2: LiveSite, page: Page, chart: Locator) -> None:
    page.evaluate("document.querySelector('p2-chart .main-svg').dataset.was = 'here'")
    page.evaluate("document.querySelector('.verdict').dataset.was = 'here'")

    with page.expect_response(re.compile(r"/live\?have=0&theme=")) as answer:
        page.evaluate(RENEW)

    assert answer.value.status == 200
    expect(page.locator(".verdict[data-was]")).to_have_count(0)
    expect(page.locator("p2-chart .main-svg[data-was]")).to_have_count(1)


SAVED = """async (chart, words) => {
  const list = Object.assign(document.createElement("ol"), { id: "notes-here" });
  list.append(Object.assign(document.createElement("li"), { textContent: words }));
  document.body.append(list);
  chart.setAttribute("notes", "notes-here");
  const { height } = chart.querySelector(".chart-picture").getBoundingClientRect();
  let whole;
  window.Plotly.downloadImage = (given, options) => (whole = { ...given.layout, options });
  await chart.download("png");
  list.remove();
  return { text: whole.annotations.at(-1).text, grown: whole.height - height, options: whole.options };
}"""
"""What would be saved as a file of the chart with these words as a note."""


def test_a_file_of_the_chart_holds_the_words_of_its_notes(chart: Locator) -> None:
    written = "1 Mar 2021: <b>huddle</b> at the start of " + "every shift, " * 20
    saved = chart.evaluate(SAVED, written)

    lines = saved["text"].split("<br>")
    assert " ".join(lines) == written.strip().replace("<", "&#60;").replace(">", "&#62;")
    assert len(lines) > 1
    assert saved["grown"] >= 18 * len(lines)
    assert saved["options"]["width"] > 6 * max(map(len, lines)) - 60


def test_a_word_longer_than_the_file_is_wide_is_broken_there(chart: Locator) -> None:
    saved = chart.evaluate(SAVED, "1 Mar 2021: " + "N" * 400)

    lines = saved["text"].split("<br>")
    assert "".join(lines) == "1 Mar 2021:" + "N" * 400
    assert saved["options"]["width"] > 6 * max(map(len, lines)) - 60
