"""The style page draws its charts by the code that draws the measures' own."""

import re

import pytest
from django.test import Client

from tests.actors import make_person

pytestmark = pytest.mark.django_db


def test_every_chart_of_the_style_page_has_its_figure(client: Client) -> None:
    client.force_login(make_person())
    addresses = re.findall(r'<p2-chart src="([^"]+)"', client.get("/style/").content.decode())

    answers = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in answers] == [200, 200]
    points = [next(one for one in answer.json()["data"] if one.get("name") == "points") for answer in answers]
    assert [len(one["x"]) for one in points] == [24, 24]


def test_a_chart_that_is_no_example_is_not_found(client: Client) -> None:
    client.force_login(make_person())

    assert client.get("/style/figures/other.json").status_code == 404
