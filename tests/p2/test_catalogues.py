"""The catalogues of translations say what the code says."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from p2.words import catalogues, days

LANGUAGES = [code for code, _ in settings.LANGUAGES if code not in {"en", catalogues.PSEUDO}]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|<[^>]+>|\{\w*\}")


def catalogue(language: str) -> Catalog:
    if language == catalogues.PSEUDO:
        with (catalogues.folder_of(settings.BASE_DIR, language) / "django.mo").open("rb") as file:
            return read_mo(file)
    with (catalogues.folder_of(settings.BASE_DIR, language) / "django.po").open("rb") as file:
        return read_po(file)


def test_the_catalogues_are_what_the_code_says_and_compiled() -> None:
    call_command("messages", check=True)


def test_a_sentence_that_the_code_gained_is_found_missing(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "new.html").write_text(
        "<div>\n  {% load i18n %}\n{% translate 'A new sentence' %}\n {# not this #}\n</div>"
    )
    found = catalogues.extracted(tmp_path)
    assert [message.id for message in found if message.id] == ["A new sentence"]
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="not up to date"):
        call_command("messages", check=True)


def places(sentence: str) -> Counter[str]:
    """The places and tags of a sentence, each as often as it stands there. A percent sign is none."""
    return Counter(PLACEHOLDER.findall(sentence.replace("%%", "")))


def misplaced(one: str, many: str, said: Sequence[str]) -> list[str]:
    """The forms of a translation that lose, add or repeat a place; all but the last may leave one out, as "a line"."""
    known = places(one) | places(many)
    wrong = [form for form in said[:-1] if form and places(form) - known]
    return wrong + [form for form in said[-1:] if form and places(form) != places(many)]


@pytest.mark.parametrize("language", [*LANGUAGES, catalogues.PSEUDO])
def test_every_translation_keeps_the_places_of_its_sentence(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        forms = (message.id,) if isinstance(message.id, str) else message.id
        said = (message.string,) if isinstance(message.string, str) else message.string
        if message.id:
            wrong += [(message.id, form) for form in misplaced(forms[0], forms[-1], said)]

    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("%(a)d {count} <b>", "%(a)s {count} <b>"),
        ("%(a)d {count} <b>", "%(a)d {kount} <b>"),
        ("%(a)d {count} <b>", "%(a)d {count} <i>"),
        ("%(a)d of %(a)d", "%(a)d"),
        ("%s and %d", "%s and %s"),
        ("{} of {}", "{}"),
        ("Saved", "Sparat %(a)s"),
        ('<a href="%(one)s">', '<a href="%(two)s">'),
    ],
)
def test_a_translation_with_another_place_is_noticed(sentence: str, said: str) -> None:
    assert misplaced(sentence, sentence, [said]) == [said]
    assert misplaced(sentence, sentence, [sentence]) == []


def test_the_first_of_several_forms_may_leave_its_count_out() -> None:
    assert misplaced("one line of %(b)s", "%(a)d lines of %(b)s", ["en rad", "%(a)d rader av %(b)s"]) == []
    assert misplaced("%(a)d line", "%(a)d lines", ["%(b)d rad", "rader"]) == ["%(b)d rad", "rader"]


def test_the_pseudo_language_has_no_plain_latin_letter() -> None:
    kept = re.compile(r"%\(\w+\)[#0 +-]*[\d.]*[a-z]|%[a-z%]|\{[^{}]*\}|<[^>]*>|&\w+;|https?://\S+")
    plain = [
        message.string
        for message in catalogue(catalogues.PSEUDO)
        if message.id
        and message.context != days.CONTEXT
        and isinstance(message.string, str)
        and re.search("[A-Za-z]", kept.sub("", message.string))
    ]
    assert plain == []
