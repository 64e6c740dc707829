"""What a person is shown of a form before it is sent again: what was typed, under words, not under a field's name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from p2.columns.refs import ALPHABET, LENGTH

LONG = 400
"""Characters after which a text scrolls in its place."""

REF = re.compile(f"(?=.*[0-9])[{ALPHABET}]{{{LENGTH}}}")
UNTYPED = {"have", "had", "seen", "saved_at", "core", "from", "open", "shown", "without", "sign_off",
           "next"}  # fmt: skip
"""Fields that a form fills in itself: which version it showed, which rows it is of."""
KEYED = {"units"}
"""Choices among rows without a ref."""
UNTYPED_IN_ROWS = {*UNTYPED, "language"}
"""On a row of a sheet the language is the page's; on one's own page it is a choice."""
CALLED = {
    "email": gettext_lazy("E-mail"),
    "ordinal": pgettext_lazy("of a phase", "Number"),
    "starts on": gettext_lazy("First day"),
    "ends on": gettext_lazy("Last day"),
    "aim on": gettext_lazy("Aim date"),
    "units": gettext_lazy("Where it is done"),
    "is leader": gettext_lazy("Leads the project"),
    "as it is": gettext_lazy("Save as it is"),
    "numerator words": gettext_lazy("Numerator"),
    "denominator words": gettext_lazy("Denominator"),
}
"""Fields whose form calls them by other words."""


@dataclass(frozen=True, slots=True)
class TypedField:
    """One field as it is shown."""

    label: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG or self.value.count("\n") > LONG // 40


def says_something(name: str, value: str) -> bool:
    """Whether a reader is shown this field: it was typed or chosen, and not filled in by the form itself."""
    return bool(value.strip()) and not _is_untyped(name)


def shown(fields: Iterable[tuple[str, str]]) -> list[TypedField]:
    """What was typed and chosen; what a form fills in itself is sent too, but says nothing to a reader."""
    rows, given = [], dict[str, list[str]]()
    for name, value in fields:
        if says_something(name, value):
            given.setdefault(name, []).append(value.strip())
    for name, values in given.items():
        words = [value for value in values if not _is_key(name, value)]
        rows += [TypedField(_label(name), value) for value in words]
        if number := len(values) - len(words):
            chosen = ngettext("%(number)s chosen", "%(number)s chosen", number) % {"number": number}
            rows.append(TypedField(_label(name), chosen))
    return rows


def _is_key(name: str, value: str) -> bool:
    """Whether a value only names a row of the database, which a reader knows by other words."""
    return bool(REF.fullmatch(value)) or (name in KEYED and value.isdigit())


def _is_untyped(name: str) -> bool:
    *before, last = name.split("-")
    return last in (UNTYPED_IN_ROWS if before else UNTYPED)


def _label(name: str) -> str:
    """A field's name as words, in the reader's language where the site has these words."""
    words = [
        word for word in re.split(r"[\W_]+", name) if word and not word.isdigit() and not REF.fullmatch(word)
    ]
    plain = " ".join(words)
    if not plain:
        return _("Field")
    return str(CALLED.get(plain) or capfirst(_translated(plain)))


def _translated(words: str) -> str:
    """A form calls its fields by words with a capital, a model without."""
    said = _(words.capitalize())
    return _(words) if said == words.capitalize() else said
