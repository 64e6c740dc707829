"""The audit trail in the reader's words: its rows hold keys, what is shown is a table of sentences."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import pgettext, pgettext_lazy

from p2.models import AuditEntry
from p2.words.listing import told
from p2.words.wording import fact_words

VERBS = {
    "accepted": pgettext_lazy("what was done", "accepted"),
    "added": pgettext_lazy("what was done", "added"),
    "admitted": pgettext_lazy("what was done", "admitted"),
    "changed the password": pgettext_lazy("what was done", "changed the password"),
    "closed": pgettext_lazy("what was done", "closed"),
    "completed": pgettext_lazy("what was done", "completed"),
    "confirmed": pgettext_lazy("what was done", "confirmed"),
    "created": pgettext_lazy("what was done", "made"),
    "defined": pgettext_lazy("what was done", "defined anew"),
    "edited": pgettext_lazy("what was done", "edited"),
    "edited in admin": pgettext_lazy("what was done", "edited by a site admin"),
    "ended": pgettext_lazy("what was done", "ended"),
    "enrolled": pgettext_lazy("what was done", "enrolled"),
    "invited": pgettext_lazy("what was done", "invited"),
    "lifted": pgettext_lazy("what was done", "lifted by a change of its numbers"),
    "linked": pgettext_lazy("what was done", "linked"),
    "marked annotation": pgettext_lazy("what was done", "annotated"),
    "marked exclusion": pgettext_lazy("what was done", "left a number out"),
    "marked freeze": pgettext_lazy("what was done", "froze the median"),
    "marked rebase": pgettext_lazy("what was done", "set a new median"),
    "removed": pgettext_lazy("what was done", "removed"),
    "renamed": pgettext_lazy("what was done", "renamed"),
    "renewed": pgettext_lazy("what was done", "renewed"),
    "reopened": pgettext_lazy("what was done", "opened again"),
    "resent": pgettext_lazy("what was done", "sent again"),
    "reset the password": pgettext_lazy("what was done", "set a new password by letter"),
    "resumed": pgettext_lazy("what was done", "logged again"),
    "retired": pgettext_lazy("what was done", "retired"),
    "running": pgettext_lazy("what was done", "started again"),
    "shared": pgettext_lazy("what was done", "shared"),
    "signed in": pgettext_lazy("what was done", "signed in"),
    "signed off": pgettext_lazy("what was done", "signed off as complete"),
    "signed out": pgettext_lazy("what was done", "signed out"),
    "slowed": pgettext_lazy("what was done", "sign-in slowed down after wrong passwords"),
    "started": pgettext_lazy("what was done", "started"),
    "stopped": pgettext_lazy("what was done", "stopped"),
    "unlinked": pgettext_lazy("what was done", "unlinked"),
    "unshared": pgettext_lazy("what was done", "no longer shared"),
    "withdrew": pgettext_lazy("what was done", "withdrawn"),
}
"""What each verb that a row holds is called."""


def verb_words(verb: str) -> str:
    return str(VERBS.get(verb, verb))


def kind_words(kind: str) -> str:
    """What a kind of row is called: "measure"; a kind that is gone keeps its key."""
    model = _model(kind)
    return capfirst(str(model._meta.verbose_name)) if model else kind


def changes_of(entry: AuditEntry) -> Iterator[str]:
    """Each changed field with what it held and what it holds: "Name: Falls → Falls with harm"."""
    model = _model(entry.subject_type)
    for name in entry.changes if isinstance(entry.changes, dict) else ():
        field = _field(model, name)
        old, new = change_of(entry, name)
        words = pgettext("a change", "%(old)s → %(new)s") % {"old": old, "new": new}
        yield told(capfirst(str(field.verbose_name)) if field else name, words)


def change_of(entry: AuditEntry, name: str) -> tuple[str, str]:
    """What a field held and what it holds, in words. A row that keeps something else than a pair shows that."""
    kept = entry.changes.get(name) if isinstance(entry.changes, dict) else entry.changes
    old, new = kept if isinstance(kept, list) and len(kept) == len(("old", "new")) else (None, kept)
    field = _field(_model(entry.subject_type), name)
    choices = field.flatchoices if field and field.choices else ()
    return fact_words(old, choices), fact_words(new, choices)


def _model(kind: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models() if model._meta.model_name == kind), None)


def _field(model: type[models.Model] | None, name: str) -> "models.Field[Any, Any] | None":
    """The field of this name in the row's model, or in another of its app: a measure's trail has its definition."""
    if model is None:
        return None
    known = (model, *apps.get_app_config(model._meta.app_label).get_models())
    fields = (field for one in known for field in (*one._meta.local_fields, *one._meta.local_many_to_many))
    return next((field for field in fields if field.name == name), None)
