"""A measure's page: who sees it, what it says, and what it says when the chart is behind its numbers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from measures.models import Annotation, Freeze, Measure
from measures.pages.measure.chart import reading
from measures.services import charts, markups, measures
from tests.actors import Cast
from tests.measures.series import WAIT, log, make_measure
from tests.shown_forms import shown

pytestmark = pytest.mark.django_db

FELL = [12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 13, 12, 7, 6, 8, 7, 6, 5, 7, 6, 7, 5, 6, 7]


def address(measure: Measure, page: str = "measure", **more: str) -> str:
    return reverse(
        f"measures:{page}", args=[measure.organization.collaborative.slug, measure.ref, *more.values()]
    )


@pytest.fixture
def measure(cast: Cast) -> Measure:
    made = make_measure(cast.own, "Third next available appointment", goal=5)
    log(made, FELL, by=cast.data_entry)
    charts.refresh_stale()
    return made


@pytest.fixture
def as_lead(client: Client, cast: Cast) -> None:
    client.force_login(cast.lead)


def test_the_headline_is_the_verdict(client: Client, cast: Cast, measure: Measure) -> None:
    client.force_login(cast.faculty)
    answer = client.get(address(measure))
    assert "<h1>Sustained improvement since January 2021: 12 points below the median</h1>" in answer.text


def test_the_page_holds_every_number(client: Client, cast: Cast, measure: Measure) -> None:
    client.force_login(cast.lead)
    answer = client.get(address(measure))
    for label in ("Jan 2020", "Dec 2021"):
        assert answer.text.count(f'<th scope="row">{label}</th>') == 1


def test_a_chart_behind_its_numbers_says_so_and_its_table_has_them(
    client: Client, cast: Cast, measure: Measure
) -> None:
    log(measure, [4.2], first=date(2022, 1, 1), by=cast.data_entry)
    client.force_login(cast.lead)
    answer = client.get(address(measure))
    assert "being recomputed" in answer.text
    assert '<th scope="row">Jan 2022</th>' in answer.text
    charts.refresh_stale()
    assert "being recomputed" not in client.get(address(measure)).text


def test_the_live_page_answers_nothing_while_nothing_changed(
    client: Client, cast: Cast, measure: Measure
) -> None:
    client.force_login(cast.lead)
    have = client.get(address(measure, "live"))["X-Version"]
    assert client.get(address(measure, "live"), {"have": have}).status_code == 204
    log(measure, [4.2], first=date(2022, 1, 1), by=cast.data_entry)
    assert "4.2" in client.get(address(measure, "live"), {"have": have}).text


def test_faculty_see_the_history_and_the_funder_does_not(
    client: Client, cast: Cast, measure: Measure
) -> None:
    client.force_login(cast.faculty)
    assert "logged January 2020: 12" in client.get(address(measure, "history")).text
    client.force_login(cast.funder)
    assert client.get(address(measure, "history")).status_code == 403
    assert "logged January 2020: 12" not in client.get(address(measure)).text


def test_the_csv_has_a_line_for_every_number(client: Client, cast: Cast, measure: Measure) -> None:
    client.force_login(cast.lead)
    lines = client.get(address(measure, "points")).text.strip().splitlines()
    assert len(lines) == 25
    assert '"2020-01-01","","","","12",' in lines[1]


def test_the_figure_is_in_the_readers_theme_and_survives_odd_widths(
    client: Client, cast: Cast, measure: Measure
) -> None:
    client.force_login(cast.lead)
    for width in ("", "-1", "10000000", "²", "abc"):
        answer = client.get(address(measure, "figure"), {"theme": "dark", "width": width})
        assert answer.json()["layout"]["paper_bgcolor"] == "#101317"


def test_a_lead_freezes_the_median_and_takes_it_back(client: Client, cast: Cast, measure: Measure) -> None:
    client.force_login(cast.lead)
    client.post(address(measure, "freeze"), {"period": "2020-12-01", "text": "The first year"})
    freeze = Freeze.objects.get(measure=measure)
    assert (freeze.period, freeze.by) == (date(2020, 12, 1), cast.lead)
    client.post(address(measure, "withdraw_freeze", mark=freeze.ref))
    freeze.refresh_from_db()
    assert freeze.withdrawn_by == cast.lead


def test_data_entry_writes_on_the_chart_and_does_not_move_its_median(
    client: Client, cast: Cast, measure: Measure
) -> None:
    client.force_login(cast.data_entry)
    given = {"period": "2021-01-01", "kind": "change", "text": "Two clinics, one waiting list"}
    assert client.post(address(measure, "annotation"), given).status_code == 302
    assert Annotation.objects.get(measure=measure).text == "Two clinics, one waiting list"
    assert client.post(address(measure, "rebase"), {"period": "2021-01-01", "text": "no"}).status_code == 403


def test_a_mark_up_without_words_is_refused_beside_its_field(
    client: Client, cast: Cast, measure: Measure
) -> None:
    client.force_login(cast.lead)
    answer = client.post(address(measure, "rebase"), {"period": "2021-01-01", "text": ""})
    assert not measure.rebases.exists()
    assert "This field is required." in answer.text


def test_a_new_version_of_the_definition_says_why(client: Client, cast: Cast, measure: Measure) -> None:
    client.force_login(cast.lead)
    words = measure.words
    given = {
        "numerator_words": "Days to the third open appointment",
        "denominator_words": "",
        "unit": words.unit,
        "multiplier": "1",
        "decimals": "1",
        "direction": "down",
        "goal": "5",
        "goal_on": "",
        "shape": "mean",
        "frequency": "month",
        "effective_from": "2021-01-01",
        "why": "Holidays no longer count",
    }
    form = address(measure, "define")
    assert client.post(form, {**shown(client, form), **given}).status_code == 302
    measure.refresh_from_db()
    assert (measure.words.number, measure.words.why) == (2, "Holidays no longer count")
    charts.refresh_stale()
    assert "Holidays no longer count" in client.get(address(measure)).text


def test_an_unshared_chart_is_gone_for_the_other_participants(
    client: Client, cast: Cast, measure: Measure
) -> None:
    client.force_login(cast.other_lead)
    assert client.get(address(measure)).status_code == 200
    measures.share(measure, is_shared=False, by=cast.lead)
    assert client.get(address(measure)).status_code == 404


def test_a_stratum_is_unshared_with_the_measure_it_is_a_part_of(
    client: Client, cast: Cast, measure: Measure
) -> None:
    stratum = make_measure(cast.own, "Of these, children")
    Measure.objects.filter(pk=stratum.pk).update(stratum_of=measure, stratum_label="children")
    client.force_login(cast.other_lead)
    assert client.get(address(stratum)).status_code == 200
    measures.share(measure, is_shared=False, by=cast.lead)
    assert client.get(address(stratum)).status_code == 404


def test_a_changed_definition_stands_on_the_chart_and_its_old_words_beside_the_new(
    client: Client, cast: Cast, measure: Measure
) -> None:
    markups.annotate(measure, date(2021, 9, 1), kind="event", text="Flu season", by=cast.data_entry)
    measures.define(
        measure,
        definition={"numerator_words": "Working days to the appointment"},
        effective_from=date(2021, 3, 1),
        why="Weekends are no days of ours",
        by=cast.lead,
    )
    client.force_login(cast.other_lead)
    page = client.get(address(measure))

    assert [(note.number, note.label, note.text) for note in page.context["reading"].notes] == [
        (1, "Mar 2021", "definition changed to version 2: Weekends are no days of ours"),
        (2, "Sep 2021", "Flu season"),
    ]
    old = page.text.partition("What version 1 said")[2].partition("</details>")[0]
    assert f"<dd>{WAIT['numerator_words']}</dd>" in old
    assert f"<dd>{WAIT['unit']}</dd>" in old


def test_words_that_were_taken_back_stand_on_the_chart_no_more(cast: Cast, measure: Measure) -> None:
    gone, kept = (
        markups.annotate(measure, date(2021, month, 1), kind="note", text=f"{month}", by=cast.data_entry)
        for month in (8, 9)
    )
    markups.withdraw(gone, by=cast.data_entry)
    assert [(note.number, note.text) for note in reading(measure, private=True).notes] == [(1, kept.text)]


def test_a_definition_that_changes_outside_the_chart_is_no_note_on_it(cast: Cast, measure: Measure) -> None:
    measure.definitions.update(effective_from=date(2019, 1, 1))
    measure.words.refresh_from_db()
    for day in (date(2019, 12, 1), date(2022, 1, 1)):
        words = {"numerator_words": f"Days, from {day}"}
        measures.define(measure, definition=words, effective_from=day, why="Counted anew", by=cast.lead)
    assert reading(measure, private=False).notes == ()


def test_queries_stay_the_same_for_a_long_series(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    short, long = make_measure(cast.own, "Short"), make_measure(cast.own, "Long")
    log(short, [5.0], by=cast.lead)
    log(long, [5.0 + step % 7 for step in range(60)], by=cast.lead)
    for step in range(12):
        markups.annotate(long, date(2021, step + 1, 1), kind="note", text=f"note {step}", by=cast.lead)
    charts.refresh_stale()
    client.force_login(cast.lead)
    client.get(address(short))
    for measure in (short, long):
        with django_assert_num_queries(12):
            client.get(address(measure))


@pytest.mark.parametrize(("frequency", "said"), [("week", "Log the week"), ("quarter", "Log the quarter")])
def test_the_page_speaks_of_the_measures_own_frequency(
    client: Client, cast: Cast, frequency: str, said: str
) -> None:
    made = make_measure(cast.own, "Falls", frequency=frequency)
    client.force_login(cast.lead)
    page = client.get(address(made)).text
    assert f">{said}</a>" in page
    assert f"A run chart shows a number for every {frequency}, oldest first." in page


@pytest.mark.parametrize(
    ("kind", "periods", "said"),
    [
        (
            "freeze", ("2020-10-01", "2020-12-01"),
            "The median is frozen up to October 2020 already. Withdraw that before you freeze it anew.",
        ),
        (
            "rebase", ("2021-01-01", "2021-01-01"),
            "There is a new median from January 2021 on already. Withdraw it before you set it anew.",
        ),
        (
            "exclusion", ("2021-03-01", "2021-03-01"),
            "March 2021 is left out already. Withdraw that to say another reason.",
        ),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("as_lead")
def test_what_stands_on_the_chart_already_is_named_and_what_was_typed_stays(
    client: Client, measure: Measure, kind: str, periods: tuple[str, str], said: str
) -> None:
    first, second = periods
    assert client.post(address(measure, kind), {"period": first, "text": "Two clinics"}).status_code == 302

    again = client.post(address(measure, kind), {"period": second, "text": "The queue was shared"}).text

    assert (said in again, "The queue was shared</textarea>" in again) == (True, True)
