"""What the site answers itself is kept by no browser: a ward's computer is shared."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.actors import Cast
from tests.permissions.places import make_place

pytestmark = pytest.mark.django_db


def test_pages_tables_fragments_and_refusals_are_not_kept(client: Client, cast: Cast) -> None:
    place = make_place(cast.own)
    own = {"slug": place.slug, "ref": place.organization}
    client.force_login(cast.lead)
    addresses = [
        reverse("today"),
        reverse("search"),
        reverse("measures:sheet", kwargs=own),
        reverse("organizations:organization_people_csv", kwargs=own),
        reverse("organizations:invitation", args=[place.token]),
        reverse("account_change_password"),
        reverse("api_schema"),
        "/api/v1/measures/",
        reverse("letters"),
        "/nothing-here",
    ]
    kept = {address: client.get(address).get("Cache-Control", "") for address in addresses}

    assert [address for address, said in kept.items() if "no-store" not in said.split(", ")] == []


def test_an_invitation_is_not_kept_for_a_visitor_either(client: Client, cast: Cast) -> None:
    address = reverse("organizations:invitation", args=[make_place(cast.own).token])

    assert client.get(address)["Cache-Control"] == "no-store"
