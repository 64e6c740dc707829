"""Every verb and every field that a person can change: who, when, from, to.

Each verb is run as the table of states runs it (tests/permissions/states), and where that changes one fact of several,
with all of them (wholes.py). Then every row of the database is compared with what it was (rows.py), and each difference
finds its row in the history. A verb without a run and a field that no run changes fail: they are listed here with their
reason.
"""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from organizations.models import User, as_of_now
from tests.history.rows import History, changes, fields_of, is_stamp, models_of_the_site, stand
from tests.history.wholes import WHOLES, Run, Whole
from tests.permissions.states.scene import STATES, Scene, make_scene
from tests.test_states import NO_VERBS, ROWS, VERBS, person_of, services

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("history")]

TELLS_NOTHING = {
    "attempts.begin_change": "counts a try",
    "pastes.compare": "reads",
    "presences.note": "notes that somebody is here",
    "presences.note_everywhere": "notes that somebody is here",
}
"""Functions of `services/` that are given a person and change nothing that a person does, beside `NO_VERBS`."""

SECRET = {"organizations.Invitation.token_hash", "organizations.User.password"}
"""Fields whose change is told, and what they held is not."""

MADE_ONCE = {
    "measures.Annotation": "a mark-up is never edited: it is withdrawn",
    "measures.Benchmark": "nothing changes one yet",
    "measures.CareProcess": "its name is made once: it is taken off the list",
    "measures.CoreMeasure": "nothing changes one yet",
    "measures.Exclusion": "a mark-up is never edited: it is withdrawn",
    "measures.Freeze": "a mark-up is never edited: it is withdrawn",
    "measures.Rebase": "a mark-up is never edited: it is withdrawn",
    "measures.SignOff": "a signature is never edited: it is taken back, or lifted",
    "organizations.Appointment": "a role ends, and another one begins",
    "organizations.Invitation": "it is sent again, used or withdrawn",
    "organizations.Membership": "a role ends, and another one begins",
    "organizations.Participation": "nothing changes one yet",
    "projects.ProjectMeasure": "a link is taken away, and another one made",
}
"""Rows whose facts stay as they were made; only when and by whom they ended is written."""

COUNTED = {
    "measures.Measure.definition": "the version that was made last, whose entry tells of it",
    "measures.Measure.series_version": "a counter, by which charts know that they are stale",
}
"""Fields that change with every change of something else, which is told."""

MADE_WITH_ITS_ROW = {
    "measures.Definition": "effective_from measure number recorded_at recorded_by why",
    "measures.Measure": "core_measure organization position stratum_label stratum_of",
    "measures.Month": "collaborative period",
    "measures.Observation": "is_late measure ordinal period",
    "organizations.Collaborative": "slug",
    "organizations.Organization": "collaborative",
    "organizations.Phase": "collaborative",
    "organizations.Unit": "organization",
    "organizations.User": "email",
    "projects.Project": "organization",
    "projects.TeamMember": "membership project task",
}
"""Fields of other rows that no verb changes later: where a row belongs, and what it was made as."""

NOBODYS = {
    "organizations.User.is_superuser": "P2 does not use it",
    "organizations.User.last_login": "Django's own: the entry “signed in” tells of it",
}

WRITES_BEFORE = {
    "invitations.accept": "its run in the table writes an address first: two runs of WHOLES do it here"
}


def given_a_person() -> Iterator[str]:
    """Every public function of `services/` that is given a person, by the name that callers say."""
    for module, name, function in services():
        signature = inspect.signature(function).parameters
        if "by" in signature or any("User" in str(one.annotation) for one in signature.values()):
            yield f"{module.rpartition('.')[2]}.{name}"


@dataclass(frozen=True)
class Told:
    """The fields that a run changed, and those of which the history says nothing."""

    changed: frozenset[str]
    silent: frozenset[str]


def told(scene: Scene, run: Run, person: User | None) -> Told:
    before, since = stand(), timezone.now()
    result = run(scene, as_of_now(person) if person else scene.cast.stranger)
    after, until, history = stand(), timezone.now(), History.since(before)
    by = person or result.accepted_by  # type: ignore[attr-defined]
    found = [one for one in changes(before, after) if one.name not in COUNTED]
    silent = {
        one.name for one in found if not history.tells(one, by, since, until, is_secret=one.name in SECRET)
    }
    return Told(frozenset(one.name for one in found), frozenset(silent))


def of_table(scene: Scene, verb: str) -> Told | None:
    """A verb in the first state, and by the first person, for which the table says ok."""
    allowed = (
        (state, head)
        for name, state, said in ROWS
        if name == verb
        for head, word in said.items()
        if word == "ok"
    )
    state, head = next(allowed, ("", ""))
    if not state:
        return None
    with transaction.atomic():
        STATES[state](scene)
        found = told(scene, VERBS[verb], person_of(scene, head))
        transaction.set_rollback(True)
    return found


def of_whole(scene: Scene, whole: Whole) -> Told:
    with transaction.atomic():
        whole.before(scene)
        found = told(scene, whole.run, getattr(scene.cast, whole.actor) if whole.actor else None)
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Told]]:
    """What every run changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = make_scene()
        verbs = [verb for verb in VERBS if verb not in WRITES_BEFORE]
        tables = {verb: found for verb in verbs if (found := of_table(scene, verb))}
        yield tables | {f"{verb} (whole)": of_whole(scene, whole) for verb, whole in WHOLES.items()}
        transaction.set_rollback(True)


def test_what_every_verb_changes_has_its_row_with_who_when_from_and_to(walk: dict[str, Told]) -> None:
    assert {verb: set(one.silent) for verb, one in walk.items() if one.silent} == {}


def test_every_field_that_a_person_can_change_was_changed(walk: dict[str, Told]) -> None:
    changed = {name for one in walk.values() for name in one.changed if not name.endswith(".")}
    known = {
        f"{model._meta.label}.{field}"
        for model in models_of_the_site()
        for field in fields_of(model)
        if model._meta.label not in MADE_ONCE or is_stamp(field)
    }
    fixed = {f"{model}.{field}" for model, fields in MADE_WITH_ITS_ROW.items() for field in fields.split()}
    assert known - changed - COUNTED.keys() == fixed | NOBODYS.keys()
    of_others = {name for name in changed if name.rpartition(".")[0] in MADE_ONCE and not is_stamp(name)}
    assert of_others - SECRET == set()


def test_every_verb_was_run(walk: dict[str, Told]) -> None:
    run = {verb.partition(":")[0].partition(" ")[0] for verb in walk}
    known = set(given_a_person())
    assert known - run - NO_VERBS.keys() - TELLS_NOTHING.keys() == set()
    assert TELLS_NOTHING.keys() <= known - run
