"""What stands where nothing is, and why a verb is not offered: true for whoever reads it."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import Measure
from organizations.models import Organization, User
from organizations.services.people import roles
from tests.actors import Cast, join, make_member, make_organization
from tests.measures.series import make_measure

pytestmark = pytest.mark.django_db


def read(reader: User, address: str) -> str:
    client = Client()
    client.force_login(reader)
    return " ".join(unescape(client.get(address).content.decode()).split())


def measures_of(organization: Organization) -> str:
    return reverse("measures:measures", args=["perfection", organization.ref])


MAKES = "Most teams start with one outcome they already count."
LEAD_MAKES = "the organization’s lead makes its own."


@pytest.mark.parametrize(
    ("whose", "reader", "words"),
    [
        ("own", "lead", MAKES),
        ("own", "member", LEAD_MAKES),
        ("own", "faculty", LEAD_MAKES),
        ("own", "other_lead", "The organization shares none with the other participants."),
        ("past", "past_lead", "It logged none while it took part."),
        ("past", "office", "It logged none while it took part."),
        ("past", "lead", "The organization shares none with the other participants."),
        ("applicant", "applicant_lead", MAKES),
        ("applicant", "office", "What an applicant measures is open to its own people alone."),
        ("applicant", "site_admin", "An applicant may have measures of its own"),
    ],
)
def test_where_no_measure_is_the_reader_is_told_why(cast: Cast, whose: str, reader: str, words: str) -> None:
    organization, person = getattr(cast, whose), getattr(cast, reader)
    for address in (measures_of(organization), organization.get_absolute_url()):
        said = read(person, address)
        assert {one for one in (MAKES, LEAD_MAKES, words) if one in said} == {words}


def test_measures_that_are_all_retired_are_not_called_missing(cast: Cast) -> None:
    make_measure(cast.own)
    Measure.objects.update(retired_at=timezone.now())
    for address in (measures_of(cast.own), cast.own.get_absolute_url()):
        said = read(cast.lead, address)
        assert ("Those that were logged are retired." in said, "No measure yet" in said) == (True, False)


def test_a_retired_one_among_unshared_ones_does_not_make_all_of_them_retired(cast: Cast) -> None:
    make_measure(cast.own)
    Measure.objects.update(retired_at=timezone.now())
    Measure.objects.filter(pk=make_measure(cast.own).pk).update(is_shared=False)
    for address in (measures_of(cast.own), cast.own.get_absolute_url()):
        said = read(cast.other_lead, address)
        assert "Of those that are still logged, the organization shares none" in said
        assert "are retired" not in said


STARTS = "Most organizations start with the harm they know best."


@pytest.mark.parametrize(
    ("whose", "reader", "words"),
    [
        ("own", "lead", STARTS),
        ("own", "data_entry", "The organization’s lead starts them."),
        ("past", "past_lead", "It started none while it took part."),
        ("past", "faculty", "It started none while it took part."),
        ("applicant", "applicant_lead", "Projects start once the program office has admitted it to a phase."),
    ],
)
def test_where_no_project_is_the_reader_is_told_why(cast: Cast, whose: str, reader: str, words: str) -> None:
    said = read(getattr(cast, reader), getattr(cast, whose).get_absolute_url())
    assert {one for one in (STARTS, words) if one in said} == {words}


APPLIES = "Applicant Hospital is an applicant: its lead keeps its facts and its own measures."
TOOK_PART, LEFT = "Past Hospital took part until ", "You still read it, and look after its people."


def test_its_people_are_told_why_verbs_are_missing_on_its_page_and_on_today(cast: Cast) -> None:
    for person, organization, words in (
        (cast.applicant_lead, cast.applicant, APPLIES),
        (cast.past_lead, cast.past, TOOK_PART),
        (cast.past_lead, cast.past, LEFT),
    ):
        assert words in read(person, organization.get_absolute_url())
        assert words in read(person, reverse("today"))
    member = join(cast.stranger, cast.past, "member").user
    assert [words in read(member, reverse("today")) for words in (TOOK_PART, LEFT)] == [True, False]


def test_an_applicant_with_measures_finds_its_sheet_on_today_and_nothing_due(cast: Cast) -> None:
    words = "No number is due from Applicant Hospital. You may log its measures at any time."
    assert words not in read(cast.applicant_lead, reverse("today"))
    make_measure(cast.applicant)
    said = read(cast.applicant_lead, reverse("today"))
    sheet = reverse("measures:sheet", args=["perfection", cast.applicant.ref])
    assert (words in said, f'href="{sheet}">Open the sheet</a>' in said) == (True, True)
    assert "Nothing is due." in said


def test_others_are_not_told_so(cast: Cast) -> None:
    for reader, address in (
        (cast.lead, cast.own.get_absolute_url()),
        (cast.lead, reverse("today")),
        (cast.office, cast.applicant.get_absolute_url()),
        (cast.office, cast.past.get_absolute_url()),
        (cast.office, reverse("today")),
    ):
        assert 'class="notice plain' not in read(reader, address)


def test_whose_last_role_has_ended_reads_so_and_whom_to_ask(cast: Cast) -> None:
    roles.end(cast.member.memberships.get(), by=cast.lead)
    make_member(cast.own, "lead", "Second Lead")
    said = read(cast.member, reverse("today"))
    assert "You hold no role here any more: the last one, Member of Own Hospital, ended on " in said
    assert "Ask Lea Lead or Second Lead." in said
    assert "Nothing is due" not in said


def test_who_never_had_a_role_is_told_where_one_comes_from(cast: Cast) -> None:
    said = read(cast.stranger, reverse("today"))
    assert ("You hold no role here." in said, "Nothing is due" in said) == (True, False)


def test_a_role_in_one_of_two_organizations_is_a_role(cast: Cast) -> None:
    another = make_organization(cast.collaborative, "Another", phases=(cast.implementation,))
    join(cast.member, another, "member")
    roles.end(cast.member.memberships.get(organization=cast.own), by=cast.lead)
    said = read(cast.member, reverse("today"))
    assert ("no role" in said, "Nothing is due." in said) == (False, True)


def test_what_is_not_open_to_the_reader_is_not_said_to_be_missing(cast: Cast) -> None:
    said = read(cast.committee, reverse("search") + "?q=Own")
    assert "Nothing that is open to you has “Own” in its name." in said


FIRST = "Your own organization comes first."


@pytest.mark.parametrize(("reader", "has_one"), [("member", True), ("stranger", False), ("office", False)])
def test_search_speaks_of_an_own_organization_to_whoever_has_one(
    cast: Cast, reader: str, has_one: bool
) -> None:
    assert (FIRST in read(getattr(cast, reader), reverse("search"))) == has_one


LEAD = "Your team’s lead or the program office can tell you who may."


def test_a_lead_is_not_sent_to_the_own_lead(cast: Cast) -> None:
    for reader, organization in ((cast.applicant_lead, cast.applicant), (cast.member, cast.own)):
        said = read(
            reader, reverse("organizations:organization_people", args=["perfection", organization.ref])
        )
        assert ("This is not open to you" in said, LEAD in said) == (True, reader == cast.member)
    assert "The program office can tell you who may." in read(
        cast.applicant_lead,
        reverse("organizations:organization_people", args=["perfection", cast.applicant.ref]),
    )
