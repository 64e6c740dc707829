"""Stored texts in Greek letters, so that a Latin word on a page is one that the code says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import F, Func, Value

from p2.models import AuditEntry

APPS = ("p2", "organizations", "measures", "projects", "meetings")
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
GREEK = "αβψδεφγηιξκλμνοπϟρστθωϛχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϞΡΣΤΘΩϚΧΥΖ"

KEYS = {
    "ref", "slug", "key", "token_hash", "password",  # what addresses, letters and sign-ins are named by
    "time_zone", "language", "rules", "verb", "subject_type", "subject_ref", "collaborative_slug",  # compared
    "role",  # of a place, which has its choices in the two kinds of roles
    "failure",  # a key of ours, or a mail server's own line
}  # fmt: skip
"""Columns of text that no person typed."""


def greek(text: str) -> str:
    """The text as `write_in_greek` would store it.

    >>> greek("Wait, 3 days")
    'Ϛαιτ, 3 δαυσ'
    """
    return text.translate(str.maketrans(LATIN, GREEK))


def write_in_greek() -> None:
    """Turn every text that a person typed, in every row of every app, into Greek letters."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in _models():
            names = list(_texts(model))
            if not names:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # the append-only ones too
            turned = {name: Func(F(name), Value(LATIN), Value(GREEK), function="TRANSLATE") for name in names}
            model._default_manager.update(**turned)
            if model is AuditEntry:
                _turn_what_changed()
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _turn_what_changed() -> None:
    """The trail keeps what was typed in a table of its own."""
    for entry in AuditEntry.objects.exclude(changes={}):
        turned = {
            field: [greek(value) if isinstance(value, str) else value for value in values]
            for field, values in entry.changes.items()
        }
        AuditEntry.objects.filter(pk=entry.pk).update(changes=turned)


def _models() -> Iterator[type[models.Model]]:
    for app in APPS:
        yield from (model for model in apps.get_app_config(app).get_models() if model._meta.managed)


def _texts(model: type[models.Model]) -> Iterator[str]:
    """The columns of a row that hold what a person typed."""
    for field in model._meta.local_fields:
        if _is_typed(field):
            yield field.name


def _is_typed(field: models.Field[Any, Any]) -> bool:
    if not isinstance(field, models.CharField | models.TextField):
        return False
    is_address = isinstance(field, models.EmailField | models.SlugField | models.URLField)
    return not (is_address or field.choices or field.name in KEYS)
