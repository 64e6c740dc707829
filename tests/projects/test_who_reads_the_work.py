"""What is not open to a reader is said to be so, not shown as nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.actors import Cast

pytestmark = pytest.mark.django_db

CLOSED = "They are open to the participants, the faculty, the program office and the funder."


@pytest.mark.parametrize(("actor", "is_told"), [("committee", True), ("faculty", False), ("lead", False)])
def test_the_committee_is_told_that_the_work_is_not_open_to_it(
    client: Client, cast: Cast, actor: str, is_told: bool
) -> None:
    client.force_login(getattr(cast, actor))
    page = client.get(reverse("projects:organization", args=[cast.collaborative.slug, cast.own.ref])).text
    assert (CLOSED in page) is is_told
    assert ("No project yet" in page) is not is_told


def test_an_applicant_is_told_no_counts_of_what_it_cannot_see(client: Client, cast: Cast) -> None:
    address = reverse("organizations:collaborative", args=[cast.collaborative.slug])
    client.force_login(cast.lead)
    assert "3 organizations" in client.get(address).text
    client.force_login(cast.applicant_lead)
    page = client.get(address).text
    assert [count for count in ("0 organizations", "1 organization") if count in page] == []
    assert "Your organization" in page
