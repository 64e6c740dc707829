"""Who may do what (docs/build/roles.md), held: every method of every address × every actor × whose row it is.

The tables in tests/permissions are written by hand; here they are compared with what the site answers, and
with its addresses, so that none is left out.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from organizations.models import User
from tests.permissions.stage import ADDRESSES, CELLS, Stage, make_stage
from tests.permissions.table import Cell

STEPS = sorted({(cell.method, cell.route) for cell in CELLS})

View = Any

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def plain_refusals() -> Iterator[None]:
    """Set once for all rows: a mark would have each test read all addresses of the site anew."""
    with override_settings(ROOT_URLCONF="tests.permissions.urls"):
        yield


@pytest.fixture(scope="module")
def stage(plain_refusals: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_stage()
        transaction.set_rollback(True)


@pytest.mark.parametrize(("method", "route"), STEPS)
def test_everybody_gets_what_the_table_says(stage: Stage, method: str, route: str) -> None:
    answers, expected = {}, {}
    for cell in (cell for cell in CELLS if (cell.method, cell.route) == (method, route)):
        expected[cell.scope, cell.actor] = cell.expected
        answers[cell.scope, cell.actor] = word_for(cell, stage)

    assert answers == expected


def test_every_step_of_the_site_is_in_the_table(stage: Stage) -> None:
    place = stage.places[stage.cast.own.pk]
    views = dict(named_views(get_resolver().url_patterns))
    steps = {
        (method, route)
        for route, view in views.items()
        if route in ADDRESSES
        for method in methods(view, reverse(route, kwargs=ADDRESSES[route](place)), stage.cast.site_admin)
    }

    assert steps == set(STEPS)
    assert views.keys() - ADDRESSES.keys() == set()


def test_every_row_of_the_table_names_all_scopes_of_its_route() -> None:
    scopes: dict[str, set[tuple[str, str]]] = {}
    for cell in CELLS:
        scopes.setdefault(cell.route, set()).add((cell.method, cell.scope))

    assert len(CELLS) == 13 * sum(len(pairs) for pairs in scopes.values())


def word_for(cell: Cell, stage: Stage) -> str:
    """The answer in the table's words; what the step changed is taken back."""
    client, place = stage.browser_of(cell.actor), stage.place(cell.actor, cell.scope)
    with transaction.atomic():
        answer = client.generic(cell.method, reverse(cell.route, kwargs=ADDRESSES[cell.route](place)))
        transaction.set_rollback(True)
    if is_sign_in(answer):
        return "in"
    return "ok" if answer.status_code < 400 else str(answer.status_code)


def is_sign_in(answer: HttpResponse) -> bool:
    sign_ins = tuple(reverse(page) for page in ("account_login", "admin:login"))
    return answer.status_code == 302 and answer["Location"].startswith(sign_ins)


def named_views(patterns: list[URLPattern | URLResolver], *spaces: str) -> Iterator[tuple[str, View]]:
    """Every route by its full name, with its view; of Django's admin the index alone."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = [*spaces, pattern.namespace] if pattern.namespace else spaces
            yield from named_views(pattern.url_patterns, *inner)
        elif spaces[:1] != ("admin",) or pattern.name == "index":
            yield ":".join([*spaces, pattern.name or str(pattern.pattern)]), pattern.callback


def methods(view: View, url: str, site_admin: User) -> set[str]:
    """What a view takes: as the libraries' classes define, as our functions' own 405 says; else `any`."""
    if "view_class" in view.__dict__ or "actions" in view.__dict__:
        said = getattr(view, "actions", None) or view.view_initkwargs.get("http_method_names")
        names = said or dir(view.view_class)
        return {"GET", "POST"} & {name.upper() for name in names}  # their PUT is another name of POST
    for actor in (None, site_admin):
        client = Client()
        if actor:
            client.force_login(actor)
        answer = client.generic("PROBE", url)
        if answer.status_code == 405:
            return set(answer["Allow"].split(", ")) - {"HEAD", "OPTIONS"}
    return {"any"}
