"""Days are ordered and marked as the language does it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages import Catalog
from django.conf import settings as django_settings
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.translation import trans_real
from pytest_django import Settings

from measures.sentences import periods
from p2.words import catalogues, days
from p2.words.days import Pattern
from p2.words.since import since_words
from p2.words.wording import written_day
from tests.house.source import ROOT, SITE, named, python_files

DAY = date(2004, 2, 5)
GERMAN = {"j F Y": "j. F Y", "F Y": "F (Y)", "H:i": "H.i", "j M": "j. M", "j M Y": "Y, M j."}


@pytest.fixture
def german(settings: Settings, tmp_path: Path) -> Iterator[None]:
    made = Catalog(locale="de")
    for pattern, said in GERMAN.items():
        made.add(pattern, said, context=days.CONTEXT)
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(catalogues.compiled(made))
    settings.LANGUAGES = [*django_settings.LANGUAGES, ("de", "Deutsch")]
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.pop("de", None)
    periods._label.cache_clear()
    with translation.override("de"):
        yield
    trans_real._translations.pop("de", None)
    periods._label.cache_clear()


def test_a_language_orders_and_marks_its_days(german: None) -> None:
    drawn = Template("{{ day|day }} {{ day|month }} {{ day|short_day }} {{ day|short_date }}").render(
        Context({"day": DAY})
    )

    assert drawn == "5. Februar 2004 Februar (2004) 5. Feb 2004, Feb 5."
    assert written_day(DAY) == "5. Februar 2004"
    assert periods.label(DAY.replace(day=1), "month", long=True) == "Februar (2004)"


def test_a_moment_is_written_as_the_day_that_it_is_for_the_reader() -> None:
    at = datetime(2004, 2, 5, 2, 30, tzinfo=UTC)

    with timezone.override("America/New_York"):
        assert written_day(at) == "4 February 2004"


def test_a_language_writes_its_clock(german: None) -> None:
    at = datetime(2004, 2, 5, 16, 5, tzinfo=UTC)

    assert re.search(r" \d\d\.05$", since_words(at.replace(hour=15), at))


def test_the_pseudo_language_keeps_the_patterns() -> None:
    with translation.override(catalogues.PSEUDO):
        assert str(Pattern.DAY) == "j F Y"


FIXED = re.compile(
    r"""(?:format_date|date_format)\(.*["'][a-zA-Z]+[ :.,/-].*["']|:%H:%M|\|\s*(?:date|time):"(?!Y-m-d")"""
)
OF_PROGRAMS = {"demo", "demo.py", "run", "management"}


def fixed(source: str) -> list[str]:
    """Orders of day, month and clock that code or a template fixes for every language."""
    return FIXED.findall(source)


def test_no_day_is_written_in_an_order_of_the_codes_own() -> None:
    read = [path for path in python_files(*SITE) if not OF_PROGRAMS & set(path.parts)]
    read += [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    found = {named(path): fixed(path.read_text(encoding="utf-8")) for path in read}

    assert {name: orders for name, orders in found.items() if orders} == {}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('format_date(day, "j F Y")', 1),
        ('format_date(last_day(a, b), "j F")', 1),
        ('f"{at:%H:%M}"', 1),
        ('{{ day|date:"j M" }}{{ day|date:"Y-m-d" }}', 1),
        ('format_date(day, "F")', 0),
    ],
)
def test_a_fixed_order_is_noticed(source: str, count: int) -> None:
    assert len(fixed(source)) == count


def test_swedish_writes_its_months_small_within_a_line() -> None:
    day = date(2026, 5, 8)
    patterns = (Pattern.SHORT, Pattern.SHORT_IN_YEAR, Pattern.SHORT_MONTH, Pattern.SHORT_MONTH_IN_YEAR)
    with translation.override("sv"):
        shown = [days.written(day, pattern) for pattern in (*patterns, Pattern.SHORT_WEEKDAY)]

    assert shown == ["8 maj 2026", "8 maj", "maj 2026", "maj", "fre 8 maj 2026"]
