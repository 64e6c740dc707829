"""What a person is told in code goes through translation, where no page draws it too."""

import ast
import re

import pytest

from tests.house.source import SITE, named, python_files

TELLS = {"RuleViolation", "ValidationError", "EntryRefused", "PermissionDenied", "add_error", "ensure"}
LEVELS = {"info", "success", "warning", "error"}
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
OF_COMMANDS = {"management", "demo", "demo.py", "run"}


def called(node: ast.Call) -> str:
    return ast.unparse(node.func).split(".")[-1]


def tells(node: ast.AST) -> bool:
    """Whether a call shows its sentence to a person."""
    if not isinstance(node, ast.Call):
        return False
    return called(node) in TELLS or (
        called(node) in LEVELS and ast.unparse(node.func).startswith("messages.")
    )


def literals(node: ast.AST) -> list[str]:
    """The words of an expression that are in no call of gettext."""
    if isinstance(node, ast.Call) and called(node) in TRANSLATES:
        return []
    if isinstance(node, ast.Constant):
        is_said = isinstance(node.value, str) and re.search(r"[a-z]{2,}[ .:]|[ :][a-z]{2,}", node.value)
        return [str(node.value)] if is_said else []
    return [word for inside in ast.iter_child_nodes(node) for word in literals(inside)]


def untranslated(source: str) -> list[str]:
    calls = (node for node in ast.walk(ast.parse(source)) if tells(node))
    return [word for call in calls for inside in ast.iter_child_nodes(call) for word in literals(inside)]


def test_every_sentence_that_a_person_is_told_goes_through_translation() -> None:
    read = [path for path in python_files(*SITE) if not OF_COMMANDS & set(path.parts)]
    found = {named(path): untranslated(path.read_text(encoding="utf-8")) for path in read}

    assert {name: words for name, words in found.items() if words} == {}


NOUNS = (
    "cells|characters|columns|days|decimals|dimensions|heads|items|letters|lines|lists|measures|months|numbers|"
    "organizations|people|periods|phases|points|projects|roles|rows|series|signals|weeks|years"
)
"""What is counted in P2."""
COUNTED = re.compile(
    rf"%\(\w+\)[ds] (?:useful |open |new )?(?:{NOUNS})\b|\bmore %\(\w+\)[ds]|%\(\w+\)[ds] more\b"
)


def uncounted(source: str) -> list[str]:
    """Sentences of one form whose noun is counted: many languages have three forms or six."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    said = (
        call.args[-1].value
        for call in calls
        if called(call) in {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy"}
        and call.args
        and isinstance(call.args[-1], ast.Constant)
    )
    return [sentence for sentence in said if COUNTED.search(str(sentence))]


def test_every_counted_noun_has_its_plurals() -> None:
    read = [path for path in python_files(*SITE) if not OF_COMMANDS & set(path.parts)]
    found = {named(path): uncounted(path.read_text(encoding="utf-8")) for path in read}

    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('_("%(count)d useful points")', ["%(count)d useful points"]),
        ('say(gettext_lazy("And %(more)s more"))', ["And %(more)s more"]),
        ('ngettext("%(count)d point", "%(count)d points", count)', []),
        ('_("Point %(place)d of %(count)d in a row")', []),
    ],
)
def test_a_counted_noun_of_one_form_is_noticed(source: str, words: list[str]) -> None:
    assert uncounted(source) == words


RECASES = {"lower", "title", "capitalize", "swapcase"}


def recased(source: str) -> list[str]:
    """Translated words that code sets in other letters: the label of a choice, or a call of gettext."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        ast.unparse(call)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in RECASES
        and re.search(r"_display\(\)|\.label\b|\b(_|n?p?gettext(_lazy)?)\(", ast.unparse(call.func.value))
    ]


def test_no_translated_word_is_set_in_other_letters() -> None:
    read = [path for path in python_files(*SITE) if not OF_COMMANDS & set(path.parts)]
    found = {named(path): recased(path.read_text(encoding="utf-8")) for path in read}

    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("say(role.get_role_display().lower())", ["role.get_role_display().lower()"]),
        ("say(str(Role.LEAD.label).lower(), gettext('Lead').title())", None),
        ("email.lower()", []),
    ],
)
def test_a_translated_word_in_other_letters_is_noticed(source: str, words: list[str] | None) -> None:
    assert len(recased(source)) == 2 if words is None else recased(source) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('raise RuleViolation("The month is closed.")', ["The month is closed."]),
        ('messages.info(request, f"Withdrawn: {mark}.  It stays.")', ["Withdrawn: ", ".  It stays."]),
        ('raise RuleViolation(_("%(month)s is closed.") % {"month": month})', []),
        ('form.add_error("goal", gettext("A goal date needs its goal."))', []),
    ],
)
def test_a_sentence_that_goes_past_translation_is_noticed(source: str, words: list[str]) -> None:
    assert untranslated(source) == words
