"""What a verb changed in the database, and whether its history tells of it: who, when, from, to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from measures.models import Correction, Definition, DefinitionWords, Observation
from organizations.models import User
from p2.audit import plain
from p2.columns.folding import FoldedField
from p2.models import AuditEntry
from tests.house.source import SITE

KEPT_BY_ITSELF = {
    "p2.AuditEntry": "the trail itself",
    "measures.Correction": "the history of numbers itself",
    "measures.ChangedOrganization": "what a process reads again",
    "measures.ChartSnapshot": "computed",
    "measures.StaleChart": "what is to be computed",
    "organizations.AttemptCount": "counts of tries, gone in a day",
    "organizations.PasswordRequest": "a question that a job answers and forgets",
    "organizations.Presence": "when somebody was last here",
    "p2.Letter": "the outbox: what was sent to whom",
    "p2.Pulse": "a worker's sign of life",
}
"""Rows that no person changes: they tell of others, or a machine writes them."""

Rows = dict[tuple[type[models.Model], int], models.Model]
Lists = dict[tuple[type[models.Model], int, str], list[Any]]


@dataclass(frozen=True)
class Stand:
    """All rows that people change, and the lists of their many-to-many fields."""

    rows: Rows
    lists: Lists
    told: int  # the newest entry of the trail
    corrected: int

    def held(self, row: models.Model, field: str) -> Any:
        place = (type(row), row.pk, field)
        return self.lists[place] if place in self.lists else getattr(row, field)

    def stored(self, row: models.Model, field: str) -> Any:
        """The same, of a row that it points at the key alone: no query."""
        place = (type(row), row.pk, field)
        return self.lists[place] if place in self.lists else row.serializable_value(field)


@dataclass(frozen=True)
class Change:
    """One field of one row: what it held and holds. A row that came or went is one with the field empty."""

    row: models.Model
    field: str
    old: Any
    new: Any

    @property
    def name(self) -> str:
        return f"{self.row._meta.label}.{self.field}"


def models_of_the_site() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if model._meta.app_label in SITE]
    return [model for model in found if model._meta.label not in KEPT_BY_ITSELF]


def stand() -> Stand:
    rows: Rows = {}
    lists: Lists = {}
    for model in models_of_the_site():
        for row in model._default_manager.all():
            rows[model, row.pk] = row
        for field in lists_of(model):
            for row in model._default_manager.prefetch_related(field.name):
                lists[model, row.pk, field.name] = sorted(
                    getattr(row, field.name).all(), key=lambda one: one.pk
                )
    newest = (
        model.objects.order_by("-pk").values_list("pk", flat=True).first()
        for model in (AuditEntry, Correction)
    )
    told, corrected = (pk or 0 for pk in newest)
    return Stand(rows, lists, told, corrected)


def lists_of(model: type[models.Model]) -> Iterator["models.ManyToManyField[Any, Any]"]:
    """Its many-to-many fields; not Django's own groups and permissions, which P2 does not use."""
    yield from (
        field
        for field in model._meta.local_many_to_many
        if not field.name.endswith(("groups", "_permissions"))
    )


def fields_of(model: type[models.Model]) -> Iterator[str]:
    """What a person can change of such a row: not its keys, nor what the database or a save writes by itself."""
    for field in (*model._meta.concrete_fields, *lists_of(model)):
        writes_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        if not (field.primary_key or field.name == "ref" or writes_itself or isinstance(field, FoldedField)):
            yield field.name


def changes(before: Stand, after: Stand) -> Iterator[Change]:
    """What is another one now, row by row."""
    for key in before.rows.keys() | after.rows.keys():
        old, new = before.rows.get(key), after.rows.get(key)
        if old is None or new is None:
            yield Change(new or old, "", old, new)  # type: ignore[arg-type]
            yield from _since_version_before(new)
            continue
        for name in fields_of(key[0]):
            if before.stored(old, name) != after.stored(new, name):
                yield Change(new, name, before.held(old, name), after.held(new, name))


def _since_version_before(new: models.Model | None) -> Iterator[Change]:
    """What a new version of a definition changes in the one before."""
    if isinstance(new, Definition) and new.number > 1:
        old = new.measure.definitions.get(number=new.number - 1)
        for name in fields_of(DefinitionWords):
            if getattr(old, name) != getattr(new, name):
                yield Change(new, name, getattr(old, name), getattr(new, name))


@dataclass(frozen=True)
class History:
    """What the trail and the corrections tell since a moment."""

    entries: list[AuditEntry]
    corrections: list[Correction]

    @classmethod
    def since(cls, before: Stand) -> "History":
        return cls(
            list(AuditEntry.objects.filter(pk__gt=before.told)),
            list(Correction.objects.filter(pk__gt=before.corrected)),
        )

    def tells(
        self, change: Change, by: User | None, since: datetime, until: datetime, *, is_secret: bool
    ) -> bool:
        """Whether a row says who changed it, when, from what, to what; of a secret the first two."""
        if isinstance(change.row, Observation) and change.field != "is_confirmed":
            return any(
                _is_of(one, change) and one.by == by and since <= one.at <= until for one in self.corrections
            )
        own = [
            one
            for one in self.entries
            if one.by == by and since <= one.at <= until and _names(one, change.row)
        ]
        if not change.field or is_secret:
            return bool(own)
        return any(_says(one, change) for one in own)


def _names(entry: AuditEntry, row: models.Model) -> bool:
    """Whether an entry is of this row; of a definition and of a number the measure's entry tells."""
    if isinstance(row, Definition | Observation):
        row = row.measure
    home = getattr(row, "home", None)
    is_there = home is None or entry.collaborative_slug == home.slug
    named = (row._meta.model_name, str(getattr(row, "ref", row.pk)))
    return is_there and (entry.subject_type, entry.subject_ref) == named


def _says(entry: AuditEntry, change: Change) -> bool:
    if change.field == "is_confirmed":
        return entry.verb == "confirmed" and str(change.row.period) in entry.changes  # type: ignore[attr-defined]
    if is_stamp(change.field):  # who and when are the entry's own
        return True
    return entry.changes.get(change.field) == [plain(change.old), plain(change.new)]


def is_stamp(field: str) -> bool:
    """Whether a field is who or when of what a verb did, as its entry is."""
    return field.endswith(("_by", "_at"))


NUMBERS = ("numerator", "denominator", "value", "no_data", "sd", "size", "note")


def _is_of(correction: Correction, change: Change) -> bool:
    row = change.row
    if (correction.measure_id, correction.period, correction.ordinal) != (
        row.measure_id,
        row.period,
        row.ordinal,
    ):  # type: ignore[attr-defined]
        return False
    if change.field in NUMBERS:
        told = (getattr(correction, f"old_{change.field}"), getattr(correction, f"new_{change.field}"))
        return told == (change.old, change.new)
    if change.field:  # its version, who recorded it and when
        return True
    is_new = change.old is None
    side, held = ("new", change.new) if is_new else ("old", change.old)
    return all(getattr(correction, f"{side}_{name}") == getattr(held, name) for name in NUMBERS)
