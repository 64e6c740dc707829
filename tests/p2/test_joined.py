"""Facts in a row and counted sentences: joined and counted as the language does it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from django.conf import settings as django_settings
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import trans_real
from pytest_django import Settings

from p2.words import catalogues, listing, wording
from p2.words.plurals import Forms


@pytest.fixture
def polish(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A language of three forms, which says its lists in another order."""
    made = Catalog(locale="pl")
    made.add(("{count} line", "{count} lines"), ("{count} linia", "{count} linie", "{count} linii"))
    made.add("%(first)s, %(next)s", "%(next)s < %(first)s", context="a list with commas")
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(catalogues.compiled(made))
    settings.LANGUAGES = [*django_settings.LANGUAGES, ("pl", "Polski")]
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.pop("pl", None)
    with translation.override("pl"):
        yield
    trans_real._translations.pop("pl", None)


def test_a_sentence_that_a_script_counts_has_every_form_of_the_language(polish: None) -> None:
    forms = Forms("{count} line", "{count} lines")

    assert [forms.of(count) for count in (1, 3, 5)] == ["{count} linia", "{count} linie", "{count} linii"]
    assert json.loads(forms.as_json()) == [
        ["{count} linii", [0, 5, 6, 7, 11, 20, 100]],
        ["{count} linia", [1]],
        ["{count} linie", [2, 3]],
    ]


def test_a_list_is_joined_as_the_language_joins_it(polish: None) -> None:
    assert listing.listed(["a", "", "b", "c"]) == "c < b < a"


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["Alma"], "Alma"), (["Alma", "Bo"], "Alma or Bo"), ("ABC", "A, B or C")]
)
def test_one_of_several_is_named(names: list[str], words: str) -> None:
    assert listing.any_of(names) == words


def test_markup_in_a_list_stays_and_what_was_typed_is_escaped() -> None:
    assert listing.apart(["<i>", mark_safe("<b>x</b>"), "a & b"]) == "&lt;i&gt;; <b>x</b>; a &amp; b"
    assert isinstance(listing.told("a", mark_safe("<b>x</b>")), SafeString)
    plain = listing.listed(["<i>", "50 %"])
    assert (plain, isinstance(plain, SafeString)) == ("<i>, 50 %", False)
    assert Template("{% listed a b %}").render(Context({"a": "<i>", "b": "c"})) == "&lt;i&gt;, c"


def test_a_counted_sentence_shows_its_form_and_hands_all_to_the_script() -> None:
    shown = Template("{% counting forms 'n' n=1 m=many %}").render(
        Context({"forms": Forms("{n} of {m} needs", "{n} of {m} need"), "many": "<"})
    )

    assert shown.endswith('data-by="n">1 of &lt; needs</span>')
    assert 'data-forms="[[&quot;{n} of {m} need&quot;, [0, 2,' in shown


@pytest.mark.parametrize(
    ("language", "share", "wait", "both"),
    [
        ("en", "31.5%", "34 days", ("31%", "34")),
        ("sv", "31,5\u00a0%", "34\u00a0days", ("31\u00a0%", "34")),
    ],
)
def test_a_percentage_and_a_unit_stand_as_the_language_sets_them(
    language: str, share: str, wait: str, both: tuple[str, str]
) -> None:
    with translation.override(language):
        assert wording.with_unit(wording.figure(31.5, 1), "% of patients") == share
        assert wording.with_unit("34", "days") == wait
        assert (wording.with_sign("31", "%"), wording.with_sign("34", "days")) == both
        assert Template("{{ share|percent }}").render(Context({"share": 31.5})) == share


@pytest.mark.parametrize(
    ("name", "unit", "words"),
    [
        ("Adverse drug events", "per 1,000 doses", "Adverse drug events, per 1,000 doses"),
        ("Wait, weeks", "Weeks", "Wait, weeks"),
        ("Falls", "% of stays", "Falls"),
    ],
)
def test_a_name_is_followed_by_its_unit_once(name: str, unit: str, words: str) -> None:
    assert wording.named_with_unit(name, unit) == words
