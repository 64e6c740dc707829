"""A list of the admin is narrowed by its own filters alone: any other look-up would be an oracle."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.test import Client, RequestFactory
from django.urls import reverse

from organizations.models import User
from tests.actors import Cast

LISTS = sorted(f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)
GUESSES = (
    "collaborative__appointments__user__letters__text__contains=a",
    "collaborative__roles__user__letters__text__contains=a",
    "collaborative__roles__user__password__startswith=md5",
    "collaborative__name__regex=(",
    "collaborative__name__contains=P",
    "collaborative__id__exact__in=1",
    "organization__collaborative__roles__user__password__startswith=md5",
    "area__regex=(",
    "state__contains=s",
    "is_active__regex=t",
    "by__password__startswith=md5",
    "user__email__startswith=a",
    "p__text__contains=a",
    "e__x=1",
    "id__in=1,2",
    "text__contains=key",
    "token_hash__startswith=a",
    "password__startswith=pbkdf2",
    "pk=1",
    "no_such_field=1",
)


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.site_admin)
    return client


def answer_of(window: "ModelAdmin[Any]", person: User, guess: str) -> str:
    request = RequestFactory().get(f"/admin/?{guess}")
    request.user = person
    try:
        window.get_changelist_instance(request)
    except (DisallowedModelAdminLookup, IncorrectLookupParameters) as refusal:
        return type(refusal).__name__
    return "listed"


def test_no_list_is_narrowed_by_a_look_up_that_none_of_its_filters_makes(cast: Cast) -> None:
    windows = admin.site._registry.items()
    answers = {
        (model.__name__, guess): answer_of(window, cast.site_admin, guess)
        for model, window in windows
        for guess in GUESSES
    }
    refused = {"DisallowedModelAdminLookup", "IncorrectLookupParameters"}
    assert {asked: answer for asked, answer in answers.items() if answer not in refused} == {}


@pytest.mark.parametrize(
    "guess",
    ["collaborative__roles__user__letters__text__contains=a", "collaborative__name__regex=(", "e__x=1"],
)
def test_such_a_look_up_is_a_bad_request(cast: Cast, guess: str) -> None:
    assert signed_in(cast).get(f"/admin/organizations/organization/?{guess}").status_code == 400


def test_every_link_of_every_filter_still_narrows_its_list(cast: Cast) -> None:
    client = signed_in(cast)
    request = RequestFactory().get("/admin/")
    request.user = cast.site_admin
    answers = {}
    for name in LISTS:
        address = reverse(f"admin:{name}_changelist")
        shown: ChangeList = client.get(address).context["cl"]
        for chosen in shown.filter_specs:
            for choice in chosen.choices(shown):
                link = address + choice["query_string"]
                answers[link] = client.get(link).status_code
    assert len(answers) > 10
    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize("value", ["nonsense", "", "9" * 30, "-1", "1,2", "%F0%9F%98%80"])
def test_a_nonsense_value_of_a_real_filter_is_no_fault_of_the_site(cast: Cast, value: str) -> None:
    client = signed_in(cast)
    for name, parameter in (
        ("organizations_organization", "collaborative__id__exact"),
        ("organizations_user", "is_active__exact"),
        ("measures_measure", "organization__collaborative__id__exact"),
        ("p2_letter", "state__exact"),
        ("p2_auditentry", "collaborative_slug"),
    ):
        address = reverse(f"admin:{name}_changelist")
        assert client.get(f"{address}?{parameter}={value}").status_code in {200, 302}, (name, value)
