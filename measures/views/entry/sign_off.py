"""A sheet signed off: the question before it, and the verbs."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures.forms.sheet import asked_period, posted_period, whole
from measures.models import Frequency
from measures.pages.entry.sign_off import complete_question, signed_words
from measures.selectors.sheet_place import SheetPlace, open_place, place_of
from measures.services.entry import sign_offs
from measures.services.entry.sign_offs import Seen
from measures.views.entry.opened import Opened, address, opened
from organizations.http import SignedInRequest
from p2.errors import RuleViolation


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """GET: which numbers are missing. POST: signed off, or the question again with what changed since."""
    here = opened(request, slug, ref)
    place = _place(request, here)
    if request.method != "POST":
        return _asked(request, here, place)
    without = request.POST.get("without", "").split()
    try:
        signed = sign_offs.sign(
            here.organization, place, seen=_seen(request), without=without, by=here.user, at=here.at
        )
    except RuleViolation as broken:
        return _asked(request, here, place, str(broken))
    messages.success(request, signed_words(signed, place))
    return redirect(address(here.organization, place))


@require_POST
def withdraw(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Taken back: the sheet is not signed off."""
    here = opened(request, slug, ref)
    signed = sign_offs.withdraw(
        here.organization, request.POST.get("sign_off", "").replace("\x00", ""), by=here.user, at=here.at
    )
    place = place_of(here.organization, signed.period, frequency=signed.frequency, at=here.at)
    messages.info(request, _("Taken back. It stays in the history."))
    return redirect(address(here.organization, place))


def _asked(request: SignedInRequest, here: Opened, place: SheetPlace, sentence: str = "") -> HttpResponse:
    context = {
        "organization": here.organization,
        "collaborative": here.organization.collaborative,
        "place": place,
        "page": complete_question(sign_offs.look(here.organization, place, by=here.user), place),
        "sentence": sentence,
        "sheet_url": address(here.organization, place),
    }
    return render(request, "measures/sign_off.html", context)


def _place(request: SignedInRequest, here: Opened) -> SheetPlace:
    given = request.POST if request.method == "POST" else request.GET
    asked = given.get("frequency", "")
    frequency = asked if asked in Frequency else str(Frequency.MONTH)
    if request.method == "POST":
        posted = posted_period(given.get("period", ""), frequency)
        return place_of(here.organization, posted, frequency=frequency, at=here.at)
    period = asked_period(given.get("period", ""), frequency)
    return open_place(here.organization, frequency=frequency, at=here.at, period=period)


def _seen(request: SignedInRequest) -> Seen:
    """The versions that the question showed; a form that was tampered with has seen nothing."""
    try:
        return {
            str(ref): whole(str(version)) for ref, version in json.loads(request.POST.get("seen", "")).items()
        }
    except (ValueError, AttributeError, RecursionError):
        return {}
