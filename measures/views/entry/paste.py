"""Paste a block into the sheet: where it is typed in, its preview, and the verb."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.exchange.grids import MOST_BYTES, text_of
from measures.forms.sheet import asked_period, posted_period, whole
from measures.models import Frequency
from measures.pages.entry.paste import firsts, preview
from measures.pages.entry.paste_questions import answers
from measures.selectors.sheet_place import in_order, loggable, open_place
from measures.services.entry import pastes
from measures.services.entry.month_tables import month_table
from measures.services.entry.observations import ReasonMissing
from measures.services.entry.pastes import Paste, PastedBlock, Where
from measures.views.entry.opened import Opened, address, opened, read_only
from organizations.http import SignedInRequest
from p2.errors import RuleViolation
from p2.web.forms import Warned, warned
from p2.web.http import csv_answer, in_english
from p2.words.wording import figure

LONGEST_NAME = 100
"""Characters of a file's name that the preview says."""


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """GET: a field for the block or a file, and where it begins. POST: its preview, or with `correct` the field again.

    Nothing is saved.
    """
    here = opened(request, slug, ref)
    if request.method != "POST":
        return read_only(request, here) or _fields(request, here, request.GET)
    if "correct" not in request.POST and ("text" in request.POST or "file" in request.FILES):
        try:
            return _preview(request, here, _given(request))
        except ValueError as wrong:
            return _fields(request, here, request.POST, sentence=str(wrong))
    return _fields(request, here, request.POST)


def _fields(
    request: SignedInRequest, here: Opened, given: Mapping[str, str], *, sentence: str = ""
) -> HttpResponse:
    frequency = _frequency(given)
    measures = in_order(list(loggable(here.user).filter(organization=here.organization)), frequency)
    asked = asked_period(given.get("open", "") or given.get("period", ""), frequency)
    place = open_place(here.organization, frequency=frequency, at=here.at, period=asked)
    context = {
        "organization": here.organization,
        "collaborative": here.organization.collaborative,
        "measures": measures,
        "measure": given.get("measure", ""),
        "place": place,
        "firsts": firsts(place.period, frequency),
        "first": given.get("period", ""),
        "text": given.get("text", ""),
        "sentence": sentence,
        "sheet_url": address(here.organization, place),
    }
    return render(request, "measures/paste.html", context)


@require_safe
@in_english
def download(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The sheet's last periods as a file, which may be pasted or uploaded here again."""
    here = opened(request, slug, ref)
    frequency = _frequency(request.GET)
    asked = asked_period(request.GET.get("period", ""), frequency)
    place = open_place(here.organization, frequency=frequency, at=here.at, period=asked)
    table = month_table(here.organization, place, by=here.user)
    return csv_answer(f"{here.organization.label} {frequency}s measures", table.heads, table.rows)


@require_POST
def save(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Write the block down, all or nothing; else the preview again, with the sentence."""
    here = opened(request, slug, ref)
    asked, why = _asked(request), request.POST.get("why", "").replace("\x00", "").strip()
    if request.POST.get("shown", answers(request.POST)) != answers(request.POST):
        return _preview(request, here, asked)  # another answer than the one that was seen: first it is shown
    if seen := warned(why, request.POST):
        return _preview(request, here, asked, seen=seen)
    try:
        saved = pastes.save(here.organization, asked, seen=_seen(request), why=why, by=here.user, at=here.at)
    except RuleViolation as broken:
        return _preview(
            request, here, asked, sentence=str(broken), asks_why=isinstance(broken, ReasonMissing)
        )
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
    asked: PastedBlock,
    *,
    sentence: str = "",
    asks_why: bool = False,
    seen: Warned | None = None,
) -> HttpResponse:
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
        lays_strange={"first": True, "out": False}.get(given.get("onto", "")),
        year=whole(given.get("year", "")) or None,
        is_month_first={"month": True, "day": False}.get(given.get("order", "")),
        file=given.get("from", "")[:LONGEST_NAME],
        reason=given.get("reason"),
    )


def _given(request: SignedInRequest) -> PastedBlock:
    """What was pasted, or else the text of the file.

    Raises
    ------
    ValueError
        With a sentence, for a file that cannot be read, or one beside pasted cells.
    """
    asked, file = _asked(request), request.FILES.get("file")
    if file is None:
        return asked
    if asked.text.strip():
        raise ValueError(_("There are pasted cells and a file. Empty the field, or choose no file."))
    text = text_of(file.read(MOST_BYTES + 1))
    return replace(asked, text=text, file=(file.name or "")[:LONGEST_NAME])


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
