"""The audit trail: written by the verb, in the verb's own transaction."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol, runtime_checkable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone, translation

from p2.models import AuditEntry

Changes = Mapping[str, tuple[Any, Any]]
"""A field to what it held and what it holds."""


class Home(Protocol):
    """A collaborative, as far as the trail names it."""

    slug: str


@runtime_checkable
class InCollaborative(Protocol):
    """A row that belongs to a collaborative; a person's or the site's own rows do not."""

    @property
    def home(self) -> Home: ...


def in_its_language() -> translation.override:
    """The trail speaks one language, whoever acts: what a verb writes into it is said within this."""
    return translation.override(settings.LANGUAGE_CODE)


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Any,
    at: datetime | None = None,
    changes: Changes | None = None,
    slug: str = "",
) -> AuditEntry:
    """Write one entry, under the subject's collaborative. `changes` maps a field to (old, new), kept as text.

    `slug` names a collaborative that a row without one of its own concerns: a person is in several.
    """
    entry = _entry(verb, subject, by=by, at=at or timezone.now(), changes=changes or {})
    entry.collaborative_slug = entry.collaborative_slug or slug
    entry.save(force_insert=True)
    return entry


def record_each(
    verb: str, subjects: Iterable[models.Model], *, by: Any, at: datetime | None = None
) -> list[AuditEntry]:
    """Write one entry a subject, in one statement; none where there is no subject."""
    at = at or timezone.now()
    return AuditEntry.objects.bulk_create(_entry(verb, one, by=by, at=at, changes={}) for one in subjects)


def _entry(verb: str, subject: models.Model, *, by: Any, at: datetime, changes: Changes) -> AuditEntry:
    with in_its_language():
        label = str(subject)[:200]
    return AuditEntry(
        at=at,
        by=None if by is None or isinstance(by, AnonymousUser) else by,
        verb=verb,
        subject_type=subject._meta.model_name or "",
        subject_ref=str(getattr(subject, "ref", subject.pk)),
        subject_label=label,
        collaborative_slug=subject.home.slug if isinstance(subject, InCollaborative) else "",
        changes={field: [plain(old), plain(new)] for field, (old, new) in changes.items()},
    )


def last_of(subject: models.Model, fields: Collection[str]) -> AuditEntry | None:
    """The newest entry that changed one of these fields of a row."""
    told = AuditEntry.objects.filter(
        subject_type=subject._meta.model_name,
        subject_ref=str(getattr(subject, "ref", subject.pk)),
        changes__has_any_keys=list(fields),
    )
    return told.select_related("by").first()


def differences(subject: models.Model, new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields of `subject` that `new` changes, as (old, new)."""
    stands = {field: held(subject, field) for field in new}
    return {field: (stands[field], value) for field, value in new.items() if stands[field] != value}


def held(subject: models.Model, field: str) -> Any:
    """What a field of a row holds; of a many-to-many field its rows, by their key."""
    value = getattr(subject, field)
    return list(value.order_by("pk")) if isinstance(value, models.Manager) else value


def plain(value: Any) -> Any:
    """As the trail keeps it: a number without trailing zeros, several rows as their names."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if value is None or isinstance(value, bool | int) else str(value)
