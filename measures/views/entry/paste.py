"""Paste a block into the sheet: where it is typed in, its preview, and the verb."""

import json
from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from measures.forms.sheet import asked_period, posted_period, whole
from measures.models import Frequency
from measures.pages.entry.paste import firsts, preview
from measures.pages.entry.paste_questions import answers
from measures.selectors.sheet_place import in_order, loggable, open_place
from measures.services.entry import pastes
from measures.services.entry.observations import ReasonMissing
from measures.services.entry.pastes import Paste, PastedBlock, Where
from measures.views.entry.sheet import Opened, address, opened
from organizations.http import SignedInRequest
from p2.errors import RuleViolation
from p2.web.forms import Warned, warned
from p2.words.wording import figure


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """GET: a field for the block, and where it begins. POST: its preview; nothing is saved."""
    here = opened(request, slug, ref)
    if request.method == "POST" and "text" in request.POST:
        return _preview(request, here)
    frequency = _frequency(request.GET)
    measures = in_order(list(loggable(here.user).filter(organization=here.organization)), frequency)
    asked = asked_period(request.GET.get("period", ""), frequency)
    place = open_place(here.organization, frequency=frequency, at=here.at, period=asked)
    context = {
        "organization": here.organization,
        "collaborative": here.organization.collaborative,
        "measures": measures,
        "measure": request.GET.get("measure", ""),
        "place": place,
        "firsts": firsts(place.period, frequency),
        "sheet_url": address(here.organization, place),
    }
    return render(request, "measures/paste.html", context)


@require_POST
def save(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Write the block down, all or nothing; else the preview again, with the sentence."""
    here = opened(request, slug, ref)
    asked, why = _asked(request), request.POST.get("why", "").replace("\x00", "").strip()
    if request.POST.get("shown", answers(request.POST)) != answers(request.POST):
        return _preview(request, here)  # another answer than the one that was seen: first it is shown
    if seen := warned(why, request.POST):
        return _preview(request, here, seen=seen)
    try:
        saved = pastes.save(here.organization, asked, seen=_seen(request), why=why, by=here.user, at=here.at)
    except RuleViolation as broken:
        return _preview(request, here, sentence=str(broken), asks_why=isinstance(broken, ReasonMissing))
    messages.success(
        request,
        ngettext("%(number)s number saved.", "%(number)s numbers saved.", saved.count)
        % {"number": figure(saved.count, 0)},
    )
    place = open_place(here.organization, frequency=asked.frequency, at=here.at, period=asked.open)
    undo = {"undo": here.at.isoformat()} if saved.count else {}
    return redirect(address(here.organization, place, row=saved.first.ref, **undo))


def _preview(
    request: SignedInRequest,
    here: Opened,
    *,
    sentence: str = "",
    asks_why: bool = False,
    seen: Warned | None = None,
) -> HttpResponse:
    asked = _asked(request)
    paste = pastes.compare(here.organization, asked, reader=here.user, at=here.at)
    context = {
        "organization": here.organization,
        "collaborative": here.organization.collaborative,
        "asked": asked,
        "page": preview(paste),
        "paste": paste,
        "seen": _versions(paste),
        "sentence": sentence,
        "asks_why": asks_why or bool(seen),
        "warned": seen,
        "why": request.POST.get("why", ""),
        "sheet_url": address(here.organization, paste.place),
    }
    return render(request, "measures/paste_preview.html", context)


def _versions(paste: Paste) -> str:
    """What stood in each cell, as `_seen` reads it back."""
    return json.dumps([[ref, str(period), cell.version] for (ref, period), cell in paste.cells.items()])


def _asked(request: SignedInRequest) -> PastedBlock:
    given, frequency = request.POST, _frequency(request.POST)
    period = given.get("first", "") or given.get("period", "")
    return PastedBlock(
        text=given.get("text", ""),
        measure=given.get("measure", ""),
        period=posted_period(period, frequency) if period else None,
        frequency=frequency,
        open=asked_period(given.get("open", ""), frequency),
        is_down={"down": True, "across": False}.get(given.get("way", "")),
        is_fixed=bool(given.get("first", "")),
        spreads=given.get("onto", "") == "all",
        is_month_first={"month": True, "day": False}.get(given.get("order", "")),
        reason=given.get("reason"),
    )


def _frequency(given: Mapping[str, str]) -> str:
    asked = given.get("frequency", "")
    return asked if asked in Frequency else str(Frequency.MONTH)


def _seen(request: SignedInRequest) -> dict[Where, int]:
    """The versions that the preview showed; a form that was tampered with has seen nothing."""
    try:
        return {
            (str(ref), date.fromisoformat(period)): whole(str(version))
            for ref, period, version in json.loads(request.POST.get("seen", ""))
        }
    except (ValueError, TypeError, RecursionError):
        return {}
