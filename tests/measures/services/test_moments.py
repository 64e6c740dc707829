"""Since when a chart says what it says: which period completed the signal, and what of a change is news."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import ChartSnapshot, Measure
from measures.selectors import news
from measures.services import charts
from organizations.models import Presence
from organizations.services.programme import collaboratives
from tests.actors import Cast
from tests.measures.series import log, make_measure

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 2, 2, tzinfo=UTC)
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
OTHERWISE = [10, 20] * 9 + [10] * 6 + [20] * 6
"""Common cause by Anhøj's rules, a concern by Perla's."""
FELL = [12, 11, 13, 12, 11, 14, 12, 13, 11, 12, 13, 12, 7, 6, 8, 7, 6, 5, 7, 6, 7, 5, 6, 7]


def charted(measure: Measure, at: datetime) -> ChartSnapshot:
    charts.refresh_stale(at=at)
    return ChartSnapshot.objects.get(measure=measure)


def test_a_signal_is_of_the_period_that_completed_it_whenever_it_was_computed(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL[:15])
    assert charted(measure, MONDAY).state == "common"
    log(measure, FELL[15:16], first=date(2021, 4, 1))
    found = charted(measure, TUESDAY)
    assert (found.state, found.signal_completed, found.state_since) == (
        "improvement",
        date(2021, 4, 1),
        TUESDAY,
    )
    log(measure, FELL[16:], first=date(2021, 5, 1))
    late = make_measure(cast.own, "Logged in one day")
    log(late, FELL)
    found, same = charted(measure, FRIDAY), ChartSnapshot.objects.get(measure=late)
    assert (found.signal_completed, same.signal_completed) == (date(2021, 4, 1), date(2021, 4, 1))
    assert (found.state_since, same.state_since) == (TUESDAY, FRIDAY)
    assert news.completed(Measure.objects.get(pk=late.pk)) == "signal of Apr 2021"


def test_a_run_says_which_of_its_points_completed_it(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, [11, 14, 12, 12, 13, 13, 14, 14, 9, 14, 11, 11, 8, 12, 12, 12, 9, 12, 11, 11, 9, 10, 12, 11])
    assert charted(measure, MONDAY).signal_completed == date(2021, 10, 1)
    words = "signal of Oct 2021: point 8 of 9 in a row"
    assert news.completed(Measure.objects.get(pk=measure.pk)) == words
    assert news.completed(Measure.objects.get(pk=measure.pk), short=True) == "signal of Oct 2021"


def test_where_nothing_stands_nothing_was_completed(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, OTHERWISE)
    assert charted(measure, MONDAY).signal_completed is None
    assert news.completed(Measure.objects.get(pk=measure.pk)) == ""


def test_other_rules_alone_are_no_news_of_the_chart(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, OTHERWISE)
    charted(measure, MONDAY)
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office, at=TUESDAY)
    found = charted(measure, TUESDAY)
    assert (found.state, found.state_since, found.rejudged_at) == ("concern", MONDAY, TUESDAY)
    assert found.signal_completed == date(2022, 6, 1)
    assert not news.signalled(Measure.objects.all(), since=MONDAY, at=FRIDAY).exists()


def test_a_number_that_came_with_other_rules_is_news_where_it_brings_the_signal(cast: Cast) -> None:
    both, rules_only = make_measure(cast.own, "Both"), make_measure(cast.own, "The rules")
    log(both, FELL[:15])
    log(rules_only, OTHERWISE)
    charted(both, MONDAY)
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office, at=TUESDAY)
    log(both, FELL[15:], first=date(2021, 4, 1))
    log(rules_only, [15], first=date(2022, 7, 1))
    charted(both, TUESDAY)
    moments = ChartSnapshot.objects.order_by("measure__name").values_list(
        "state", "state_since", "rejudged_at"
    )
    assert list(moments) == [("improvement", TUESDAY, None), ("concern", MONDAY, TUESDAY)]


def test_another_method_judges_every_chart_anew_and_tells_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure = make_measure(cast.own)
    log(measure, FELL)
    charted(measure, MONDAY)
    ChartSnapshot.objects.update(method=0, state="common", signal_completed=None)
    charts.refresh([measure.pk], at=TUESDAY)
    found = ChartSnapshot.objects.get(measure=measure)
    assert (found.state, found.state_since, found.rejudged_at) == ("improvement", MONDAY, None)
    assert found.signal_completed == date(2021, 4, 1)


def test_a_number_that_came_with_another_method_is_taken_to_have_brought_what_is_said(cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, OTHERWISE)
    charted(measure, MONDAY)
    ChartSnapshot.objects.update(method=0)
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office, at=TUESDAY)
    log(measure, [15], first=date(2022, 7, 1))
    found = charted(measure, TUESDAY)
    assert (found.state, found.state_since, found.rejudged_at) == ("concern", TUESDAY, None)


def test_of_two_changes_of_rules_the_later_is_told(cast: Cast) -> None:
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office, at=MONDAY)
    collaboratives.edit(cast.collaborative, run_rules="best_box", by=cast.office, at=TUESDAY)
    assert news.rules_words(cast.collaborative, FRIDAY, 2) == (
        "Run rules changed on 3 February 2026 by Ofelia Fice, Perla, Provost and Murray to Best box: "
        "2 charts are judged otherwise."
    )


def test_a_change_of_rules_is_told_once_with_who_and_how_many(client: Client, cast: Cast) -> None:
    measure = make_measure(cast.own)
    log(measure, OTHERWISE)
    log(make_measure(cast.own, "Better by either"), FELL)
    charted(measure, MONDAY)
    collaboratives.edit(cast.collaborative, run_rules="perla", by=cast.office, at=TUESDAY)
    charted(measure, TUESDAY)
    words = (
        "Run rules changed on 3 February 2026 by Ofelia Fice, Anhøj to Perla, Provost and Murray: "
        "1 chart is judged otherwise."
    )
    told = [one for one in news.changed(cast.lead, MONDAY, FRIDAY) if one.title == "Run rules changed"]
    assert [one.detail for one in told] == [words]
    assert not [one for one in news.changed(cast.lead, FRIDAY, FRIDAY) if one.title == "Run rules changed"]
    url = reverse("projects:portfolio", args=[cast.collaborative.slug])
    client.force_login(cast.faculty)
    client.get(url)
    Presence.objects.update(previous_at=MONDAY)
    assert words in client.get(url).text
    Presence.objects.update(previous_at=FRIDAY)
    assert "Run rules changed" not in client.get(url).text
