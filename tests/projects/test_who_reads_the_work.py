"""What is not open to a reader is said to be so, not shown as nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.actors import Cast

pytestmark = pytest.mark.django_db


def test_an_applicant_is_told_no_counts_of_what_it_cannot_see(client: Client, cast: Cast) -> None:
    address = reverse("organizations:collaborative", args=[cast.collaborative.slug])
    client.force_login(cast.lead)
    assert "3 organizations" in client.get(address).text
    client.force_login(cast.applicant_lead)
    page = client.get(address).text
    assert [count for count in ("0 organizations", "1 organization") if count in page] == []
    assert "Your organization" in page
