"""The page of an organization: what it shows, to whom, and at what cost; and the tables to take away."""

from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, SignOff
from measures.selectors.sheet_place import place_of
from measures.sentences.periods import label
from measures.services.entry import observations, sign_offs
from tests.actors import Cast, make_project, make_unit
from tests.measures.series import make_measure
from tests.measures.sheets import make
from tests.projects.linked import link, signed_in


def test_the_page_counts_projects_against_the_fewest_of_the_running_phase(cast: Cast) -> None:
    for number in range(5):
        make_project(cast.own, f"Project {number}")
    make_project(cast.own, "Given up", state="stopped")
    page = signed_in(cast.lead).get(cast.own.get_absolute_url()).context["page"]
    assert (page.plan, len(page.projects)) == ("5 of at least 7 projects", 6)


def test_nothing_is_asked_of_an_applicant(cast: Cast) -> None:
    page = signed_in(cast.applicant_lead).get(cast.applicant.get_absolute_url()).context["page"]
    assert (page.plan, page.phases, page.projects) == ("", (), ())


def test_an_unshared_measure_is_left_out_for_another_organization(cast: Cast) -> None:
    project = make_project(cast.own)
    measure = make_measure(cast.own, "Infections")
    link(project, measure)
    Measure.objects.filter(pk=measure.pk).update(is_shared=False)
    seen_by = {}
    for actor in ("lead", "other_lead", "faculty"):
        client = signed_in(getattr(cast, actor))
        whole = client.get(cast.own.get_absolute_url()).context["page"]
        part = client.get(project.get_absolute_url()).context["page"]
        seen_by[actor] = (len(whole.measures), whole.projects[0].outcome, len(part.measures))
    assert seen_by == {
        "lead": (1, "Infections", 1),
        "other_lead": (0, "", 0),
        "faculty": (1, "Infections", 1),
    }


def test_the_page_of_an_organization_costs_the_same_with_thirty_projects(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, url = signed_in(cast.faculty), cast.own.get_absolute_url()
    link(make_project(cast.own, "First"), make_measure(cast.own, "First"))
    with django_assert_max_num_queries(100) as queries:
        client.get(url)
    before = len(queries)
    for number in range(29):
        link(make_project(cast.own, f"P{number}"), make_measure(cast.own, f"M{number}"))
        make_unit(cast.own, f"U{number}")
    with django_assert_max_num_queries(before):
        page = client.get(url).context["page"]
    assert (len(page.projects), len(page.measures), len(page.units)) == (30, 30, 29)


def test_tables_are_taken_away_as_csv(cast: Cast) -> None:
    project = make_project(cast.own, aim_on=timezone.now().date() + timedelta(days=3))
    link(project, make_measure(cast.own, "Infections", goal=2, goal_on="2004-12-31"))
    client = signed_in(cast.lead)

    def lines(name: str, ref: str) -> list[str]:
        answer = client.get(reverse(f"projects:{name}", args=["perfection", ref]))
        return answer.content.decode("utf-8-sig").splitlines()[1:]

    assert lines("projects_csv", cast.own.ref) == [
        f'"No child harmed","Medicines and harm","running","{project.aim_on}","Infections"'
    ]
    assert lines("project_measures_csv", project.ref) == [
        '"Outcome","Infections","days","2.0 by 31 Dec 2004"'
    ]


def month(back: int) -> date:
    """The first day of a month that is over, so many before the newest of them."""
    newest = periods.latest_complete(timezone.now().date(), periods.MONTH)
    return periods.following(newest, periods.MONTH, -back)


def sign(cast: Cast, back: int) -> SignOff:
    at = timezone.now()
    place = place_of(cast.own, month(back), frequency=periods.MONTH, at=at)
    return sign_offs.sign(cast.own, place, by=cast.data_entry, at=at)


def test_sheets_signed_off_stand_on_the_page_with_what_became_of_them(cast: Cast) -> None:
    measure = make(cast.own, "Wait", since=month(9))
    for back in range(9):
        observations.record(measure, month(back), Entry(value=Decimal(9)), by=cast.data_entry)
    for back in (0, 1, 2, 8):
        signed = sign(cast, back)
    taken_back = SignOff.objects.get(period=month(2))
    sign_offs.withdraw(cast.own, taken_back.ref, by=cast.data_entry)
    observations.record(measure, month(1), Entry(value=Decimal(8)), by=cast.lead)

    page = signed_in(cast.faculty).get(cast.own.get_absolute_url())

    today = f"{timezone.now().date():%-d %B %Y}"
    assert signed.period == month(8), "older than six months"
    assert [(one.sheet, one.words, one.is_complete) for one in page.context["page"].signed] == [
        (label(month(0), "month", long=True), f"Complete: {cast.data_entry}, {today}", True),
        (
            label(month(1), "month", long=True),
            f"It was signed off by {cast.data_entry} on {today}; changed since by {cast.lead} on {today}.",
            False,
        ),
    ]
    assert f"Complete: {cast.data_entry}, {today}" in page.text


def test_sign_offs_are_read_by_the_organization_its_faculty_and_the_office(cast: Cast) -> None:
    url = cast.own.get_absolute_url()
    readers = ("lead", "member", "faculty", "office", "funder", "other_lead")
    pages = {one: signed_in(getattr(cast, one)).get(url) for one in readers}
    assert {name: page.context["page"].signed for name, page in pages.items()} == {
        "lead": (), "member": (), "faculty": (), "office": (), "funder": None, "other_lead": None,
    }  # fmt: skip
    assert {name for name, page in pages.items() if "Sheets signed off" in page.text} == {
        "lead", "member", "faculty", "office",
    }  # fmt: skip


def test_many_sign_offs_cost_no_query_more(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, url = signed_in(cast.faculty), cast.own.get_absolute_url()
    make(cast.own, "Wait", since=month(30))
    with django_assert_max_num_queries(100) as queries:
        client.get(url)
    SignOff.objects.bulk_create(
        SignOff(
            organization=cast.own,
            period=month(0) - timedelta(days=back),
            frequency=periods.DAY,
            by=cast.data_entry,
            at=timezone.now(),
        )
        for back in range(60)
    )
    with django_assert_max_num_queries(len(queries)):
        shown = client.get(url).context["page"].signed
    assert len(shown) == 8
