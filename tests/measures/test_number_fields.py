"""Numbers in forms: read and shown as the page's language writes them."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from measures.forms.numbers import NumberField
from tests.actors import Cast
from tests.measures.series import make_measure


class Asked(forms.Form):
    goal = NumberField(max_digits=18, decimal_places=6, required=False)


def typed(text: str, page: str = "") -> Asked:
    asked = QueryDict(mutable=True)
    asked.update({"goal": text, **({"goal-language": page} if page else {})})
    return Asked(asked)


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES] + ["de", "fr", "hi"])
@pytest.mark.parametrize("decimals", range(7))
def test_a_field_reads_back_what_it_shows(language: str, decimals: int) -> None:
    for digits in ("0", "7", "12345", "1234567", "100"):
        number = Decimal(digits).scaleb(-decimals) + Decimal("12000")
        with translation.override(language):
            shown = str(Asked(initial={"goal": number})["goal"].value())
            asked = typed(shown)
            assert asked.is_valid(), (shown, asked.errors)
            assert asked.cleaned_data["goal"] == number, shown


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("sv", "2,5", "2.5"),
        ("sv", "2.5", "2.5"),
        ("sv", "1,234", "1.234"),
        ("en", "1,234", "1234"),
        ("en", "2,5", "2.5"),
        ("sv", "1 234,5", "1234.5"),
        ("sv", "−3", "-3"),
    ],
)
def test_a_number_is_read_as_the_page_writes_it(language: str, text: str, number: str) -> None:
    with translation.override(language):
        asked = typed(text)
        assert asked.is_valid()
    assert asked.cleaned_data["goal"] == Decimal(number)


def test_a_page_opened_in_another_language_is_read_in_its_own() -> None:
    with translation.override("en"):
        asked = typed("12,375", page="sv")
        assert asked.is_valid()
    assert asked.cleaned_data["goal"] == Decimal("12.375")


@pytest.mark.parametrize("text", ["some", "1.2.3", "12 5"])
def test_what_is_no_number_is_refused_with_an_example(text: str) -> None:
    for language, example in (("en", "2.5"), ("sv", "2,5")):
        with translation.override(language):
            (said,) = typed(text).errors["goal"]
        assert said.startswith(("“", "”"))
        assert example in said


def test_a_goal_in_swedish_is_kept_and_shown_again(cast: Cast, client: Client) -> None:
    measure = make_measure(cast.own, "Wait", decimals=1)
    address = reverse("measures:define", args=[cast.collaborative.slug, measure.ref])
    client.force_login(cast.lead)
    swedish: dict[str, Any] = {"headers": {"Accept-Language": "sv"}}
    form = client.get(address, **swedish).context["form"]
    given = {name: "" if (value := form[name].value()) is None else value for name in form.fields}

    answer = client.post(
        address,
        {
            **given,
            "goal": "2,5",
            "goal-language": "sv",
            "why": "Nytt",
            "effective_from": f"{measure.words.effective_from}",
        },
        **swedish,
    )

    assert answer.status_code == 302
    assert measure.definitions.latest("number").goal == Decimal("2.5")
    page = client.get(address, **swedish).text
    assert 'value="2,5"' in page
    assert 'inputmode="decimal"' in page
    assert '<input type="hidden" name="goal-language" value="sv">' in page
