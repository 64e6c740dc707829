"""What the views know about a request."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from organizations.http import collaborative_of
from organizations.models import Collaborative, User, standing_of
from organizations.selectors import frame
from tests.actors import Cast


def request_of(person: User):  # type: ignore[no-untyped-def]
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=person.pk)
    return request


@pytest.mark.parametrize("role", ["lead", "applicant_lead", "faculty", "funder", "office", "site_admin"])
def test_the_collaborative_of_the_address_is_found_by_who_may_open_it(cast: Cast, role: str) -> None:
    assert collaborative_of(request_of(getattr(cast, role)), "perfection") == cast.collaborative


@pytest.mark.parametrize(
    ("role", "slug"), [("stranger", "perfection"), ("lead", "elsewhere"), ("office", "nowhere")]
)
def test_for_everybody_else_it_is_not_there(cast: Cast, role: str, slug: str) -> None:
    assert Collaborative.objects.filter(slug="elsewhere").exists()
    with pytest.raises(Http404):
        collaborative_of(request_of(getattr(cast, role)), slug)


@pytest.mark.parametrize("role", ["lead", "faculty", "site_admin"])
def test_the_frame_does_not_ask_for_it_again(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, role: str
) -> None:
    request = request_of(getattr(cast, role))
    standing_of(request.user)
    with django_assert_num_queries(1):
        collaborative_of(request, "perfection")
        assert frame.place_of(request.user, "perfection")
