"""Site search: by words of names, and nothing that is not visible."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from measures.services import measures
from organizations.models import User
from p2.columns.folding import fold
from p2.spanning.composition import gather
from projects.models import Project
from tests.actors import Cast, make_organization
from tests.measures.series import make_measure


def found(person: User, *words: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in gather("SEARCH_SOURCES", person, words, 20)]


def nearest(person: User, *words: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in gather("SEARCH_SOURCES", person, words, 20, is_forgiving=True)]


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
        ("committee", []),
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
        ("zzz", "Nothing that is open to you has “zzz” in its name."),
        ("<b>", "“&lt;b&gt;” "),
    ],
)
def test_each_state_says_what_to_do(client: Client, cast: Cast, asked: str, words: str) -> None:
    client.force_login(cast.lead)

    assert words in client.get(reverse("search"), {"q": asked}).content.decode()


def test_a_percent_sign_is_a_sign_and_no_wildcard(cast: Cast) -> None:
    assert found(cast.lead, "%") == []


@pytest.mark.parametrize("asked", [("falls", 8), ("flals", 11)])
@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_costs_eight_queries_and_a_typo_three_more_for_one_row_and_for_thirty(
    client: Client,
    cast: Cast,
    rows: int,
    asked: tuple[str, int],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_measure(cast.own, f"Falls {number}")
        make_project(cast.own, f"No falls {number}")
    client.force_login(cast.data_entry)

    with django_assert_num_queries(asked[1]):
        answer = client.get(reverse("search"), {"q": asked[0]})

    assert len(re.findall(r'<div class="what">', answer.content.decode())) == 2 * min(rows, 20)


def test_ones_own_come_first_and_the_others_follow_by_name(cast: Cast) -> None:
    for place, name in (
        (cast.other, "A falls"),
        (cast.own, "Z falls"),
        (cast.own, "B falls"),
        (cast.other, "C falls"),
    ):
        make_measure(place, name)
        make_project(place, name)
    titles = ["B falls", "Z falls", "A falls", "C falls"]
    expected = [("measure", one) for one in titles] + [("project", one) for one in titles]

    assert found(cast.lead, "falls") == expected
    assert found(cast.other_lead, "falls")[:4] == [
        ("measure", one) for one in ("A falls", "C falls", "B falls", "Z falls")
    ]


def test_ones_own_organization_comes_first(cast: Cast) -> None:
    assert found(cast.lead, "hospital")[0] == ("organization", "Own Hospital")
    assert found(cast.other_lead, "hospital")[0] == ("organization", "Other Hospital")


def test_ones_own_are_among_the_first_where_others_fill_the_list(cast: Cast) -> None:
    for number in range(30):
        make_measure(cast.other, f"Falls {number:02}")
    make_measure(cast.own, "Zone of falls")

    assert found(cast.lead, "falls")[0] == ("measure", "Zone of falls")


@pytest.mark.parametrize(
    "typo",
    [
        "fallls",
        "flals",
        "fals",
        "fakls",
        "gfalls",
        "dalls",
        "medicaton",
        "medictaion",
        "mediation",
        "medicaTi\u0301on",
        "werrors",
    ],
)
def test_one_typo_in_a_word_is_forgiven(cast: Cast, typo: str) -> None:
    make_measure(cast.own, "Falls and medication errors")
    make_measure(cast.own, "Meditation")

    assert ("measure", "Falls and medication errors") in nearest(cast.lead, *fold(typo).split())


@pytest.mark.parametrize(
    "typo", ["falllls", "flaks", "fla", "fll", "ialls x", "xyfalls", "[a-z]*", "medicines"]
)
def test_two_typos_a_short_word_and_a_pattern_are_not(cast: Cast, typo: str) -> None:
    make_measure(cast.own, "Falls")
    make_measure(cast.own, "Fall")

    assert nearest(cast.lead, *fold(typo).split()) == []


def test_a_mistyped_word_of_five_letters_is_a_whole_one_and_of_six_a_beginning(cast: Cast) -> None:
    make_measure(cast.own, "Wardens called")
    make_measure(cast.own, "Readmissions")

    assert (nearest(cast.lead, "wrden"), nearest(cast.lead, "readnm")) == ([], [("measure", "Readmissions")])


def test_a_retired_measure_is_not_found(cast: Cast) -> None:
    retired, kept = make_measure(cast.own, "Falls at night"), make_measure(cast.own, "Falls by day")
    measures.retire(retired, by=cast.lead)

    assert found(cast.lead, "falls") == nearest(cast.lead, "falsl") == [("measure", kept.name)]


def test_every_word_may_have_its_typo_and_must_be_there(cast: Cast) -> None:
    make_measure(cast.own, "Adverse drug events")
    make_measure(cast.own, "Drug errors")

    assert nearest(cast.lead, "drgu", "adverze") == [("measure", "Adverse drug events")]


def test_a_hit_by_a_forgiven_typo_says_so_and_one_by_its_words_does_not(client: Client, cast: Cast) -> None:
    make_measure(cast.own, "Jönköping falls")
    client.force_login(cast.lead)

    page = client.get(reverse("search"), {"q": "jonkopnig"}).text
    assert (
        "Nothing that is open to you is named “jonkopnig”; nearest:" in page,
        "Jönköping falls</a>" in page,
    ) == (True, True)
    assert "nearest:" not in client.get(reverse("search"), {"q": "jönköping"}).text
    assert (
        "Nothing that is open to you has “qqqqq” in its name."
        in client.get(reverse("search"), {"q": "qqqqq"}).text
    )


@pytest.mark.parametrize("role", ["other_lead", "committee", "applicant_lead", "elsewhere_lead", "stranger"])
def test_a_typo_finds_nothing_that_is_not_visible(cast: Cast, role: str) -> None:
    hidden = make_measure(cast.own, "Hidden falls")
    hidden.is_shared = False
    hidden.save()

    assert nearest(cast.lead, "hiden") == [("measure", "Hidden falls")]
    assert nearest(getattr(cast, role), "hiden") == []
