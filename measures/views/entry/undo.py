"""Undo what one saved: its page, and the verb."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from measures.forms.sheet import asked_period, posted_period
from measures.models import Frequency
from measures.pages.entry.undo import instant, put_back_words, undo_page
from measures.selectors.sheet_place import open_place, place_of
from measures.services.entry import undos
from measures.services.entry.observations import ReasonMissing
from measures.services.entry.undos import Batch
from measures.views.entry.opened import Opened, address, opened
from organizations.http import SignedInRequest
from p2.errors import RuleViolation
from p2.web.forms import Warned, warned


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """GET: what would be put back. POST: put back, or with a closed month the page again, that asks why."""
    here = opened(request, slug, ref)
    if request.method != "POST":
        return _shown(request, here, _asked(request.GET, here))
    batch = _posted(request.POST)
    why = request.POST.get("why", "").replace("\x00", "").strip()
    if seen := warned(why, request.POST):
        return _shown(request, here, batch, seen=seen)
    try:
        undone = undos.take_back(here.organization, batch, why=why, by=here.user, at=here.at)
    except ReasonMissing as missing:  # asked for first; a fault only where the page had asked
        return _shown(request, here, batch, sentence=str(missing) if "why" in request.POST else "")
    except RuleViolation as broken:
        return _shown(request, here, batch, sentence=str(broken))
    tell = messages.warning if undone.left else messages.success
    tell(request, put_back_words(undone))
    place = place_of(here.organization, batch.period, frequency=batch.frequency, at=here.at)
    again = {"undo": here.at.isoformat()} if undone.count else {}
    return redirect(address(here.organization, place, **again))


def _shown(
    request: SignedInRequest, here: Opened, batch: Batch, *, sentence: str = "", seen: Warned | None = None
) -> HttpResponse:
    place = place_of(here.organization, batch.period, frequency=batch.frequency, at=here.at)
    context = {
        "organization": here.organization,
        "collaborative": here.organization.collaborative,
        "batch": batch,
        "page": undo_page(undos.plan(here.organization, batch, by=here.user, at=here.at)),
        "saved_at": batch.saved_at.isoformat() if batch.saved_at else "",
        "sentence": sentence,
        "warned": seen,
        "why": request.POST.get("why", ""),
        "place": place,
        "sheet_url": address(here.organization, place),
    }
    return render(request, "measures/undo.html", context)


def _asked(given: Mapping[str, str], here: Opened) -> Batch:
    frequency = _frequency(given)
    asked = asked_period(given.get("period", ""), frequency)
    place = open_place(here.organization, frequency=frequency, at=here.at, period=asked)
    return _batch(given, Batch(place.period, frequency))


def _posted(given: Mapping[str, str]) -> Batch:
    frequency = _frequency(given)
    return _batch(given, Batch(posted_period(given.get("period", ""), frequency), frequency))


def _batch(given: Mapping[str, str], month: Batch) -> Batch:
    """One save where its instant is named; what is no instant must not undo a whole month instead."""
    text = given.get("saved_at", "")
    if not text:
        return month
    saved_at = instant(text)
    if saved_at is None:
        raise Http404
    return Batch(month.period, month.frequency, saved_at)


def _frequency(given: Mapping[str, str]) -> str:
    asked = given.get("frequency", "")
    return asked if asked in Frequency else str(Frequency.MONTH)
