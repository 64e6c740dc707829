"""The pages of measures and their verbs in the pseudo-language: a sentence that stays plain was forgotten."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from measures.exchange.entries import Entry
from measures.forms.definitions import DefinitionForm
from measures.forms.markups import AnnotationForm
from measures.forms.measures import MeasureForm
from measures.models import Measure, Month
from measures.pages.entry.sheet.page import sheet
from measures.pages.measure.chart import reading
from measures.pages.measure.history import history
from measures.pages.measure.marks import every_mark
from measures.pages.measure.page import facts, proofs, suggestion, versions
from measures.pages.measures import listed
from measures.pages.style import improvement, sparks
from measures.selectors import news
from measures.selectors.charts import with_charts
from measures.selectors.completeness.counting import Filled, missing_words
from measures.services import charts, markups, measures, months
from measures.services.entry import observations
from measures.services.entry.observations import Cell, TwoEntries
from organizations.models import Collaborative
from p2.errors import RuleViolation
from tests.actors import Cast
from tests.measures.series import NAMING, WAIT, log, make_measure

pytestmark = pytest.mark.django_db

ROSE = [12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 13, 12, 17, 16, 18, 17, 16, 15, 17, 16, 17, 15, 16, 17]


@pytest.fixture
def measure(cast: Cast) -> Measure:
    made = make_measure(cast.own, goal=5, goal_on=date(2030, 1, 31))
    log(made, ROSE, by=cast.data_entry)
    charts.refresh_stale()
    return with_charts(Measure.objects).get(pk=made.pk)


@pytest.fixture
def pseudo(measure: Measure) -> Iterator[None]:
    with translation.override("en-xa"):
        yield


def is_whole(sentence: str) -> bool:
    """Begun and ended by translation."""
    return sentence.startswith("[") and sentence.endswith("]")


def test_the_line_under_the_verdict_is_whole_sentences(measure: Measure, pseudo: None) -> None:
    chart = reading(measure, private=True)
    for day in (date(2029, 12, 1), date(2030, 1, 30), date(2031, 1, 1)):
        said = facts(measure, chart, datetime(day.year, day.month, day.day, tzinfo=UTC))
        assert is_whole(said)
        assert said.count("[") == said.count("]") >= 4  # two sentences, a month in one, the goal in the other
    suggested = suggestion(measure, chart)
    assert suggested
    assert is_whole(suggested.sentence)
    assert is_whole(suggested.effect.alt)


def test_each_rule_is_told_whole_with_its_limit_and_its_place(cast: Cast, measure: Measure) -> None:
    for rules in Collaborative.Rules:
        Collaborative.objects.filter(pk=cast.collaborative.pk).update(run_rules=rules)
        charts.refresh_stale()
        found = with_charts(Measure.objects).get(pk=measure.pk)
        with translation.override("en-xa"):
            chart = reading(found, private=True)
            shown = proofs(chart)
            said = [(is_whole(one.rule), is_whole(one.limit), is_whole(one.where or "[]")) for one in shown]
            assert is_whole(chart.false_alarms or "[]")
        assert said == [(True, True, True)] * len(shown)
        assert len({one.key for one in shown}) == len(shown) > 1


def test_every_kind_of_mark_up_is_told_whole_when_made_and_when_withdrawn(
    cast: Cast, measure: Measure, pseudo: None
) -> None:
    day = date(2020, 6, 1)
    days = {markups.freeze: date(2020, 12, 1), markups.rebase: day, markups.exclude: day}
    made = [verb(measure, on, why="A", by=cast.lead) for verb, on in days.items()]
    for verb, on in days.items():
        with pytest.raises(RuleViolation, match=r"^\[.*\]$"):
            verb(measure, on, why="B", by=cast.lead)
    made.append(markups.annotate(measure, day, kind="note", text="C", by=cast.lead))
    for mark in made:
        markups.withdraw(mark, by=cast.lead)
    events = history(measure, every_mark(measure), versions(measure), most=8)
    assert [event.words for event in events if not is_whole(event.words)] == []
    assert len({event.words for event in events}) == 8


def test_news_of_charts_are_whole_sentences(cast: Cast, measure: Measure, pseudo: None) -> None:
    since = timezone.now() - timedelta(days=1)
    markups.annotate(measure, date(2020, 6, 1), kind="event", text="A", by=cast.lead)
    markups.rebase(measure, date(2020, 6, 1), why="B", by=cast.lead)
    observations.record(measure, date(2020, 1, 1), Entry(value=Decimal(13)), by=cast.lead)
    told = news.changed(cast.data_entry, since, timezone.now())
    assert [(row.rank, row.mark) for row in told] == [(0, "concern"), (3, ""), (3, ""), (3, "")]
    assert [row.title for row in told if not is_whole(row.title)] == []
    signals = news.signals(Measure.objects.all(), cast.faculty, since=since, at=timezone.now())
    assert [is_whole(row.title) for row in signals] == [True]
    assert f"{cast.own}" in signals[0].title


def test_a_sheet_is_headed_and_its_late_numbers_are_told_in_the_readers_language(cast: Cast) -> None:
    measures.create(
        cast.own,
        naming={**NAMING, "name": "Wait"},
        definition=WAIT,
        effective_from=date(2003, 6, 1),
        by=None,
    )
    for period in (date(2003, 11, 1), date(2003, 12, 1), date(2004, 1, 1)):
        months.month_of(cast.collaborative, period).save()
    with translation.override("sv"):
        shown = sheet(cast.own, reader=cast.data_entry, at=datetime(2004, 2, 12, tzinfo=UTC))
    assert [column.head for column in shown.columns][:3] == ["Feb ’03", "Mar", "Apr"]
    assert shown.columns[3].head == "Maj"
    assert shown.title[:1].isupper()  # Swedish writes its months small, but not where a title begins
    for late_from, words in (("December", "[3 ļåţé ƒŕöɱ December"), ("", "[3 ļåţé ƒŕöɱ éåŕļîéŕ")):
        with translation.override("en-xa"):
            told = replace(shown.progress, late=3, late_from=late_from).late_words
        assert told.startswith(words)


def test_who_lacks_numbers_is_told_whole() -> None:
    lacking = [Filled(n, f"Org {n}", "", "", "UTC", Month(), 3, 0) for n in range(6)]
    assert missing_words(lacking) == "Org 0, 3 numbers; Org 1, 3; Org 2, 3; Org 3, 3; and 2 more."
    assert missing_words(lacking[:1]) == "Org 0, 3 numbers."
    with translation.override("en-xa"):
        assert is_whole(missing_words(lacking))


def test_every_field_of_a_form_has_words_that_can_be_translated(measure: Measure) -> None:
    new = MeasureForm(organization=measure.organization)
    forms = (new, DefinitionForm(measure=measure), AnnotationForm(measure=measure, known=()))
    fields = [(name, form.fields[name]) for form in forms for name in form.fields if not form[name].is_hidden]
    with translation.override("en-xa"):
        assert [name for name, field in fields if not is_whole(str(field.label))] == []
        assert [
            name for name, field in fields if field.help_text and not is_whole(str(field.help_text))
        ] == []
    labels = [str(field.label) for field in new.fields.values()]
    assert labels[:4] == ["Name", "Area", "IOM aim", "Care process"]


def test_verbs_refuse_and_answer_in_whole_sentences(cast: Cast, measure: Measure, client: Client) -> None:
    month = months.month_of(cast.collaborative, date(2004, 1, 1))
    month.save()
    cast.lead.language = "en-xa"
    cast.lead.save()
    client.force_login(cast.lead)
    slug = cast.collaborative.slug
    for shared in ("no", "yes"):
        client.post(reverse("measures:share", args=[slug, measure.ref]), {"shared": shared})
    mark = markups.annotate(measure, date(2020, 6, 1), kind="note", text="A", by=cast.lead)
    client.post(reverse("measures:withdraw_annotation", args=[slug, measure.ref, mark.ref]))
    told = [str(message) for message in get_messages(client.get("/").wsgi_request)]
    assert [is_whole(sentence) for sentence in told] == [True] * 3
    with translation.override("en-xa"):
        with pytest.raises(RuleViolation, match=r"^\[.*\]$"):
            months.move(month, date(2004, 1, 20), by=cast.office)
        for theirs in (None, measure.observations.first()):
            refused = TwoEntries(Cell(measure.pk, date(2020, 1, 1), Entry()), theirs)
            assert is_whole(str(refused))
    assert str(TwoEntries(Cell(measure.pk, date(2020, 1, 1), Entry()), None)) == (
        "Somebody cleared this cell while you typed."
    )


@pytest.mark.parametrize("table", ["points", "history", "list"])
def test_a_table_of_measures_to_take_away_is_in_english_for_everybody(
    cast: Cast, measure: Measure, client: Client, table: str
) -> None:
    log(measure, [None, 9.5], first=date(2021, 12, 1), by=cast.data_entry)
    markups.exclude(measure, date(2020, 6, 1), why="The roof was open", by=cast.lead)
    charts.refresh_stale()
    address = {
        "points": f"/c/{cast.collaborative.slug}/m/{measure.ref}/points.csv",
        "history": f"/c/{cast.collaborative.slug}/m/{measure.ref}/history?format=csv",
        "list": f"/c/{cast.collaborative.slug}/o/{cast.own.ref}/measures/list.csv",
    }[table]
    client.force_login(cast.lead)
    english, other = (client.get(address, headers={"Accept-Language": asked}) for asked in ("en", "sv"))
    assert english.status_code == 200
    assert english.content == other.content
    assert other["Content-Language"] == "en"
    assert {
        "points": '"common cause"',
        "history": "left out June 2020",
        "list": "12 points above the median",
    }[table] in other.text


def test_the_examples_of_the_style_page_speak_of_charts_as_charts_do() -> None:
    with translation.override("en-xa"):
        said = [*(alt for pair in sparks() for alt in (pair[0], pair[1].alt)), improvement().verdict.headline]
        assert [sentence for sentence in said if not is_whole(sentence)] == []


def test_the_list_of_measures_and_its_strata_are_told_whole(cast: Cast, measure: Measure) -> None:
    measures.create(
        cast.own,
        naming={**NAMING, "name": "Wait", "stratum_label": "Medicaid", "stratum_of": measure},
        definition=WAIT,
        by=None,
    )
    with translation.override("en-xa"):
        rows = listed(cast.own, reader=cast.lead)
    assert {row.is_stratum: (is_whole(row.name), is_whole(row.words)) for row in rows} == {
        False: (False, True),
        True: (True, True),
    }


class Machines(HTMLParser):
    """What scripts, styles and drawings read of a page: hidden fields, but those that name the reader's session or
    language, and everything inside an SVG."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.read: list[tuple[str, str, str | None]] = []
        self.depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "svg"
        given = dict(attrs)
        is_said = (given.get("name") or "").endswith(("csrfmiddlewaretoken", "-language"))
        is_hidden = given.get("type") == "hidden" and not is_said
        for name, value in attrs:
            is_drawn = self.depth and name not in {"aria-label", "class"}
            if name == "style" or is_drawn or (is_hidden and name == "value"):
                self.read.append((tag, name, value))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "svg"


@pytest.mark.parametrize("page", ["/c/{c}/m/{m}/", "/c/{c}/o/{o}/sheet/", "/c/{c}/o/{o}/measures/", "/"])
def test_numbers_for_styles_scripts_and_drawings_are_not_written_as_people_write_them(
    cast: Cast, measure: Measure, client: Client, page: str
) -> None:
    observations.record(measure, date(2020, 1, 1), Entry(value=Decimal("12.25")), by=cast.lead)
    charts.refresh_stale()
    client.force_login(cast.lead)
    address = page.format(c=cast.collaborative.slug, m=measure.ref, o=cast.own.ref)
    english, swedish = (client.get(address, headers={"Accept-Language": asked}) for asked in ("en", "sv"))
    assert (english.status_code, swedish["Content-Language"]) == (200, "sv")
    read = Machines(english.text).read
    assert [value for tag, _name, value in read if tag == "path"]
    assert Machines(swedish.text).read == read
