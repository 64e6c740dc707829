"""The catalogues of translations say what the code says."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from p2.words import catalogues

LANGUAGES = [code for code, _ in settings.LANGUAGES if code not in {"en", catalogues.PSEUDO}]
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|<[^>]+>")


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


@pytest.mark.parametrize("language", [*LANGUAGES, catalogues.PSEUDO])
def test_every_translation_keeps_the_places_of_its_sentence(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        forms = (message.id,) if isinstance(message.id, str) else message.id
        said = (message.string,) if isinstance(message.string, str) else message.string
        kept = {place for form in forms for place in PLACEHOLDER.findall(form)}
        wrong += [
            (message.id, form)
            for form in said
            if message.id and form and set(PLACEHOLDER.findall(form)) - kept
        ]
        if (
            message.id
            and said[-1]
            and set(PLACEHOLDER.findall(said[-1])) != set(PLACEHOLDER.findall(forms[-1]))
        ):
            wrong.append((message.id, said[-1]))
    assert wrong == []


def test_the_pseudo_language_has_no_plain_latin_letter() -> None:
    kept = re.compile(r"%\(\w+\)[#0 +-]*[\d.]*[a-z]|%[a-z%]|\{[^{}]*\}|<[^>]*>|&\w+;|https?://\S+")
    plain = [
        message.string
        for message in catalogue(catalogues.PSEUDO)
        if message.id
        and isinstance(message.string, str)
        and re.search("[A-Za-z]", kept.sub("", message.string))
    ]
    assert plain == []
