"""The pseudo-language: every sentence in brackets, a third longer, without a plain Latin letter.

Words that stay plain on a page drawn in it were never given to translation; words that do not fit there
will not fit in German either.
"""

import re
from collections.abc import Iterable

from babel.messages import Catalog, Message

from p2.words.days import CONTEXT as PATTERNS

ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
KEPT = re.compile(r"(%\([^)]*\)[#0 +-]*[\d.]*[a-zA-Z]|%[sdfr%]|\{[^{}]*\}|<[^>]*>|&\w+;|https?://\S+)")
"""What a sentence keeps as it is: placeholders, tags, entities and addresses."""


def pseudo(sentence: str) -> str:
    """The sentence in the pseudo-language.

    >>> pseudo("Save %(count)d numbers")
    '[Šåṽé %(count)d ñûɱƀéŕš~~~~~~~]'
    """
    if not sentence.strip():
        return sentence
    pieces = KEPT.split(sentence)
    said = "".join(piece if KEPT.fullmatch(piece) else piece.translate(ACCENTS) for piece in pieces)
    before, after = len(said) - len(said.lstrip()), len(said.rstrip())
    return f"{said[:before]}[{said[before:after]}{'~' * (len(sentence) // 3 or 1)}]{said[after:]}"


def pseudo_catalogue(made: Catalog, told: Iterable[Catalog]) -> Catalog:
    """Every sentence of these catalogues in the pseudo-language, added to `made`."""
    for catalogue in told:
        for message in catalogue:
            if message.id:
                made.add(message.id, _said(message), context=message.context)
    return made


def _said(message: Message) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return message.id if message.context == PATTERNS else pseudo(message.id)
    return tuple(pseudo(form) for form in message.id)
