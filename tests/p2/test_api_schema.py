"""The API's description says what is true: of every field of every row, and of every answer."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.db import models
from django.test import Client
from django.utils.module_loading import import_string
from rest_framework import serializers

from measures.models import Measure
from measures.services import charts
from tests.actors import Cast, make_cast, make_organization, make_project, make_unit
from tests.measures.series import log, make_measure

REF = "{ref}"
VIEWSETS = {
    name: viewset for dotted in settings.API_ROUTES for name, viewset, _basename in import_string(dotted)
}


ALWAYS_THERE = {"Measure.definition"}
"""Null in the database for the moment in which the row is made, and never seen so."""


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def reader(cast: Cast) -> Client:
    """Whoever sees rows with everything in them, and rows with as little as there can be."""
    full = make_measure(cast.own, "Wait", goal=5)
    log(full, [12.0 + step % 3 for step in range(24)])
    Measure.objects.filter(pk=make_measure(cast.own, "Wait of women").pk).update(
        stratum_of=full, stratum_label="Women", care_process="birth"
    )
    make_measure(cast.own, "Never logged")
    make_project(cast.own, "Bare")
    make_project(cast.own, "Full").units.add(make_unit(cast.own, "Ward 1"))
    make_organization(cast.collaborative, name="Another", phases=(cast.planning,))
    charts.refresh_stale()
    client = Client()
    client.force_login(cast.faculty)
    return client


@pytest.fixture
def schema(reader: Client) -> dict[str, Any]:
    found: dict[str, Any] = reader.get("/api/v1/schema.json").json()
    return found


def as_json_schema(described: Any) -> Any:
    """OpenAPI 3.0 as JSON schema: what is `nullable` may be null, and no field comes that is not described."""
    if isinstance(described, list):
        return [as_json_schema(one) for one in described]
    if not isinstance(described, dict):
        return described
    plain = {key: as_json_schema(value) for key, value in described.items() if key != "nullable"}
    if "properties" in plain:
        plain["additionalProperties"] = False
    return {"anyOf": [plain, {"type": "null"}]} if described.get("nullable") else plain


def addresses(schema: dict[str, Any], reader: Client) -> Iterator[tuple[str, str]]:
    """Each address of the API as it is described, and with the ref of each row that the reader sees."""
    for path in schema["paths"]:
        if REF not in path:
            yield path, path
            continue
        rows = reader.get(path.partition(REF)[0]).json()["results"]
        assert rows
        yield from ((path, path.replace(REF, row["ref"])) for row in rows)


def test_every_row_is_as_it_is_described(schema: dict[str, Any], reader: Client) -> None:
    components = as_json_schema(schema["components"])
    for path, address in addresses(schema, reader):
        answer = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(reader.get(address).json(), {**as_json_schema(answer), "components": components})


def fields_of(serializer: Any) -> Iterator[tuple[Any, str, Any]]:
    """Each field of a serializer and of those inside it: its model, its name, itself."""
    for name, field in serializer.fields.items():
        yield serializer.Meta.model, name, field
        inner = getattr(field, "child", field)
        if isinstance(inner, serializers.ModelSerializer):
            yield from fields_of(inner)


def may_be_null(model: type[models.Model], source: str) -> bool:
    """Whether the way from a row to what a field tells may end before it."""
    for step in source.split("."):
        found = next((one for one in model._meta.get_fields() if one.name == step), None)
        if found is None:
            return False  # a property or an annotation, of which the rows above speak
        if isinstance(found, models.OneToOneRel) or (isinstance(found, models.Field) and found.null):
            return True
        model = found.related_model or model  # type: ignore[assignment]
    return False


@pytest.mark.parametrize("name", VIEWSETS)
def test_what_the_database_lets_be_null_is_described_so(name: str) -> None:
    silent = [
        f"{model.__name__}.{field_name}"
        for model, field_name, field in fields_of(VIEWSETS[name].serializer_class())
        if may_be_null(model, field.source) and not field.allow_null
    ]

    assert set(silent) <= ALWAYS_THERE


def test_every_refusal_is_described(schema: dict[str, Any], reader: Client) -> None:
    refused = set()
    for path in schema["paths"]:
        described = set(schema["paths"][path]["get"]["responses"])
        nobody = path.replace(REF, "nobody")
        asked = [
            Client().get(nobody),
            reader.get(nobody, {"cursor": "bm9uZQ=="}),
            reader.get(nobody, {"area": "weather", "kind": "weather", "state": "weather"}),
            reader.get(nobody, headers={"Accept": "text/html"}),
        ]
        statuses = {str(answer.status_code) for answer in asked}
        assert statuses <= described, path
        refused |= statuses - {"200"}
        for answer in asked:
            if answer.status_code != 200:
                content = schema["paths"][path]["get"]["responses"][str(answer.status_code)]["content"]
                described_so = {**content["application/json"]["schema"], "components": schema["components"]}
                jsonschema.validate(answer.json(), described_so)

    assert refused == {"400", "401", "404", "406"}
