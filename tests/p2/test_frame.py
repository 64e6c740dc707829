"""The frame around every page: who is signed in, where, and what may be opened."""

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from pytest_django import DjangoAssertNumQueries

from organizations.models import User
from p2.spanning.frame import Frame
from tests.actors import Cast, appoint, join


def frame_of(person: User, path: str = "/") -> Frame:
    request = RequestFactory().get(path)
    request.user = User.objects.get(pk=person.pk)
    request.resolver_match = resolve(path)
    return Frame(request)


def labels(frame: Frame) -> list[str]:
    return [link.label for link in frame.navigation]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("data_entry", ["Today", "Measures", "Projects", "Organizations"]),
        ("lead", ["Today", "Measures", "Projects", "Organizations"]),
        ("applicant_lead", ["Today", "Measures", "Projects", "Organizations"]),
        ("faculty", ["Today", "Portfolio", "Organizations"]),
        ("funder", ["Today", "Portfolio", "Organizations"]),
        ("office", ["Today", "Portfolio", "Organizations", "People"]),
        ("committee", ["Today", "Organizations"]),
        ("stranger", ["Today"]),
        ("site_admin", ["Today", "Portfolio", "Organizations", "People", "Collaboratives", "Letters"]),
    ],
)
def test_each_role_has_its_navigation(cast: Cast, role: str, expected: list[str]) -> None:
    assert labels(frame_of(getattr(cast, role))) == expected


@pytest.mark.parametrize(
    ("role", "line"),
    [
        ("data_entry", "Data entry, Own Hospital"),
        ("faculty", "Faculty"),
        ("stranger", ""),
        ("site_admin", "Site admin"),
    ],
)
def test_the_person_is_named_with_the_role(cast: Cast, role: str, line: str) -> None:
    assert frame_of(getattr(cast, role)).person.role_line == line


def test_two_roles_are_both_named(cast: Cast) -> None:
    appoint(cast.lead, cast.collaborative, "faculty")
    join(cast.lead, cast.own, "data_entry")

    assert frame_of(cast.lead).person.role_line == "Faculty; Lead, Own Hospital"


def test_the_address_says_which_collaborative_it_is(cast: Cast) -> None:
    appoint(cast.lead, cast.elsewhere, "faculty")

    frame = frame_of(cast.lead, "/c/elsewhere/")

    assert frame.collaborative.name == "Elsewhere"
    assert [name for name, _ in frame.collaboratives] == ["Elsewhere", "Perfection"]
    assert labels(frame) == ["Today", "Portfolio", "Organizations"]


def test_where_the_address_names_none_it_is_the_one_last_looked_at(cast: Cast, client: Client) -> None:
    appoint(cast.lead, cast.elsewhere, "faculty")
    client.force_login(cast.lead)

    def named_on_today() -> str:
        return str(client.get("/").context["frame"].collaborative.name)

    client.get("/c/perfection/")
    first = named_on_today()
    client.get("/c/elsewhere/")

    assert (first, named_on_today()) == ("Perfection", "Elsewhere")


def test_a_running_collaborative_comes_before_an_archive(cast: Cast) -> None:
    appoint(cast.lead, cast.elsewhere, "faculty")
    cast.elsewhere.keeps_months = False
    cast.elsewhere.save()

    assert frame_of(cast.lead).collaborative.name == "Perfection"


def test_a_collaborative_that_is_not_visible_frames_nothing(cast: Cast) -> None:
    frame = frame_of(cast.lead, "/c/elsewhere/")

    assert frame.collaborative is None
    assert labels(frame) == ["Today"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "Today"),
        ("/c/perfection/portfolio/", "Portfolio"),
        ("/c/perfection/people/", "People"),
        ("/c/perfection/", "Organizations"),
        ("/c/perfection/o/23456789abcd/", "Organizations"),
        ("/c/perfection/m/23456789abcd/", "Portfolio"),
    ],
)
def test_one_entry_is_current(cast: Cast, path: str, current: str) -> None:
    assert [link.label for link in frame_of(cast.office, path).navigation if link.current] == [current]


def test_the_own_sheet_belongs_to_measures(cast: Cast) -> None:
    sheet = reverse("measures:sheet", args=["perfection", cast.own.ref])

    assert [link.label for link in frame_of(cast.lead, sheet).navigation if link.current] == ["Measures"]


def test_the_banner_is_the_collaboratives_own_text(cast: Cast) -> None:
    cast.collaborative.banner_title, cast.collaborative.banner_text = (
        "Simulated data",
        "Every number is invented.",
    )
    cast.collaborative.save()

    assert frame_of(cast.lead).collaborative.banner == "Simulated data. Every number is invented."


def test_a_page_that_shows_no_frame_pays_no_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    frame = frame_of(cast.lead)
    with django_assert_num_queries(0):
        Template("nothing of it").render(Context({"frame": frame}))


@pytest.mark.parametrize("role", ["data_entry", "faculty", "office", "site_admin"])
def test_the_whole_frame_costs_three_queries_beside_the_standing(
    cast: Cast, role: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    frame = frame_of(getattr(cast, role))
    with django_assert_max_num_queries(4):
        shown = (frame.collaborative, frame.collaboratives, frame.person, frame.navigation)
    assert frame.navigation == shown[3]
