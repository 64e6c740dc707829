"""A sheet as it is opened: whose it is, who logs, when; and its address."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from measures import rules
from measures.selectors.sheet_place import SheetPlace
from measures.services import rights
from organizations.http import SignedInRequest, organization_of
from organizations.models import Organization, User
from p2.errors import ensure


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet as it is opened: whose it is, who logs, when."""

    organization: Organization
    user: User
    at: datetime


def opened(request: SignedInRequest, slug: str, ref: str) -> Opened:
    """The organization of the address, where the person may log."""
    organization = organization_of(request, slug, ref)
    ensure(rules.may_record(request.user, organization))
    return Opened(organization, request.user, timezone.now())


def read_only(request: SignedInRequest, here: Opened) -> HttpResponse | None:
    """The list of measures, with the reason, in place of fields that nobody may send: the last month has closed."""
    words = rights.why_not_logged(here.organization, by=here.user)
    if not words:
        return None
    messages.info(request, words)
    return redirect("measures:measures", slug=here.organization.collaborative.slug, ref=here.organization.ref)


def address(organization: Organization, place: SheetPlace, page: str = "sheet", **more: str) -> str:
    """The sheet of a place, or another page about it."""
    path = reverse(f"measures:{page}", args=[organization.collaborative.slug, organization.ref])
    return f"{path}?{urlencode({'period': str(place.period), 'frequency': place.frequency, **more})}"
