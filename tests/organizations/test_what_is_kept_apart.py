"""Who judges applications and who applies are kept apart: neither reads of the other what its role does not open."""

import pytest
from django.test import Client
from django.urls import reverse

from organizations.selectors.search import find
from tests.actors import Cast, make_unit

pytestmark = pytest.mark.django_db


def texts(cast: Cast, actor: str) -> list[str]:
    """All that an actor is shown of the collaborative and its organizations: pages, tables, API, search."""
    client = Client()
    client.force_login(getattr(cast, actor))
    addresses = [
        reverse("organizations:collaborative", args=["perfection"]),
        reverse("organizations:roster_csv", args=["perfection"]),
        reverse("projects:organization", args=["perfection", cast.own.ref]),
        reverse("projects:projects_csv", args=["perfection", cast.own.ref]),
        reverse("organizations:units_csv", args=["perfection", cast.own.ref]),
        reverse("measures:measures", args=["perfection", cast.own.ref]),
        reverse("measures:care_processes", args=["perfection"]),
        reverse("api:collaborative-list"),
        reverse("api:organization-list"),
        reverse("api:organization-detail", args=[cast.own.ref]),
        reverse("api:project-list"),
        reverse("search") + "?q=ospital",
        reverse("today"),
    ]
    return [client.get(address).text for address in addresses]


def read_by(cast: Cast, actor: str, words: tuple[str, ...]) -> set[str]:
    return {word for word in words for text in texts(cast, actor) if word in text}


def test_a_committee_member_reads_nothing_of_participants(cast: Cast) -> None:
    make_unit(cast.own, "Ward of Own")
    words = ("Own Hospital", "Ward of Own", "Lea Lead", "Dan Entry", "Mia Member", "Past Hospital")
    assert read_by(cast, "committee", words) == set()
    assert find(cast.committee, ("hospital",), 9) == []
    assert read_by(cast, "faculty", words) == set(words)


@pytest.mark.parametrize("actor", ["applicant_lead", "lead", "member", "past_lead"])
def test_who_may_apply_does_not_read_who_judges(cast: Cast, actor: str) -> None:
    assert read_by(cast, actor, ("Com Mittee", "Ofelia Fice")) == {"Ofelia Fice"}


@pytest.mark.parametrize("actor", ["office", "committee", "faculty", "funder", "site_admin"])
def test_the_appointed_read_who_judges(cast: Cast, actor: str) -> None:
    assert read_by(cast, actor, ("Com Mittee",)) == {"Com Mittee"}


def test_the_committee_s_page_speaks_of_no_organization(cast: Cast) -> None:
    page = texts(cast, "committee")[0]
    assert [
        words for words in ("0 organizations", "Your organization", "No organization yet") if words in page
    ] == []
