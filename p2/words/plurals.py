"""Sentences that a script counts: every form that the language has, each with counts that take it.

A browser knows which counts a language says alike (`Intl.PluralRules`), the catalogue knows how each is said.
"""

import json
from dataclasses import dataclass

from django.utils.translation import ngettext

COUNTS = (0, 1, 2, 3, 5, 6, 7, 11, 20, 100)
"""Of each category that a language has for whole numbers, one at least."""


@dataclass(frozen=True, slots=True)
class Forms:
    """A sentence with places in braces, `Forms("{count} line", "{count} lines")`: catalogued as a plural."""

    one: str
    many: str

    def of(self, count: int) -> str:
        """The form that this count takes in the reader's language."""
        return ngettext(self.one, self.many, count)

    def as_json(self) -> str:
        """For a script: each form once, with the counts that take it.

        >>> Forms("{count} line", "{count} lines").as_json()
        '[["{count} lines", [0, 2, 3, 5, 6, 7, 11, 20, 100]], ["{count} line", [1]]]'
        """
        forms: dict[str, list[int]] = {}
        for count in COUNTS:
            forms.setdefault(self.of(count), []).append(count)
        return json.dumps(list(forms.items()), ensure_ascii=False)
