"""Nothing that is sent is answered by 500: every address, as lead, office and site admin, with what no page sends.

The same requests each time (the chance has a seed). `P2_FUZZ=50 make test ARGS=tests/fuzz` makes fifty rounds of
others; a failure prints the request.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http.response import HttpResponseBase
from pytest_django import DjangoDbBlocker

from tests.fuzz.addresses import Fields, Target, targets
from tests.fuzz.nasty import HEADS, KINDS, LOOK_UPS, OFTEN, body, value
from tests.permissions.stage import Stage
from tests.words.stage import make_full_stage

ROUNDS = int(os.environ.get("P2_FUZZ", "1"))
ACTORS = ("adm", "off", "led")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")
IN_REFS = ("\x00", "%", "é", "x" * 300, "..", " ", "9" * 400, "a/b", "-1")


@dataclass(frozen=True)
class Request:
    """What is sent, as a failure prints it."""

    actor: str
    method: str
    address: str
    sent: Any = None
    kind: str = ""
    heads: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_full_stage()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_no_request_is_answered_by_500(stage: Stage, round_: int) -> None:
    chance = Random(round_)
    faults = {}
    found = targets(stage.place("led", "own"))
    for target in chance.sample(found, len(found) * 3 // 5):
        for request in requests(stage, target, chance):
            try:
                is_fault = answered(stage, request).status_code == HTTPStatus.INTERNAL_SERVER_ERROR
            except Exception as fault:  # noqa: BLE001 - the test's client raises what a site would answer by 500
                faults[f"{type(fault).__name__}: {fault}"[:200]] = request
            else:
                faults |= {target.route: request} if is_fault else {}
    assert faults == {}


def requests(stage: Stage, target: Target, chance: Random) -> Iterator[Request]:
    """A look or a form, and now and then something that is neither."""
    actor = chance.choice(("adm",) if target.route.startswith("admin:") else ACTORS)
    if chance.random() < 0.5:
        yield Request(actor, "GET", looked(target, chance), heads=chance.choice(HEADS))
    else:
        yield posted(stage, target, actor, chance)
    if chance.random() < 0.2:
        yield odd(target, actor, chance)
    for name in target.filters:
        look_up, asked = chance.choice(LOOK_UPS)
        yield Request(actor, "GET", f"{target.address}?{urlencode({look_up.format(name): asked})}")


def looked(target: Target, chance: Random) -> str:
    """The address, asked with a few names, some of them twice, some as look-ups."""
    pairs = []
    for _ask in range(chance.choice((0, 1, 1, 2, 4))):
        name, asked = "{}", value(chance)[:2000]
        if chance.random() < OFTEN:
            name, asked = chance.choice(LOOK_UPS)
        pairs += [(name.format(target.name(chance)), asked)] * chance.choice((1, 1, 1, 2))
    return f"{target.address}?{urlencode(pairs)}" if pairs else target.address


def posted(stage: Stage, target: Target, actor: str, chance: Random) -> Request:
    """The form of the page as it stands, with one to three fields made nasty."""
    shown = answered(stage, Request(actor, "GET", target.address))
    is_page = shown.status_code == 200 and "html" in shown.headers.get("Content-Type", "")
    sent: dict[str, Any] = dict(Fields(shown.text).sent) if is_page and not shown.streaming else {}
    names = [*sent, target.name(chance)]
    for name in chance.sample(names, min(len(names), chance.randint(1, 3))):
        stood = str(sent.get(name, ""))
        sent[name] = [value(chance, stood) for _time in range(chance.choice((1, 1, 2)))]
    if chance.random() < 0.1:
        sent[chance.choice(names)] = SimpleUploadedFile("a\x00\r\n.csv", body(chance))
    return Request(actor, "POST", target.address, sent, heads=chance.choice(HEADS))


def odd(target: Target, actor: str, chance: Random) -> Request:
    """Another method, a body of another kind, or another ref in the address."""
    address = target.address
    if chance.random() < 0.3:
        parts = address.split("/")
        at = chance.choice([place for place, part in enumerate(parts) if part] or [0])
        parts[at] = quote(chance.choice(IN_REFS), safe="")
        address = "/".join(parts)
    return Request(
        actor, chance.choice(METHODS), address, body(chance), chance.choice(KINDS), chance.choice(HEADS)
    )


def answered(stage: Stage, request: Request) -> HttpResponseBase:
    """The answer; what the request changed is taken back."""
    browser = stage.browser_of(request.actor)
    with transaction.atomic():
        if isinstance(request.sent, dict):
            answer = browser.post(request.address, request.sent, headers=request.heads)
        else:
            answer = browser.generic(
                request.method, request.address, request.sent or b"", request.kind, headers=request.heads
            )
        transaction.set_rollback(True)
    return answer
