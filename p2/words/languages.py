"""The languages in which the site speaks, and which of them a browser asks for."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.conf import settings
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation.trans_real import parse_accept_lang_header

Said = TypeVar("Said")


def in_each(say: Callable[[], Said], *, beside: Iterable[str] = ()) -> tuple[Said, ...]:
    """What is said, in every installed language and in those `beside`: people type and paste words of them all."""
    found = []
    for code in dict.fromkeys((*dict(settings.LANGUAGES), *beside)):
        with override(code):
            found.append(say())
    return tuple(found)


def installed(code: str) -> str:
    """The installed language that `code` means ("sv" for "sv-fi"); empty for one that is not installed.

    >>> installed("sv-fi"), installed("tlh"), installed("")
    ('sv', '', '')
    """
    try:
        return get_supported_language_variant(code) if code else ""
    except LookupError:
        return ""


def accepted(header: str) -> str:
    """The first installed language of an Accept-Language header; empty where there is none. One with q=0 is refused.

    >>> accepted("tlh, sv-SE;q=0.8, en;q=0.5"), accepted("*"), accepted("*, sv;q=0")
    ('sv', '', '')
    """
    for code, weight in parse_accept_lang_header(header):
        if weight and code != "*" and (language := installed(code)):
            return language
    return ""


def first_installed(*codes: str) -> str:
    """The first of these languages that is installed, else the site's own."""
    return next((known for code in codes if (known := installed(code))), settings.LANGUAGE_CODE)


def of_browser(header: str) -> str:
    """The language of whoever is not known yet, by their Accept-Language header; else the site's own."""
    return first_installed(accepted(header))
