"""The main job: a team pastes its numbers, P2 finds the signal, the faculty sees why it is called so."""

import csv
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from measures import demo
from tests.journeys.programme import DATA_ENTRY, LEAD
from tests.journeys.signing_in import sign_in
from tests.live import LiveSite

pytestmark = pytest.mark.browser

PUBLISHED = Path(demo.__file__).parent / "data" / "ae_attendances_type1.csv"
FACULTY = "Dr Helen Marsh"
YEAR = 12


@dataclass(frozen=True)
class Month:
    """One month of a trust: attendances, and those that took longer than four hours."""

    breaches: int
    attendances: int

    @property
    def percent(self) -> Fraction:
        return Fraction(100 * self.breaches, self.attendances)


@dataclass(frozen=True)
class Reference:
    """What a run chart of these values has to say, counted by hand."""

    median: Fraction
    longest_run: int
    crossings: int


def reference_of(values: Sequence[Fraction]) -> Reference:
    """The median of all values; runs and crossings of those that do not lie on it."""
    ordered, half = sorted(values), len(values) // 2
    median = ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
    runs = [len(list(run)) for _, run in groupby(value > median for value in values if value != median)]
    return Reference(median, max(runs), len(runs) - 1)


def real_year(chance: random.Random) -> list[Month]:
    """The first twelve published months of one of the trusts."""
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["period"])
    trust = chance.choice(sorted({row["org_code"] for row in rows}))
    mine = [row for row in rows if row["org_code"] == trust][:YEAR]
    return [Month(int(row["breaches"]), int(row["attendances"])) for row in mine]


def worsened(year: Sequence[Month], chance: random.Random) -> list[Month]:
    """The same months, each worse than the worst of them by up to a sixth of its attendances."""
    worst = max(month.percent for month in year)
    return [
        Month(
            int(worst * month.attendances / 100) + chance.randint(50, month.attendances // 6),
            month.attendances,
        )
        for month in year
    ]


def months_until(newest: date, count: int) -> list[date]:
    """So many first days of months, the last of them `newest`."""
    ordinals = range(newest.year * 12 + newest.month - count, newest.year * 12 + newest.month)
    return [date(ordinal // 12, ordinal % 12 + 1, 1) for ordinal in ordinals]


def words(percent: Fraction) -> str:
    return f"{float(percent):.1f}"


@dataclass(frozen=True)
class Job:
    """The measure of this run: where it is, what is planted in it, and what a failure has to tell."""

    site: LiveSite
    page: Page
    ref: str
    name: str
    places: dict[str, str]
    planted: list[Month]
    said: str

    def to(self, place: str) -> None:
        self.page.goto(self.site.address + self.places[place])

    @property
    def row(self) -> Locator:
        return self.page.locator(f"#row-{self.ref}")

    @property
    def shown(self) -> list[str]:
        return [words(month.percent) for month in self.planted]


def test_twelve_worse_months_reach_the_faculty_as_a_concern(live_p2: LiveSite, page: Page) -> None:
    seed = time.time_ns()
    chance = random.Random(seed)
    before = real_year(chance)
    planted = before + worsened(before, chance)
    places = live_p2.ask("tests.journeys.programme.places")
    name = f"A&E breaches of four hours ({seed})"

    sign_in(page, live_p2, LEAD)
    ref = lead_makes_the_measure(page, live_p2, places, name)
    job = Job(live_p2, page, ref, name, places, planted, f"seed {seed}, {planted}")
    lead_links_it_to_the_project(job)
    sign_in(page, live_p2, DATA_ENTRY)
    data_entry_pastes_two_years(job)
    data_entry_sees_cells_and_sparkline(job)
    sign_in(page, live_p2, FACULTY)
    faculty_finds_the_signal_and_opens_the_chart(job)
    faculty_reads_what_the_reference_says(job)


def lead_makes_the_measure(page: Page, site: LiveSite, places: dict[str, str], name: str) -> str:
    """Fill the form of a new measure; the sheet opens with its row."""
    page.goto(site.address + places["new"])
    typed = {
        "name": name,
        "numerator_words": "Attendances that took longer than four hours",
        "denominator_words": "Attendances",
        "unit": "% of attendances",
        "decimals": "1",
    }
    chosen = {
        "area": "access",
        "aim": "timely",
        "care_process": "Access and flow",
        "shape": "proportion",
        "direction": "down",
        "frequency": "month",
    }
    for field, text in typed.items():
        page.locator(f"[name={field}]").fill(text)
    for field, value in chosen.items():
        page.locator(f"[name={field}]").select_option(value)
    page.get_by_role("button", name="Make the measure").click()
    row = page.locator("tbody[data-row]").filter(has_text=name)
    expect(row).to_be_visible()
    return row.get_attribute("data-row") or ""


def lead_links_it_to_the_project(job: Job) -> None:
    job.to("links")
    job.page.get_by_label("Measure", exact=True).select_option(label=job.name)
    job.page.get_by_label("Role", exact=True).select_option("outcome")
    job.page.get_by_role("button", name="Link the measure").click()
    expect(job.page.get_by_role("row").filter(has_text=job.name)).to_contain_text("outcome", ignore_case=True)


def data_entry_pastes_two_years(job: Job) -> None:
    """Dates, numerators and denominators as a spreadsheet copies them; a preview; then the save."""
    page = job.page
    job.to("sheet")
    newest = date.fromisoformat(page.locator("[data-sheet] [name=period]").input_value())
    lines = [
        f"{first:%Y-%m}\t{month.breaches}\t{month.attendances}\n"
        for first, month in zip(months_until(newest, 2 * YEAR), job.planted, strict=True)
    ]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", "".join(lines))
    job.row.locator(".cell input").first.focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_role("heading", name="Paste 1 measure × 24 months?"), job.said).to_be_visible()
    whole = [f"{month.breaches:,} of {month.attendances:,}" for month in job.planted]
    told = [f"{share} {numbers}" for share, numbers in zip(job.shown, whole, strict=True)]
    expect(page.locator("td.proposed ins"), job.said).to_have_text(told)
    page.get_by_role("button", name="Save 24 numbers").click()
    expect(page.get_by_text("24 numbers saved."), job.said).to_be_visible()


def data_entry_sees_cells_and_sparkline(job: Job) -> None:
    expect(job.row.locator("td.past"), job.said).to_have_text(job.shown[YEAR:-1])
    expect(job.row.locator("output"), job.said).to_have_text(job.shown[-1])
    expect(job.row.locator("td.trend svg.spark-concern"), job.said).to_be_visible()


def faculty_finds_the_signal_and_opens_the_chart(job: Job) -> None:
    """Two clicks: the signal among what is new, and its button."""
    job.to("portfolio")
    signal = job.page.locator(f"[data-item='{job.ref}']")
    expect(signal.locator(".mark-concern").first, job.said).to_be_visible()
    expect(job.page.locator(f"[data-measure='{job.ref}'] .mark-concern").first, job.said).to_be_visible()
    signal.locator("a.who").click()
    signal.get_by_role("link", name="Open").click()
    expect(job.page.locator("p2-chart .main-svg").first, job.said).to_be_visible()


def faculty_reads_what_the_reference_says(job: Job) -> None:
    expected = reference_of([month.percent for month in job.planted])
    for proof, number in (
        ("median", words(expected.median)),
        ("longest-run", str(expected.longest_run)),
        ("crossings", str(expected.crossings)),
    ):
        expect(job.page.locator(f"[data-proof='{proof}']"), job.said).to_have_text(number)
