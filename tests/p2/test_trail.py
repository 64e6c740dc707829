"""The audit trail is kept in keys and shown in the reader's words."""

import ast

from django.test import Client
from django.urls import reverse
from django.utils import translation

from measures.models import Annotation, Exclusion, Freeze, Rebase
from p2 import audit, trail
from p2.models import AuditEntry
from projects.models import Project
from tests.actors import Cast
from tests.house.source import SITE, python_files, tree


def recorded() -> set[str]:
    """The verbs that the code gives to the trail as literals."""
    calls = [
        node for path in python_files(*SITE) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)
    ]
    recording = {"audit.record", "audit.record_each"}
    given = [call.args[0] for call in calls if ast.unparse(call.func) in recording and call.args]
    given += [
        keyword.value
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "verb" and ast.unparse(call.func).startswith("edits.")
    ]
    inside = [node for one in given for node in ast.walk(one) if not isinstance(one, ast.JoinedStr)]
    return {str(node.value) for node in inside if isinstance(node, ast.Constant)} | {"edited", "removed"}


def test_every_verb_that_is_recorded_has_its_words() -> None:
    marks = {f"marked {mark._meta.model_name}" for mark in (Annotation, Exclusion, Freeze, Rebase)}

    former = {"edited in admin"}  # stands in trails of before, when the admin did not act through verbs
    assert recorded() | marks | former | set(Project.State.values) == set(trail.VERBS)


def test_a_change_is_told_by_field_and_by_the_words_of_its_choices(cast: Cast) -> None:
    entry = audit.record(
        "edited",
        cast.collaborative,
        by=cast.office,
        changes={
            "run_rules": ("anhoej", "perla"),
            "keeps_months": (True, False),
            "banner_title": ("", "Hej"),
        },
    )

    with translation.override("en"):
        assert list(trail.changes_of(entry)) == [
            "Rules for run charts: Anhøj → Perla, Provost and Murray",
            "Months come due: Yes → No",
            "Banner title: nothing → Hej",
        ]


def test_the_trail_of_a_measure_names_the_fields_of_its_definition() -> None:
    entry = AuditEntry(
        subject_type="measure", changes={"numerator_words": ["Days", "Hours"], "gone": [None, 1]}
    )

    assert list(trail.changes_of(entry)) == ["Numerator: Days → Hours", "gone: nothing → 1"]


def test_the_list_of_the_trail_is_in_the_readers_language(cast: Cast) -> None:
    audit.record("signed off", cast.collaborative, by=cast.office)
    cast.site_admin.language = "sv"
    cast.site_admin.save()

    client = Client()
    client.force_login(cast.site_admin)
    page = client.get(reverse("admin:p2_auditentry_changelist")).content.decode()

    assert "signerad som komplett" in page
    assert "signed off" not in page
