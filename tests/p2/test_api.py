"""The API's lists: their bytes are REST framework's own, and their queries do not grow with their rows."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from measures.services import charts
from p2.web.api import RowSerializer
from projects.models import ProjectMeasure
from tests.actors import Cast, make_cast, make_organization, make_project, make_unit
from tests.measures.series import log, make_measure

LISTS = ("collaboratives", "organizations", "measures", "projects")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def fill(cast: Cast, count: int) -> None:
    """As many more organizations, each with a project, its units, and a measure that it follows."""
    for number in range(count):
        place = make_organization(cast.collaborative, phases=(cast.planning, cast.implementation))
        project = make_project(place, f"Project {number} “of” many \u2028 <&>")
        project.units.add(make_unit(place, "Ward É"), make_unit(place, "Ward B"))
        measure = make_measure(place, f"Wait {number}", goal=12, goal_on=date(2030, 1, 1))
        make_measure(place, f"Never logged {number}")
        log(measure, [20.5] * 12)
        ProjectMeasure.objects.create(project=project, measure=measure, role="outcome")
    charts.refresh_stale()


def queries(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"/api/v1/{name}/").status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_thirty_takes_the_queries_of_a_list_of_one(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast.faculty)
    fill(cast, 1)
    one = queries(client, name)
    fill(cast, 29)
    assert queries(client, name) == one


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("actor", ["faculty", "lead", "site_admin", "stranger"])
def test_a_list_is_answered_byte_by_byte_as_rest_framework_would(
    client: Client, cast: Cast, name: str, actor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast, 2)
    client.force_login(getattr(cast, actor))
    ours = client.get(f"/api/v1/{name}/").content
    framework = serializers.ModelSerializer.to_representation
    monkeypatch.setattr(RowSerializer, "to_representation", framework)
    assert ours == client.get(f"/api/v1/{name}/").content
    assert (b'"ref":' in ours) == (actor != "stranger")


def test_a_filter_narrows_the_list_and_a_wrong_one_is_refused(client: Client, cast: Cast) -> None:
    client.force_login(cast.faculty)
    fill(cast, 2)
    every = client.get("/api/v1/projects/").json()["results"]
    one = every[0]["organization"]
    found = client.get("/api/v1/projects/", {"organization__ref": one}).json()["results"]
    assert found == [row for row in every if row["organization"] == one]
    assert client.get("/api/v1/measures/", {"area": "weather"}).status_code == 400
