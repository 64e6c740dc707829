"""Templates: nothing inline, every fragment with its contract."""

import re

import pytest

from tests.house.source import ROOT, named
from tests.words import plain

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "email" not in path.parts)
INLINE = {
    "style attribute": r"<[^>]*\sstyle\s*=",
    "style element": r"<style\b",
    "script with a body": r"<script\b[^>]*>\s*[^\s<]",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "script address": r"javascript:",
}


def inline_parts(source: str) -> list[str]:
    """What in a template the content policy would block."""
    return [name for name, pattern in INLINE.items() if re.search(pattern, source, re.IGNORECASE)]


def test_no_template_holds_an_inline_style_or_script() -> None:
    found = {named(path): inline_parts(path.read_text(encoding="utf-8")) for path in TEMPLATES}

    assert {name: parts for name, parts in found.items() if parts} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('<p style="color: red">', ["style attribute"]),
        ("<style>p {}</style>", ["style element"]),
        ("<script>go()</script>", ["script with a body"]),
        ('<a onclick="go()" href="javascript:go()">', ["event attribute", "script address"]),
        ('<script src="/static/a.js" defer></script><p class="on-ink">', []),
    ],
)
def test_inline_style_and_script_are_noticed(source: str, names: list[str]) -> None:
    assert inline_parts(source) == names


def test_every_fragment_says_its_contract_in_its_first_line() -> None:
    first_lines = {
        named(path): path.read_text(encoding="utf-8").split("\n", 1)[0]
        for path in TEMPLATES
        if path.name.startswith("_")
    }

    assert {name: line for name, line in first_lines.items() if not re.match(r"\{# .+ #\}$", line)} == {}


SAID = re.compile(
    r"\{#.*?#\}|\{%\s*blocktranslate\b.*?\{%\s*endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
LITERAL = re.compile(r"""\{%\s*include\b[^%]*?\b((?:title|words|verb|note|label|question)=["'][A-Z])""")
OF_THE_BUILDERS = [path for path in TEMPLATES if re.search(r"(^|_)style", path.stem)]


def words_beside_translation(source: str) -> list[str]:
    """What a template says past the translation, in branches too that no test draws."""
    return [*plain.of_page(SAID.sub("", source), language=""), *LITERAL.findall(source)]


def test_no_template_holds_a_word_beside_its_translation() -> None:
    read = [path for path in TEMPLATES if path not in OF_THE_BUILDERS]
    found = {named(path): words_beside_translation(path.read_text(encoding="utf-8")) for path in read}

    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>{% translate 'Saved' %} now</p>", ["now"]),
        ('<a title="Open {{ name }}">{{ name }}</a>', ["Open"]),
        ('{% include "_empty.html" with words="Nothing" %}', ['words="N']),
        ('{% include "_empty.html" with words=_("Nothing") %}<p>{{ count }} %, CSV</p>', []),
        ("{% blocktranslate %}Saved by <b>{{ name }}</b>{% endblocktranslate %}", []),
    ],
)
def test_a_word_beside_translation_is_noticed(source: str, words: list[str]) -> None:
    assert words_beside_translation(source) == words


def test_no_template_lowers_a_word_of_the_language() -> None:
    """A noun keeps its capital in German, and what is lower-case in a sentence is a sentence's affair."""
    lowered = [
        named(path) for path in TEMPLATES if re.search(r"\|\s*lower\b", path.read_text(encoding="utf-8"))
    ]

    assert lowered == []


SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
SENTENCE = re.compile(r"""["'`][A-Z{$][^"'`\n]*[a-z]{2,} [a-z]{2,}[^"'`\n]*["'`]""")


def sentences_of(script: str) -> list[str]:
    """The literals of a script, comments left out, that read as a sentence."""
    return SENTENCE.findall(re.sub(r"(^|\s)//.*", "", script))


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('say("Not connected; retrying")', ['"Not connected; retrying"']),
        ("// A press outside closes it\nrow.className = 'open cures'", []),
        ('say(words.lost); addEventListener("click", close)', []),
    ],
)
def test_a_sentence_in_a_script_is_found(script: str, found: list[str]) -> None:
    assert sentences_of(script) == found


def test_no_script_holds_a_sentence_of_its_own() -> None:
    found = {named(path): sentences_of(path.read_text(encoding="utf-8")) for path in SCRIPTS}

    assert {name: said for name, said in found.items() if said} == {}


TAGS = re.compile(r"""<[a-z/](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
SPOKEN = re.compile(r"""\b(?:aria-label|title|alt|heading|label|content)=("[^"]*"|'[^']*')""")
MARKS = re.compile(r"[,;:%]|(?<=\S)\.(?=\s|$)")
OF_WORKS = {"method_run_charts.html"}
"""A list of works cited is the same in every language."""


def joints(source: str) -> list[str]:
    """The commas and colons that a template sets between what it shows: where they stand is a language's affair."""
    bare = SAID.sub("\x00", source)
    pieces = [*TAGS.sub("\n", bare).split("\n"), *SPOKEN.findall(bare)]
    return [
        mark for piece in pieces if "\x00" in piece for mark in MARKS.findall(re.sub(r"&\w+;", "", piece))
    ]


def test_no_template_joins_what_it_shows_by_marks_of_its_own() -> None:
    read = [path for path in TEMPLATES if path not in OF_THE_BUILDERS and path.name not in OF_WORKS]
    found = {named(path): joints(path.read_text(encoding="utf-8")) for path in read}

    assert {name: marks for name, marks in found.items() if marks} == {}


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("{% translate 'one' %}, {% translate 'two' %}", [","]),
        ("<dd>{{ area }}; <b>{{ aim }}</b>{% if process %}: {{ process }}{% endif %}</dd>", [";", ":"]),
        ('<summary aria-label="{{ name }}, {{ role }}">', [","]),
        ("<p>{{ headline }}. {{ facts }}</p>", ["."]),
        ('<td>{{ share }}%</td><rect width="{{ share }}%"/>', ["%"]),
        ("{% translate 'one' %} <code>{% listed area unit %}</code>{% icon 'plus' %}", []),
        (
            '<a class="a" hx-vals=\'{"a": "{{ b }}"}\'>{% blocktranslate %}{{ a }}, {{ b }}{% endblocktranslate %}</a>',
            [],
        ),
    ],
)
def test_a_mark_between_what_is_shown_is_noticed(source: str, marks: list[str]) -> None:
    assert joints(source) == marks
