"""Every word that a person sees has a translation: all is drawn in the pseudo-language, and no Latin word is left.

Every page of the permission table is drawn for everybody who may read it, every verb for one who may do it, every
letter and every refusal. What people typed stands there in Greek letters (tests/words), and the sentences of Django,
allauth and REST framework are in the pseudo-language too: a word in Latin letters was written past the translation.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from django.views import defaults
from django.views.csrf import csrf_failure
from pytest_django import DjangoDbBlocker, Settings

from organizations.services.people import accounts, invitations
from p2.models import Letter
from p2.spanning import digests
from p2.spanning.frame import Frame
from tests.permissions.stage import ADDRESSES, CELLS, Stage
from tests.permissions.table import Cell
from tests.words import plain
from tests.words.forms import filled
from tests.words.looks import LOOKS, Look, demo
from tests.words.stage import LANGUAGE, make_full_stage

pytestmark = pytest.mark.django_db

READS, VERBS = {"GET", "any"}, {"POST"}
FOR_PROGRAMS = ("api", "healthz", "readyz", "stamp", "measures:sheet_token")
"""Routes whose answers a program reads. Tables to take away are in English too."""

IN_ENGLISH = {"style", "measures:style_figure"}
"""Pages for who builds the site."""

PREFERRED = ("led", "off", "adm", "vis")
"""Who does a verb: the first of these that may."""


def routes(methods: set[str]) -> list[str]:
    open_ones = {cell.route for cell in CELLS if cell.method in methods and cell.expected == "ok"}
    return sorted(
        route
        for route in open_ones - IN_ENGLISH
        if not route.startswith(FOR_PROGRAMS) and not route.endswith(("_csv", "points"))
    )


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_full_stage()
        transaction.set_rollback(True)


@pytest.mark.parametrize("route", routes(READS))
def test_a_page_says_nothing_without_translation(stage: Stage, route: str) -> None:
    found: dict[str, str] = {}
    for cell in allowed(route, READS):
        look = Look(cell.actor, address(stage, cell))
        found |= dict.fromkeys(words(looked(stage, look)), cell.actor)

    assert found == {}


@pytest.mark.parametrize("route", sorted(IN_ENGLISH))
def test_a_page_for_builders_says_that_it_is_in_english(stage: Stage, route: str) -> None:
    (cell,) = (cell for cell in allowed(route, READS) if cell.actor == "led")

    assert looked(stage, Look("led", address(stage, cell)))["Content-Language"] == "en"


@pytest.mark.parametrize("route", routes(VERBS))
def test_a_verb_answers_nothing_without_translation(stage: Stage, route: str) -> None:
    """Sent empty, then with its form filled in, then the same once more."""
    cells = {cell.actor: cell for cell in allowed(route, VERBS)}
    cell = cells[next(actor for actor in PREFERRED if actor in cells)]
    found: dict[str, int] = {}
    with transaction.atomic():
        for number, answer in enumerate(sent(stage, cell), start=1):
            found |= dict.fromkeys(words(answer), number)
        transaction.set_rollback(True)

    assert found == {}


@pytest.mark.parametrize("looks", LOOKS)
def test_another_look_shows_nothing_without_translation(stage: Stage, looks: str) -> None:
    known = plain.OF_DJANGO if looks == "admins" else set()
    found = {
        word: look for look in LOOKS[looks](stage) for word in words(looked(stage, look)) if word not in known
    }

    assert found == {}


def test_a_letter_says_nothing_without_translation(stage: Stage) -> None:
    """Invitations to who is known and who is not, a new password, the digest of everybody."""
    known = set(Letter.objects.values_list("pk", flat=True))
    with transaction.atomic():
        for place, role, by in (
            (stage.cast.own, "member", stage.cast.lead),
            (stage.cast.collaborative, "faculty", stage.cast.office),
        ):
            for email in ("new@example.org", stage.cast.elsewhere_lead.email):
                invitations.invite(place, email=email, role=role, by=by)
        asked = {"email": stage.cast.member.email}
        stage.browser_of("vis").post(reverse("account_reset_password"), asked)
        accounts.answer_password_requests()
        digests.queue_due(at=coming_monday())
        texts = {
            line: letter.key
            for letter in Letter.objects.exclude(pk__in=known)
            for line in (letter.subject, *letter.text.splitlines())
        }
        transaction.set_rollback(True)

    assert {key.split(":")[0] for key in texts.values()} == {"invitation", "password", "digest"}
    assert plain.of_texts(texts) == []


def test_a_demo_site_says_nothing_without_translation(
    stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO_SITE = True
    monkeypatch.setattr(Frame, "is_demo", True)
    found = [word for look in demo() for word in words(looked(stage, look))]

    assert found == []


@pytest.mark.parametrize("status", [400, 403, 404, 500, "csrf"])
def test_a_page_of_refusal_says_nothing_without_translation(status: int | str) -> None:
    request, refused = RequestFactory().get("/"), Exception("nothing that is shown")
    pages: dict[int | str, Any] = {
        400: lambda: defaults.bad_request(request, refused),
        403: lambda: defaults.permission_denied(request, refused),
        404: lambda: defaults.page_not_found(request, refused),
        500: lambda: defaults.server_error(request),
        "csrf": lambda: csrf_failure(request),
    }
    with translation.override(LANGUAGE):
        assert words(pages[status]()) == []


def allowed(route: str, methods: set[str]) -> list[Cell]:
    return [
        cell for cell in CELLS if cell.route == route and cell.method in methods and cell.expected == "ok"
    ]


def address(stage: Stage, cell: Cell) -> str:
    return reverse(cell.route, kwargs=ADDRESSES[cell.route](stage.place(cell.actor, cell.scope)))


def looked(stage: Stage, look: Look) -> Any:
    """The answer to a look, or the page that it leads to; what it changed is taken back."""
    browser, heads = stage.browser_of(look.actor), {"Accept-Language": LANGUAGE, **look.heads}
    with transaction.atomic():
        if look.sent is None:
            answer = browser.get(look.address, headers=heads, follow=True)
        else:
            answer = browser.post(look.address, look.sent, headers=heads, follow=True)
        transaction.set_rollback(True)
    return answer


def sent(stage: Stage, cell: Cell) -> Iterator[Any]:
    """The answers to a verb, each the page that it leads to."""
    where, browser, heads = address(stage, cell), stage.browser_of(cell.actor), {"Accept-Language": LANGUAGE}
    page = browser.get(where, headers=heads)
    fields = filled(page.text, where) if page.status_code == 200 else {}
    for given in ({}, fields, fields):
        yield browser.post(where, given, headers=heads, follow=True)


def words(answer: Any) -> list[str]:
    """Texts of an answer that nobody translated."""
    kind = answer["Content-Type"].split(";")[0]
    if kind != "application/json":
        return plain.of_page(answer.text, LANGUAGE)
    return plain.of_refusal(answer.json()) if answer.status_code >= 400 else plain.of_figure(answer.json())


def coming_monday() -> Any:
    """The next morning on which digests go out."""
    now = timezone.now()
    return (now + timedelta(days=7 - now.weekday())).replace(hour=7)
