"""The one way in which a verb changes the facts of a row."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from p2 import audit
from p2.errors import RuleViolation
from p2.models import AuditEntry
from p2.words.days import Pattern, written

Row = TypeVar("Row", bound=models.Model)


class TwoEdits(RuleViolation):
    """Somebody saved other facts since the form was opened: nothing is written, and the form shows both.

    `changes` are the facts that its writer changed and in which the two differ, as (theirs, yours); `kept` are those
    that only the others changed, as they stand; `version` is that of what stands.
    """

    def __init__(
        self,
        changes: audit.Changes,
        kept: Mapping[str, Any],
        *,
        version: str,
        theirs: AuditEntry | None,
        by: models.Model,
    ) -> None:
        super().__init__(_who_saved(theirs, by))
        self.changes, self.kept, self.version = changes, kept, version


def version_of(subject: models.Model, names: Collection[str]) -> str:
    """What a form of these facts carries, so that its verb can tell whether they are still those that it showed."""
    return " ".join(f"{name}:{_digest(audit.held(subject, name))}" for name in names)


def changes_of(
    subject: models.Model,
    facts: Mapping[str, Any],
    have: str | None,
    *,
    by: Any,
    told_of: models.Model | None = None,
) -> audit.Changes:
    """What facts change in this locked row, if they come from a form that showed what stands in it.

    `have` is the version that the form carried; None: the writer saw no form, and the last one wins. `told_of` is the
    row under which the trail tells of them, where that is another one.

    Raises
    ------
    TwoEdits
    """
    changes = audit.differences(subject, facts)
    if have is None:
        return changes
    seen = {name: digest for name, _colon, digest in (part.partition(":") for part in have.split())}
    theirs = {name for name, (stands, _new) in changes.items() if seen.get(name) != _digest(stands)}
    if theirs:
        kept = {name: changes[name][0] for name in theirs if seen.get(name) == _digest(changes[name][1])}
        yours = {name: both for name, both in changes.items() if name not in kept}
        entry = audit.last_of(told_of or subject, theirs)
        raise TwoEdits(yours, kept, version=version_of(subject, facts), theirs=entry, by=by)
    return changes


def apply(
    subject: models.Model,
    facts: Mapping[str, Any],
    *,
    verb: str = "edited",
    by: Any,
    at: datetime | None = None,
    have: str | None = None,
    slugs: Collection[str] = ("",),
) -> bool:
    """Set what is new on a locked row, save it, and audit old and new. False: nothing was new.

    `facts` may hold rows of a many-to-many field, sorted by their key. See `changes_of` for `have`. `slugs` name the
    collaboratives in whose trails it is told, for a row that belongs to none: a person is in several.
    """
    changes = changes_of(subject, facts, have, by=by)
    if not changes:
        return False
    for field, (_old, new) in changes.items():
        if subject._meta.get_field(field).many_to_many:
            getattr(subject, field).set(new)
        else:
            setattr(subject, field, new)
    subject.save()
    for slug in slugs:
        audit.record(verb, subject, by=by, at=at, changes=changes, slug=slug)
    return True


def remove(subject: models.Model, *, verb: str = "removed", by: Any, at: datetime | None = None) -> None:
    """Delete a locked row; the trail keeps what it held."""
    kept = [field.name for field in subject._meta.concrete_fields if field.editable and not field.primary_key]
    held = {name: (value, None) for name in kept if (value := audit.held(subject, name)) not in (None, "")}
    audit.record(verb, subject, by=by, at=at, changes=held)
    subject.delete()


def still_there(rows: models.QuerySet[Row], ref: str, *, slug: str, gone: str) -> Row:
    """The row of a place with this ref, for its page. Of one that was removed meanwhile, as the trail knows, `gone` is
    said; what never was there is 404."""
    found = rows.filter(ref=ref).first()
    if found:
        return found
    told = {"subject_type": rows.model._meta.model_name, "subject_ref": ref, "collaborative_slug": slug}
    if AuditEntry.objects.filter(verb__in=("removed", "unlinked"), **told).exists():
        raise RuleViolation(gone)
    raise Http404


def _digest(value: Any) -> str:
    return hashlib.sha256(repr(audit.plain(value)).encode()).hexdigest()[:12]


def _who_saved(theirs: AuditEntry | None, by: models.Model) -> str:
    if theirs and theirs.by_id == by.pk:
        return _("You saved this in another window after you opened it here. This is not saved yet.")
    if theirs is None or theirs.by is None:
        return _("Somebody saved this after you opened it. Yours is not saved yet.")
    said = {"person": theirs.by, "time": written(timezone.localtime(theirs.at), Pattern.MOMENT)}
    return _("%(person)s saved this after you opened it (%(time)s). Yours is not saved yet.") % said
