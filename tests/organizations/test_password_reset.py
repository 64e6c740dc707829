"""A new password is offered to who has an account, and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from p2.models import Letter
from tests.actors import Cast

pytestmark = pytest.mark.django_db


def test_only_who_has_an_account_is_written_to(client: Client, cast: Cast) -> None:
    for address in ("nobody@example.org", cast.lead.email):
        answer = client.post(reverse("account_reset_password"), {"email": address})
        assert answer["Location"] == reverse("account_reset_password_done")
    assert [letter.address for letter in Letter.objects.all()] == [cast.lead.email]
