"""Every free text that a person can save is looked at for patients' identifiers first.

A form with one is a `WatchedForm`; a field that a template writes by hand is named here with the test of its warning.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.contrib import admin
from django.db import models
from rest_framework import mixins
from rest_framework.views import APIView

from p2.web.forms import WatchedForm, is_free
from tests.house.source import APPS, ROOT, SITE, named

DOORS = {"Door"}
"""allauth's own forms with our labels: they take an address and passwords, and save no words."""

BY_HAND = {
    "templates/components/_bars.html: q": "not saved",
    "templates/measures/_sheet_field.html: numerator, denominator or value": "numbers alone are saved",
    "templates/measures/_sheet_message.html: why": "test_a_reason_for_a_closed_month_is_asked_about",
    "templates/measures/_sheet_state.html: note": "test_a_note_on_the_sheet_is_asked_about_in_its_row",
    "templates/measures/paste.html: file": "numbers alone are saved",
    "templates/measures/paste.html: text": "numbers alone are saved",
    "templates/measures/paste_preview.html: text": "numbers alone are saved",
    "templates/measures/paste_preview.html: why": "test_a_reason_for_a_closed_month_is_asked_about",
    "templates/measures/undo.html: why": "test_a_reason_for_an_undo_is_asked_about",
    "templates/p2/search.html: q": "not saved",
}
OTHER_INPUT = {"hidden", "checkbox", "radio", "submit", "password", "email", "number", "date", "range"}


def forms_of_the_site() -> Iterator[type[forms.BaseForm]]:
    for app in SITE:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if re.search(r"\.(forms|admin)(\.|$)", module.name):
                importlib.import_module(module.name)
    yield from (form for form in _below(forms.BaseForm) if form.__module__.partition(".")[0] in SITE)


def _below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def unwatched(found: Iterator[type[forms.BaseForm]]) -> list[str]:
    """The forms that take words and do not look at them."""
    return sorted(
        form.__name__
        for form in found
        if any(map(is_free, getattr(form, "base_fields", {}).values())) and not issubclass(form, WatchedForm)
    )


def test_every_form_with_free_words_is_watched() -> None:
    assert set(unwatched(forms_of_the_site())) - DOORS == set()


def test_a_form_that_is_not_watched_is_noticed() -> None:
    class Diary(forms.Form):
        day = forms.DateField()
        words = forms.CharField(widget=forms.Textarea)

    class Door(forms.Form):
        email = forms.EmailField()
        password = forms.CharField(widget=forms.PasswordInput)

    class Written(WatchedForm):
        words = forms.CharField()

    assert unwatched(iter([Diary, Door, Written])) == ["Diary"]


def typed_by_hand() -> set[str]:
    """The text fields that templates write themselves, each with its name behind the row's."""
    found = set()
    for path in sorted((ROOT / "templates").rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        for tag in re.findall(r"<(?:textarea|input)\b[^>]*>", re.sub(r"\{%.*?%\}", "", source)):
            kind = re.search(r'\btype="(\w+)"', tag)
            name = re.search(r'\bname="([^"]*)"', tag)
            if name and not (kind and kind[1] in OTHER_INPUT):
                found.add(f"{named(path)}: {_name(name[1])}")
    return found


def _name(name: str) -> str:
    return re.sub(r"^\{\{ row\.ref \}\}-", "", name).replace("{{ field }}", "numerator, denominator or value")


def test_every_text_field_of_a_template_is_known_with_its_warning() -> None:
    assert typed_by_hand() == set(BY_HAND)
    tests = (ROOT / "tests/p2/test_watched_forms.py").read_text(encoding="utf-8")
    shown = {test for test in BY_HAND.values() if test.startswith("test_")}
    assert {test for test in shown if f"def {test}(" not in tests} == set()


def test_the_admin_looks_at_the_words_that_it_changes() -> None:
    unwatched_rows = {
        model.__name__
        for model, window in admin.site._registry.items()
        if model.__module__.partition(".")[0] in SITE
        and type(window).has_change_permission.__qualname__.startswith("NothingDeleted")
        and any(isinstance(field, models.CharField | models.TextField) for field in model._meta.fields)
        and not issubclass(window.form, WatchedForm)
    }
    assert unwatched_rows == set()


@pytest.mark.parametrize("app", APPS[:3])
def test_the_api_writes_no_words(app: str) -> None:
    """Once it does, its answer carries the warning: see p2/web/forms.py."""
    module = importlib.import_module(f"{app}.api")
    views = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, APIView)]
    writing = (mixins.CreateModelMixin, mixins.UpdateModelMixin)
    assert [one.__name__ for one in views if issubclass(one, writing)] == []
