"""A number in a form: written as the page's language writes it, and read as the sheet reads one."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.exchange.numbers import read_number
from measures.models import plain
from p2.words.languages import installed
from p2.words.wording import in_language

LONGEST_SHOWN = 40


class TypedNumber(str):
    """What was typed, with the language of the page on which it was."""

    __slots__ = ("language",)
    language: str

    @classmethod
    def on_page(cls, text: str, language: str) -> Self:
        typed = cls(text)
        typed.language = installed(language) or get_language() or ""
        return typed


class NumberInput(forms.TextInput):
    """A field of text with the keys of numbers; the page's language goes with it, as with a row of the sheet."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        language = get_language() or ""
        return format_html('{}<input type="hidden" name="{}-language" value="{}">', field, name, language)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        text = data.get(name)
        return None if text is None else TypedNumber.on_page(str(text), str(data.get(f"{name}-language", "")))


class NumberField(forms.DecimalField):
    """In Swedish 2,5 is two and a half, and is shown so again."""

    widget = NumberInput

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return value
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        try:
            return read_number(text, typed_in=getattr(value, "language", "") or get_language() or "")
        except ValueError:
            raise forms.ValidationError(
                _("“%(typed)s” is not a number. Type digits, like %(example)s."),
                params={"typed": text[:LONGEST_SHOWN], "example": in_language("2.5")},
            ) from None
