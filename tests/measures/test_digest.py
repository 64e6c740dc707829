"""The weekly digest: once a week, what is due and which signals are new, and nothing that is not visible."""

from datetime import UTC, datetime, timedelta

from measures import periods
from measures.emails import digest_section
from measures.models import Measure, Month
from measures.services import charts
from p2.models import Letter
from p2.spanning import digests
from tests.actors import Cast
from tests.measures.series import log, make_measure

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
WORSE = [
    *[20.0, 22.0, 19.0, 23.0, 18.0, 21.0, 20.5, 19.5, 22.5, 18.5, 21.5, 20.0],
    *[30.0 + n for n in range(10)],
]


def worse(organization: object, name: str) -> Measure:
    """A measure in the wrong direction since Saturday."""
    measure = make_measure(organization, name)  # type: ignore[arg-type]
    log(measure, WORSE)
    charts.refresh_stale(at=MONDAY - timedelta(days=2))
    return measure


def lines(person: object) -> list[tuple[str, tuple[str, ...]]]:
    sections = digest_section(person, since=MONDAY - timedelta(days=7), at=MONDAY)  # type: ignore[arg-type]
    return [(section.title, section.lines) for section in sections]


def test_a_new_signal_is_told_with_its_address(cast: Cast) -> None:
    measure = worse(cast.own, "Wait")

    assert lines(cast.member) == [
        (
            "New signals",
            (
                "A shift in the wrong direction: Wait, days: 10 points above the median. "
                f"http://localhost:8000/c/perfection/m/{measure.ref}/",
            ),
        )
    ]


def test_an_open_month_is_told_to_who_logs_it(cast: Cast) -> None:
    make_measure(cast.own, "Wait").definitions.update(effective_from="2026-01-01")
    period = periods.latest_complete(MONDAY.date(), periods.MONTH)
    closes_on = MONDAY.date() + timedelta(days=8)
    Month.objects.create(
        collaborative=cast.collaborative, period=period, due_on=closes_on, closes_on=closes_on
    )

    assert [title for title, _ in lines(cast.data_entry)] == ["Due from you"]
    assert lines(cast.member) == []


def test_nothing_beyond_what_is_visible_is_told(cast: Cast) -> None:
    worse(cast.own, "Wait")
    Measure.objects.update(is_shared=False)

    told = {
        role: bool(lines(getattr(cast, role)))
        for role in (
            "member",
            "faculty",
            "other_lead",
            "applicant_lead",
            "elsewhere_lead",
            "committee",
            "stranger",
        )
    }

    assert told == {
        "member": True,
        "faculty": True,
        "other_lead": False,
        "applicant_lead": False,
        "elsewhere_lead": False,
        "committee": False,
        "stranger": False,
    }


def test_nobody_gets_two_letters_for_one_week(cast: Cast) -> None:
    worse(cast.own, "Wait")

    first = digests.queue_due(at=MONDAY)
    again = digests.queue_due(at=MONDAY + timedelta(hours=3))

    assert (first, again) == (7, 0)
    assert Letter.objects.count() == 7
    assert Letter.objects.filter(person=cast.member).count() == 1


def test_the_next_week_has_its_own_letter(cast: Cast) -> None:
    worse(cast.own, "Wait")
    digests.queue_due(at=MONDAY)
    Measure.objects.get().snapshot.__class__.objects.update(state_since=MONDAY + timedelta(days=3))

    assert digests.queue_due(at=MONDAY + timedelta(days=7)) == 7


def test_who_has_no_news_gets_no_letter(cast: Cast) -> None:
    assert digests.queue_due(at=MONDAY) == 0
