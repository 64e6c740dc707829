"""Every address of the site, found in its URLs, with what it may be asked, found in its views, filters and forms."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from random import Random
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from organizations.models import User
from tests.fuzz.nasty import OFTEN
from tests.house.source import SITE, python_files, tree
from tests.permissions.stage import ADDRESSES
from tests.permissions.table import Place

ASKED = frozenset(
    {
        "page",
        "page_size",
        "cursor",
        "format",
        "search",
        "ordering",
        "p",
        "o",
        "e",
        "q",
        "all",
        "version",
        "lang",
    }
)
"""What libraries are asked by, beside our own names."""

ADMIN = (
    "_to_field",
    "_popup",
    "_facets",
    "_changelist_filters",
    "app_label",
    "model_name",
    "field_name",
    "term",
)


@dataclass(frozen=True)
class Target:
    """An address of a route, and the names by which it may be asked."""

    route: str
    address: str
    names: tuple[str, ...]
    filters: tuple[str, ...] = ()  # by which its list is narrowed
    own: tuple[str, ...] = ()  # columns of just this one

    def name(self, chance: Random) -> str:
        return chance.choice(self.own if self.own and chance.random() < OFTEN else self.names)


def targets(place: Place) -> list[Target]:
    """All of the site: pages, tables, API, every list and row of the admin."""
    names = tuple(sorted(ASKED | asked_by_our_views()))
    found = [
        Target(route, reverse(route, kwargs=ADDRESSES[route](place)), names, filters(view))
        for route, view in views()
        if not route.startswith("admin:")
    ]
    return [*found, *of_the_admin(names)]


def views() -> Iterator[tuple[str, Any]]:
    """Every named route with its view."""

    def inside(patterns: list[URLPattern | URLResolver], *spaces: str) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = [*spaces, pattern.namespace] if pattern.namespace else spaces
                yield from inside(pattern.url_patterns, *inner)
            elif pattern.name:
                yield ":".join([*spaces, pattern.name]), pattern.callback

    yield from inside(get_resolver().url_patterns)


def of_the_admin(names: tuple[str, ...]) -> Iterator[Target]:
    """Its own pages; list, form, history and the rest of every model, at the first row that there is."""
    windows = {f"{one._meta.app_label}_{one._meta.model_name}": one for one in admin.site._registry}
    for route, _view in views():
        if not route.startswith("admin:"):
            continue
        model = windows.get(route.removeprefix("admin:").rpartition("_")[0], User)
        row = model._default_manager.order_by("pk").values_list("pk", flat=True).first() or 1
        kind = ContentType.objects.get_for_model(model).pk
        looks = tuple(
            str(getattr(one, "parameter_name", one)) for one in admin.site._registry[model].list_filter
        )
        fields = tuple(field.name for field in model._meta.get_fields())
        yield Target(
            route,
            _reversed(route, [], [row], ["organizations"], [kind, row]),
            names,
            looks if route.endswith("_changelist") else (),
            fields + ADMIN,
        )


def _reversed(route: str, *candidates: list[Any]) -> str:
    """The address of a route, with the first of these that it takes."""
    for args in candidates:
        try:
            return reverse(route, args=args)
        except NoReverseMatch:
            continue
    raise NoReverseMatch(route)


def filters(view: Any) -> tuple[str, ...]:
    """What a viewset of the API narrows by."""
    return tuple(getattr(getattr(view, "cls", None), "filterset_fields", ()))


def asked_by_our_views() -> set[str]:
    """The names that our code reads from a request: `request.GET.get("period")`, `given["measure"]`."""
    found = set()
    for path in python_files(*SITE):
        if {"views", "forms", "web"} & set(path.parts):
            found |= {
                node.value
                for node in ast.walk(tree(path))
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch("[a-z_]{1,20}", node.value)
            }
    return found


class Fields(HTMLParser):
    """What the forms of a page send as they stand: names and values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in {"input", "button", "textarea"} and given.get("name"):
            self.sent.setdefault(given["name"], given.get("value", ""))
        if tag == "select":
            self._select = given.get("name", "")
        if tag == "option" and self._select and (given.get("value") or "selected" in given):
            is_first = not self.sent.get(self._select)
            self.sent |= {self._select: given.get("value", "")} if is_first or "selected" in given else {}
