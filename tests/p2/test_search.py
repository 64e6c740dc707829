"""Site search: by words of names, and nothing that is not visible."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from organizations.models import User
from p2.spanning.composition import gather
from projects.models import Project
from tests.actors import Cast, make_organization
from tests.measures.series import make_measure


def found(person: User, *words: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in gather("SEARCH_SOURCES", person, words, 20)]


def make_project(organization: object, name: str) -> Project:
    return Project.objects.create(
        organization=organization,
        name=name,
        aim="",
        care_process="",
        starts_on="2003-01-01",
        aim_on="2004-12-31",
    )


def test_every_word_must_be_there(cast: Cast) -> None:
    make_measure(cast.own, "Adverse drug events")
    make_measure(cast.own, "Drug errors")

    assert found(cast.lead, "drug", "adverse") == [("measure", "Adverse drug events")]


def test_the_organizations_name_narrows_its_measures_and_projects(cast: Cast) -> None:
    for place in (cast.own, cast.other):
        make_measure(place, "Falls")
        make_project(place, "No falls")

    assert found(cast.lead, "falls", "other") == [("measure", "Falls"), ("project", "No falls")]
    assert found(cast.lead, "other") == [("organization", "Other Hospital")]


def test_accents_and_capitals_do_not_matter(cast: Cast, client: Client) -> None:
    make_organization(cast.collaborative, "Jönköping", phases=(cast.planning,))
    client.force_login(cast.lead)

    assert "Jönköping</a>" in client.get(reverse("search"), {"q": "JONKÖ"}).content.decode()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("lead", ["Own", "Shared", "Hidden"]),
        ("other_lead", ["Own", "Shared"]),
        ("faculty", ["Own", "Shared", "Hidden"]),
        ("committee", ["Own"]),
        ("applicant_lead", []),
        ("elsewhere_lead", []),
        ("stranger", []),
    ],
)
def test_nobody_finds_what_is_not_visible(cast: Cast, role: str, expected: list[str]) -> None:
    make_measure(cast.own, "Own shared falls")
    hidden = make_measure(cast.own, "Own hidden falls")
    hidden.is_shared = False
    hidden.save()
    titles = {"Own Hospital": "Own", "Own shared falls": "Shared", "Own hidden falls": "Hidden"}

    hits = sorted(
        (titles[title] for _, title in found(getattr(cast, role), "own")), key=list(titles.values()).index
    )

    assert hits == expected


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", "Words of a name"),
        ("x", "“x” is too short: give at least 2 letters."),
        ("zzz", "Nothing has “zzz” in its name."),
        ("<b>", "“&lt;b&gt;” "),
    ],
)
def test_each_state_says_what_to_do(client: Client, cast: Cast, asked: str, words: str) -> None:
    client.force_login(cast.lead)

    assert words in client.get(reverse("search"), {"q": asked}).content.decode()


def test_a_percent_sign_is_a_sign_and_no_wildcard(cast: Cast) -> None:
    assert found(cast.lead, "%") == []


@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_costs_eight_queries_for_one_row_and_for_thirty(
    client: Client, cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        make_measure(cast.own, f"Falls {number}")
        make_project(cast.own, f"No falls {number}")
    client.force_login(cast.data_entry)

    with django_assert_num_queries(8):
        answer = client.get(reverse("search"), {"q": "falls"})

    assert len(re.findall(r'<div class="what">', answer.content.decode())) == 2 * min(rows, 20)
