"""What a state refuses, held: every verb × every state of its object × everybody (tests/permissions/states).

The tables are written by hand. Here they are compared with what the verbs do, and with the verbs that there are.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module, util
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from measures.services.entry.cells import EntryRefused
from measures.services.entry.imports import ImportReport
from measures.services.entry.imports.tables import ImportTally
from measures.services.entry.sheets import Trouble
from measures.services.entry.undos import Undone
from organizations.models import Appointment, Membership, User, as_of_now, standing_of
from p2.errors import RuleViolation
from tests.house.source import APPS
from tests.permissions.states import entry, measures, organizations, projects
from tests.permissions.states.scene import STATES, Scene, make_scene
from tests.permissions.table import ACTORS

PARTS = (organizations, measures, entry, projects)
VERBS = {name: verb for part in PARTS for name, verb in part.VERBS.items()}
HEADS = {**ACTORS, "oth": "other_lead"}

NO_VERBS = {
    "cells.correction": "makes a row that its caller writes",
    "cells.correction_of_note": "makes a row that its caller writes",
    "copying.write": "writes what a verb has checked",
    "month_tables.month_table": "reads",
    "phases.ensure_not_past": "asks",
    "rights.ensure_may": "asks",
    "phases.why_past": "asks, for a page",
    "rights.ensure_changeable": "asks",
    "rights.why_final": "asks",
    "rights.why_not_logged": "asks, for a page",
    "rights.nothing_logged": "says, for a page",
    "projects.ensure_changeable": "asks",
    "projects.changeable": "asks, and locks the project",
    "locks.of": "locks, and reads the roles",
    "sign_offs.look": "reads what a sign-off would be given for",
    "undos.plan": "reads what an undo would take back",
    "observations.change": "tells what a verb has written",
    "lifting.bump_and_lift": "tells what a verb has written",
}
"""Functions of `services/` that take `by=` and write nothing of their own, and what they do instead."""

BY_LETTER = "invitations.accept"
"""Its right is the letter's key: no role is asked."""

UNLOCKED = {"collaboratives.create", "rosters.enroll"}
"""Verbs that make something where there is nothing to lock yet."""

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("states")]


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)


def rows() -> list[tuple[str, str, dict[str, str]]]:
    """The lines of the tables: verb, state, and what each actor gets."""
    found = []
    for part in PARTS:
        heads, *lines = [
            line.split() for line in part.TABLE.splitlines() if line.strip() and not line.startswith("#")
        ]
        for verb, state, *words in lines:
            found.append((verb, state, dict(zip(heads, words, strict=True))))
    return found


ROWS = rows()


@pytest.mark.parametrize("verb", VERBS)
def test_every_state_gives_everybody_what_the_table_says(scene: Scene, verb: str) -> None:
    expected = {state: row for name, state, row in ROWS if name == verb}
    answers = {state: words(scene, verb, state, heads=list(expected[state])) for state in expected}

    assert answers == expected


@pytest.mark.parametrize(
    "verb", sorted({name for name, _, said in ROWS if "ok" in said.values()} - {BY_LETTER})
)
def test_a_right_is_asked_once_the_rows_are_held(scene: Scene, verb: str) -> None:
    """Whose roles ended since the request began is refused, and the roles are read after the first lock."""
    state, head = next(
        (state, head)
        for name, state, row in ROWS
        for head, said in row.items()
        if name == verb and said == "ok"
    )
    person = person_of(scene, head)
    with transaction.atomic():
        STATES[state](scene)
        standing_of(as_of_now(person))  # as the request has found it
        dismiss(person)
        with CaptureQueriesContext(connection) as queries:
            said = outcome(scene, verb, person)
        transaction.set_rollback(True)
    as_of_now(person)

    assert said == "403"
    if verb not in UNLOCKED:
        assert_locked_first([query["sql"] for query in queries])


def assert_locked_first(statements: list[str]) -> None:
    locks = [at for at, sql in enumerate(statements) if " FOR UPDATE" in sql or " FOR NO KEY UPDATE" in sql]
    asked = [at for at, sql in enumerate(statements) if "organizations_membership AS role" in sql]
    assert locks
    assert asked
    assert locks[0] <= asked[-1]


def test_every_verb_is_in_a_table() -> None:
    named = {name.partition(":")[0] for name in VERBS}

    assert named | NO_VERBS.keys() == set(verbs())
    assert named.isdisjoint(NO_VERBS)
    assert {name for name, _, _ in ROWS} == VERBS.keys()
    assert {state for _, state, _ in ROWS} == STATES.keys()


def words(scene: Scene, verb: str, state: str, *, heads: list[str]) -> dict[str, str]:
    """What each actor gets; what state and verb changed is taken back."""
    found = {}
    with transaction.atomic():
        STATES[state](scene)
        for head in heads:
            with transaction.atomic():
                found[head] = outcome(scene, verb, as_of_now(person_of(scene, head)))
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    return found


def outcome(scene: Scene, verb: str, person: User) -> str:
    try:
        result = VERBS[verb](scene, person)
    except PermissionDenied:
        return "403"
    except RuleViolation:
        return "no"
    return "no" if is_refusal(result) else "ok"


def is_refusal(result: Any) -> bool:
    """Whether a verb that answers for each of several rows has refused the one it was given."""
    match result:
        case dict() | list():
            each = result.values() if isinstance(result, dict) else result
            return any(isinstance(one, EntryRefused | Trouble) for one in each)
        case ImportReport():
            return bool(result.mistakes)
        case ImportTally():
            return bool(result.refused)
        case Undone():
            return not result.count
    return False


def person_of(scene: Scene, head: str) -> User:
    found: User = getattr(scene.cast, HEADS[head])
    return found


def dismiss(person: User) -> None:
    Membership.objects.filter(user=person).update(ended_at=timezone.now())
    Appointment.objects.filter(user=person).update(ended_at=timezone.now())
    User.objects.filter(pk=person.pk).update(is_staff=False)


def verbs() -> Iterator[str]:
    """Every public function of `services/` that takes `by=`, by the name that callers say."""
    for module, name, function in services():
        if "by" in inspect.signature(function).parameters:
            yield f"{module.rpartition('.')[2]}.{name}"


def services() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Every public function of `services/`, with its module."""
    for app in APPS:
        if not util.find_spec(f"{app}.services"):
            continue
        package = import_module(f"{app}.services")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = import_module(found.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                is_own = function.__module__ == module.__name__ and not name.startswith("_")
                if is_own:
                    yield module.__name__, name, function
