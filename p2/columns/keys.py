"""Keys of choices: what a row holds that is none of them any more is read as another one, and breaks no page."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import models

logger = logging.getLogger(__name__)


if TYPE_CHECKING:
    Characters = models.CharField[str, str]
else:
    Characters = models.CharField


class KeyField(Characters):
    """A column whose key decides what is computed: read as its default where it is none of its choices; as the first
    of them where it has no default.

    What only names a row needs no such column: Django shows an unknown key as it is. `keys` are given where the column
    offers no choices of its own.
    """

    def __init__(self, *args: Any, keys: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = tuple(keys) or tuple(key for key, _words in self.flatchoices)
        self.known = frozenset({None, *self.keys})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To the database, and so to a migration, it is a column of characters."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def clone(self) -> "KeyField":
        kept = super().clone()
        kept.keys, kept.known = self.keys, self.known
        return kept

    def from_db_value(self, key: str | None, _expression: Any, _connection: Any) -> str | None:
        return key if key in self.known else self.instead_of(key)

    def instead_of(self, key: str | None) -> str:
        _warn_once(self.model._meta.label_lower, self.name, key)
        return str(self.default if self.has_default() else self.keys[0])


def known_key(model: type[models.Model], column: str, key: str) -> str:
    """The same of a key that SQL of ours has read past the model."""
    field = model._meta.get_field(column)
    assert isinstance(field, KeyField)  # noqa: S101 - the caller names one
    return key if key in field.known else field.instead_of(key)


@lru_cache(maxsize=1000)
def _warn_once(table: str, column: str, key: str | None) -> None:
    logger.warning("%s.%s holds %r, which is no choice: it is read as the default", table, column, key)
