"""What the forms of every app share."""

import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from p2 import edits
from p2.errors import RuleViolation
from p2.words.identifiers import Seen, find_identifiers, mark_of, unkept
from p2.words.wording import fact_words

KEEP = "as_it_is"
"""The button that saves words which look like an identifier; its value is the mark of what was shown."""

HAVE = "have"
"""The field of the version that a form was made from, and what verbs take it as."""


CHOICE_GONE = _("What you chose is not there any more. Choose again.")


@contextmanager
def rules_beside(form: forms.BaseForm) -> Iterator[None]:
    """A rule that the verb inside finds broken is said in the form, and what was typed stays."""
    try:
        yield
    except RuleViolation as broken:
        form.add_error(None, str(broken))
        if isinstance(broken, edits.TwoEdits) and isinstance(form, FactsForm):
            form.show_both(broken)


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of a place's rows. One that stands no more among them when it is sent (it takes part already, it has
    left) is handed to the verb, which says why; one that is gone is said to be gone."""

    default_error_messages: ClassVar = {"invalid_choice": CHOICE_GONE}

    def offer(self, rows: models.QuerySet[Any], *, of: models.QuerySet[Any]) -> None:
        """Show these, and take any of those of the same place."""
        self.queryset = of
        self.choices = lambda: [
            ("", self.empty_label),
            *((row.pk, self.label_from_instance(row)) for row in rows),
        ]


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """The time zones of the world as choices, UTC first. Found once: Python opens some 600 files for them."""
    places = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone and "Etc" not in zone)
    return ("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)


class WarnedField(forms.BoundField):
    """A field with what was seen in its words."""

    @property
    def warnings(self) -> list[str]:
        form = self.form
        found = form.seen.get(self.name, ()) if isinstance(form, WatchedForm) else ()
        return [one.sentence for one in found]

    @property
    def aria_describedby(self) -> str | None:
        above = super().aria_describedby
        warning = f"{self.auto_id}_warning" if self.warnings and not self.is_hidden else ""
        return " ".join(filter(None, (above, warning))) or None

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        form = self.form
        lands_here = isinstance(form, WatchedForm) and form.landing == self.name
        return {**built, "autofocus": True} if lands_here else built


class WatchedForm(forms.Form):
    """A form whose free words are looked at before they are saved: what looks like a patient's identifier is shown, and
    the person changes it or saves it as it is. Every form with free words is one (tests/house/test_free_words.py)."""

    bound_field_class = WarnedField

    def is_valid(self) -> bool:
        return super().is_valid() and not self.seen

    @cached_property
    def seen(self) -> dict[str, tuple[Seen, ...]]:
        """What looks like an identifier, by field; nothing where the person keeps just that. What stood there before is
        not asked about again."""
        if not self.is_bound:
            return {}
        self.errors  # noqa: B018 - cleans, where nobody has yet
        found = self.seen_in(self.cleaned_data)
        return {} if found and self.data.get(KEEP) == _mark_of(found) else found

    def seen_in(self, cleaned: Mapping[str, Any]) -> dict[str, tuple[Seen, ...]]:
        """The same, whatever the person answered."""
        free = set(free_words(self)) & set(self.changed_data)
        found = {
            name: find_identifiers(str(cleaned[name]))
            for name in self.fields
            if name in free and name in cleaned
        }
        return {name: seen for name, seen in found.items() if seen}

    @property
    def landing(self) -> str:
        """The field that has the focus when the form comes back: the first with an error or a warning, for below the
        fold nobody would see it. None where a sentence stands above them all."""
        if not self.is_bound or NON_FIELD_ERRORS in self.errors:
            return ""
        return next((name for name in self.fields if name in self.errors or name in self.seen), "")

    @property
    def seen_mark(self) -> str:
        return _mark_of(self.seen)


@dataclass(frozen=True, slots=True)
class TwoWords:
    """What somebody saved in a field, and what was typed into it; None where it was left as it had been."""

    label: str
    theirs: str
    yours: str | None


class FactsForm(WatchedForm):
    """A form of facts that stand. It carries the version that it was made from, and gives it to its verb with them;
    where somebody saved others meanwhile, it shows both (docs/why/017-two-edits.md).

    What is typed is checked in a copy of the row: the page around the form goes on to show what stands.
    """

    two_edits: tuple[TwoWords, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        super().__init__(*args, **(kwargs | {"instance": copy(row)} if row is not None else kwargs))
        if self.made_from() is not None:
            self.fields[HAVE] = forms.CharField(required=False, widget=forms.HiddenInput, label="")

    def made_from(self) -> models.Model | None:
        """The row that holds the facts; None for a form of a new one."""
        instance = getattr(self, "instance", None)
        return instance if instance is not None and instance.pk else None

    @property
    def facts(self) -> list[str]:
        """The fields that the row holds."""
        meta = getattr(self, "_meta", None)
        return [name for name in (meta.fields if meta else ()) if name in self.fields]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        row = self.made_from() if field_name == HAVE else None
        return edits.version_of(row, self.facts) if row else super().get_initial_for_field(field, field_name)

    def show_both(self, found: edits.TwoEdits) -> None:
        """Put what stands beside what was typed, and into the fields that were left as they had been. Sent once more,
        the form is saved on top of what it now shows."""
        given = self.data.copy() if isinstance(self.data, MultiValueDict) else MultiValueDict(self.data)
        given[HAVE] = found.version
        for name, stands in found.kept.items():
            given.setlist(self.add_prefix(name), _as_sent(self.fields[name], stands))
        self.data = given
        both = {**found.changes, **{name: (stands, None) for name, stands in found.kept.items()}}
        self.two_edits = tuple(
            self._words_of(name, *both[name], is_kept=name in found.kept)
            for name in self.fields
            if name in both
        )

    def _words_of(self, name: str, theirs: Any, yours: Any, *, is_kept: bool) -> TwoWords:
        field = self.fields[name]
        return TwoWords(
            str(self[name].label), _held_words(field, theirs), None if is_kept else _held_words(field, yours)
        )


def _as_sent(field: forms.Field, value: Any) -> list[str]:
    """What a browser sends for a field that shows this value."""
    shown = field.widget.format_value(field.prepare_value(value))  # a box: None where it is not ticked
    if isinstance(field, forms.BooleanField):
        return ["on"] if value else []
    return [str(one) for one in (shown if isinstance(shown, list) else [shown]) if one is not None]


def _held_words(field: forms.Field, value: Any) -> str:
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    return fact_words(value, flatten_choices(choices))


def _mark_of(found: Mapping[str, Iterable[Seen]]) -> str:
    return mark_of(one for seen in found.values() for one in seen)


@dataclass(frozen=True, slots=True)
class Warned:
    """What looks like an identifier in words of a form that is written by hand, for `components/_warned.html`."""

    sentences: tuple[str, ...]
    mark: str


def warned(words: str, posted: Mapping[str, str]) -> Warned | None:
    """None where the words hold nothing of the kind, or the person saves them as they are."""
    seen = unkept([words], posted.get(KEEP, ""))
    return Warned(tuple(one.sentence for one in seen), mark_of(seen)) if seen else None


def free_words(form: forms.BaseForm) -> list[str]:
    """The fields of a form that take words of one's own."""
    return [name for name, field in form.fields.items() if is_free(field)]


def is_free(field: forms.Field) -> bool:
    """Whether it takes words: no address, password, part of an address of the site, or choice."""
    typed = (forms.EmailField, forms.SlugField, forms.URLField, forms.RegexField, forms.UUIDField)
    is_words = isinstance(field, forms.CharField) and not isinstance(field, typed)
    untyped = (forms.PasswordInput, forms.HiddenInput)
    return is_words and not isinstance(field.widget, untyped) and not field.disabled
