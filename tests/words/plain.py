"""Latin words in what a person sees or hears of an answer: a sentence in the pseudo-language has none."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings

SEEN = {"abbr", "alt", "aria-description", "aria-label", "aria-roledescription", "aria-valuetext", "data-forms",
        "data-name", "filename", "heading", "hx-confirm", "label", "lost", "placeholder", "summary",
        "title", "verdict"}  # fmt: skip
"""Attributes that a browser, a screen reader or a script says; those that begin with SAID as well."""

SAID = ("data-word", "data-mark-")
BUTTONS = {"submit", "button", "reset"}
UNREAD = {"script", "style", "code", "textarea"}
DRAWN = {"text", "hovertext", "hovertemplate", "texttemplate", "ticktext", "title"}
"""Keys of a figure whose values are drawn."""

EVERYWHERE = (
    r"https?://\S+",
    r"\S+@\S+\.\w+",  # an e-mail address
    r"</?b>",  # what stands out in a sentence that a script completes
    r"\{\w+\}",  # the place of a number or a name in a sentence that a script completes
    r"\bP2\b",  # the product
    r"\bAnhøj\b",  # who found the rules
    r"\b[IVX]+\b",  # the number of a phase
    r"\b[A-Z]\b",  # a key of the keyboard
    r"\bUTC\b",
    r"\b(?:CSV|PNG|SVG)\b",  # a kind of file
)
"""What is the same in every language."""

SAME = re.compile("|".join(EVERYWHERE))
NAMES = {zone.replace("_", " ") for zone in available_timezones()} | {name for _, name in settings.LANGUAGES}
"""Time zones, and languages as they call themselves."""

OF_DJANGO = {"Search", "True", "False"}
"""What Django's admin says of its pictures in English alone: of a glass, a tick and a cross."""

LATIN = re.compile(r"[A-Za-z]")


class _Reader(HTMLParser):
    """Gathers the texts and the spoken attributes of a page, except what it marks as another language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.texts: list[str] = []
        self._unread: list[str] = []  # open elements of the one tag that is passed over

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if self._unread:
            self._unread += [tag] if tag == self._unread[0] else []
        elif given.get("lang", self.language) != self.language:
            self._unread = [tag]
        else:
            self._unread = [tag] if tag in UNREAD else []
            self.texts += _spoken(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self._unread and tag == self._unread[0]:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.texts.append(data)


def _spoken(tag: str, given: dict[str, str]) -> Iterator[str]:
    yield from (value for name, value in given.items() if name in SEEN or name.startswith(SAID))
    if tag == "input" and given.get("type") in BUTTONS:
        yield given.get("value", "")
    if tag == "meta" and given.get("name") == "description":
        yield given.get("content", "")


def of_page(html: str, language: str) -> list[str]:
    """Texts of a page in this language that hold a Latin word. Where one may break it is whole.

    >>> of_page('<p title="Open">[Öþéñ~] <b lang="sv">Svenska</b> <code>x</code> till</p>', "en-xa")
    ['Open', 'till']
    >>> of_page("<p>nora@<wbr>example.<wbr>org</p>", "en-xa")
    []
    """
    reader = _Reader(language)
    reader.feed(html.replace("<wbr>", ""))
    reader.close()
    return of_texts(reader.texts)


def of_figure(figure: Any) -> list[str]:
    """Texts that a Plotly figure draws, and that the page's script says of its points, with a Latin word."""
    said = [re.sub(r"<[^>]*>", " ", text) for text in _strings(figure, is_drawn=False)]
    for trace in figure.get("data", ()):
        for period, value, parts, _mark, why in trace.get("customdata", ()):
            said += [period, value, parts, why]
    return of_texts(said)


def _strings(value: Any, *, is_drawn: bool) -> Iterator[str]:
    if isinstance(value, str):
        yield from [value] if is_drawn else []
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from _strings(inside, is_drawn=key in DRAWN)
    elif isinstance(value, list):
        for inside in value:
            yield from _strings(inside, is_drawn=is_drawn)


def of_refusal(answered: Any) -> list[str]:
    """Sentences of an API's refusal that hold a Latin word."""
    values = answered.values() if isinstance(answered, dict) else answered
    return of_texts(
        sentence for value in values for sentence in ([value] if isinstance(value, str) else value)
    )


def of_texts(texts: Iterable[str]) -> list[str]:
    """Those that hold a Latin word, with one space for each gap.

    >>> of_texts(["[Šåṽéð~~]", "Saved  by Αννα", "http://localhost/c/", "Phase II", "II", "Europe/San Marino"])
    ['Saved by Αννα', 'Phase II']
    """
    said = [" ".join(text.split()) for text in texts]
    return [text for text in said if text not in NAMES and LATIN.search(SAME.sub(" ", text))]
