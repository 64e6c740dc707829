"""Names as people search for them: without accents or case, in a column of their own."""

import unicodedata
from typing import Any

from django.db import models

SPELLED_OUT = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ð": "d", "þ": "th"})


def fold(text: str) -> str:
    """The text in lower case without accents.

    >>> fold("Jönköping  Ærø")
    'jonkoping aero'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).translate(SPELLED_OUT).split())


class FoldedField(models.TextField):  # type: ignore[type-arg]
    """Holds the folded words of other fields, written anew at each save."""

    def __init__(self, *args: Any, of: tuple[str, ...] = ("name",), **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        words = fold(" ".join(str(getattr(model_instance, field)) for field in self.of))
        setattr(model_instance, self.attname, words)
        return words
