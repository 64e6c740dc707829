"""How values become words and shapes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from p2.look.icons import MARK_WORDS, MARKS
from p2.templatetags.ui import breakable
from p2.views.style import style


def drawn(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Decimal("1.5"), 2, "1.50"),
        (9310, 0, "9,310"),
        (1204.5, 2, "1,204.50"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("-0.004"), 2, "0.00"),
        (Decimal("-1234.5"), 1, "-1,234.5"),
        (None, 2, ""),
    ],
)
def test_numbers_carry_the_decimals_of_their_definition(value, decimals, shown):
    assert drawn("{{ value|number:decimals }}", value=value, decimals=decimals) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("day", "20 February 2004"),
        ("weekday", "Friday 20 February 2004"),
        ("short_day", "20 Feb"),
        ("month", "February 2004"),
        ("short_month", "Feb 2004"),
    ],
)
def test_dates_are_written_out(name, shown):
    assert drawn("{{ value|" + name + " }}", value=date(2004, 2, 20)) == shown
    assert drawn("{{ value|" + name + " }}", value=None) == ""


def test_a_time_names_its_zone_and_is_the_readers():
    with timezone.override(ZoneInfo("America/New_York")):
        shown = drawn("{{ at|moment }}", at=datetime(2004, 1, 20, 21, 5, tzinfo=UTC))
    assert shown == '<time datetime="2004-01-20T16:05:00-05:00">20 Jan 2004, 16:05 EST</time>'


def test_the_day_of_an_instant_is_the_readers():
    with timezone.override(ZoneInfo("America/New_York")):
        assert drawn("{{ at|day }}", at=datetime(2004, 2, 20, 3, tzinfo=UTC)) == "19 February 2004"


def test_links_stand_in_a_sentence_with_commas_between_them():
    rows = [("Tri-Rivers, 4 numbers", "/a"), ("<b>, 1", "/b")]
    assert drawn("{{ rows|links }}", rows=rows) == (
        '<a class="link" href="/a">Tri-Rivers, 4 numbers</a>, <a class="link" href="/b">&lt;b&gt;, 1</a>'
    )


def test_a_mark_speaks_its_word_unless_the_word_follows():
    assert 'aria-label="common cause"' in drawn('{% mark "common" %}')
    assert "aria-label" not in drawn('{% mark "common" silent=True %}')


def test_every_mark_has_a_shape_and_a_word():
    assert MARKS.keys() == MARK_WORDS.keys()


def test_the_current_page_is_named_by_truth_or_by_path():
    request = RequestFactory().get("/style/")
    assert drawn("{% active here %}", here=True) == 'aria-current="page"'
    assert drawn("{% active here %}", here=False) == ""
    assert drawn("{% active '/style/' %}", request=request) == 'aria-current="page"'
    assert drawn("{% active '/' %}", request=request) == ""


def test_words_of_a_person_stay_words():
    shown = drawn('{% include "components/_empty.html" with title=name words="" %}', name="<b>x</b>")
    assert "&lt;b&gt;x&lt;/b&gt;" in shown


def test_a_wide_table_scrolls_in_a_named_region():
    shown = drawn('{% scroll "Points" %}<table></table>{% endscroll %}')
    assert shown == '<div class="scroll" role="region" aria-label="Points" tabindex="0"><table></table></div>'


def test_a_mark_says_its_own_word_unless_it_is_given_others() -> None:
    plain = drawn('{% include "components/_mark.html" with kind="concern" %}')
    worded = drawn('{% include "components/_mark.html" with kind="concern" words="11 points above" %}')

    assert plain.strip().endswith("</svg>concern</span>")
    assert worded.strip().endswith("</svg>11 points above</span>")


def test_a_month_without_numbers_is_hollow_and_half_a_month_half_high():
    shown = drawn('{% include "components/_completeness.html" %}', months=[1, 0.5, 0])
    assert shown.count('class="full"') == 2
    assert 'y="8.0" width="6" height="8.0"' in shown
    assert shown.count('class="none"') == 1


def test_a_drawing_keeps_its_points_where_people_write_commas():
    with translation.override("sv"):
        months = drawn('{% include "components/_completeness.html" %}', months=[0.55])
        share = drawn('{% include "components/_bar.html" %}', share=12.5)
    assert 'y="7.2" width="6" height="8.8"' in months
    assert ('width="12.5%"' in share, 'aria-label="12,5\u00a0%"' in share) == (True, True)


@pytest.fixture
def plain_static(settings):
    """Static files by their own names, as before they are collected."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.mark.usefixtures("plain_static")
def test_the_style_page_shows_both_themes_and_their_contrast():
    page = style(RequestFactory().get("/style/")).content.decode()
    assert page.count("#1763B6") == 1
    assert page.count("#6FB1F5") == 1
    assert page.count("decoration") == 6


@pytest.mark.usefixtures("plain_static")
def test_the_style_page_draws_each_sparkline_in_its_three_places():
    page = style(RequestFactory().get("/style/")).content.decode()
    assert page.count('class="spark spark-concern"') == 3


@pytest.mark.usefixtures("plain_static")
@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_needs_nobody_and_nothing(name):
    page = render_to_string(name)
    assert page.count("<h1>") == 1
    assert 'href="/"' in page


def test_an_address_breaks_at_its_dots_first() -> None:
    assert breakable("a.<b>@demo.example") == "a.<wbr>&lt;b&gt;@<wbr>demo.<wbr>example"
