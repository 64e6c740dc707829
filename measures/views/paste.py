"""Paste a block into the sheet: where it is typed in, its preview, and the verb."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from measures import periods
from measures.forms.sheet import asked_period, posted_period, whole
from measures.models import Frequency, Measure
from measures.selectors.charts import live_spark
from measures.selectors.readings import Spark
from measures.selectors.sheet import in_order, loggable, open_place
from measures.selectors.sheet_place import short_head
from measures.services import pastes
from measures.services.pastes import Asked, Paste, Proposed, Where
from measures.views.sheet import Opened, address, opened
from organizations.http import SignedInRequest
from p2.errors import RuleViolation
from p2.words.wording import counted

WIDEST = 12
"""Columns with which the preview still looks like the sheet itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of the preview: what stands, and over it what the block proposes."""

    period: date
    standing: str
    proposed: Proposed | None


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of the preview."""

    measure: Measure
    cells: tuple[Shown, ...]
    words: str
    spark: Spark


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
    back = [periods.following(place.period, frequency, -step) for step in range(60)]
    context = {
        "organization": here.organization,
        "collaborative": here.organization.collaborative,
        "measures": measures,
        "measure": request.GET.get("measure", ""),
        "place": place,
        "firsts": [(period, periods.label(period, frequency, long=True)) for period in back],
        "sheet_url": address(here.organization, place),
    }
    return render(request, "measures/paste.html", context)


@require_POST
def save(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Write the block down, all or nothing; else the preview again, with the sentence."""
    here = opened(request, slug, ref)
    asked, why = _asked(request), request.POST.get("why", "").replace("\x00", "").strip()
    try:
        saved = pastes.save(here.organization, asked, seen=_seen(request), why=why, by=here.user, at=here.at)
    except RuleViolation as broken:
        return _preview(request, here, sentence=str(broken))
    count = sum(one.is_changed for one in saved)
    messages.success(request, f"{counted(count, 'number')} saved.")
    place = open_place(here.organization, frequency=asked.frequency, at=here.at, period=asked.open)
    return redirect(address(here.organization, place, row=saved[0].measure.ref))


def _preview(request: SignedInRequest, here: Opened, *, sentence: str = "") -> HttpResponse:
    asked = _asked(request)
    paste = pastes.preview(here.organization, asked, reader=here.user, at=here.at)
    columns = _columns(paste)
    context = {
        "organization": here.organization,
        "collaborative": here.organization.collaborative,
        "asked": asked,
        "paste": paste,
        "first": asked.period if asked.is_fixed else paste.laid and paste.laid.first,
        "firsts": _firsts(paste),
        "columns": [(period, _head(period, paste, at == 0)) for at, period in enumerate(columns)],
        "lines": _lines(paste, columns),
        "touched": len({cell.measure.pk for cell in paste.cells.values()}),
        "months": len({cell.period for cell in paste.cells.values()}),
        "undated": paste.laid.undated if paste.laid else (),
        "left_out": _left_out(paste),
        "seen": json.dumps([[ref, str(period), cell.version] for (ref, period), cell in paste.cells.items()]),
        "sentence": sentence,
        "why": request.POST.get("why", ""),
        "sheet_url": address(here.organization, paste.place),
    }
    return render(request, "measures/paste_preview.html", context)


def _asked(request: SignedInRequest) -> Asked:
    given, frequency = request.POST, _frequency(request.POST)
    period = given.get("first", "") or given.get("period", "")
    return Asked(
        text=given.get("text", ""),
        measure=given.get("measure", ""),
        period=posted_period(period, frequency) if period else None,
        frequency=frequency,
        open=asked_period(given.get("open", ""), frequency),
        is_down={"down": True, "across": False}.get(given.get("way", "")),
        is_fixed=bool(given.get("first", "")),
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


def _columns(paste: Paste) -> tuple[date, ...]:
    """The sheet's own months where the block lies inside them, else those of the block."""
    block = {cell.period for cell in paste.cells.values()}
    return paste.place.periods if block <= set(paste.place.periods) else tuple(sorted(block))


def _firsts(paste: Paste) -> list[tuple[date, str]]:
    """The months that the block may begin with."""
    latest, frequency = paste.place.period, paste.place.frequency
    if paste.laid and paste.laid.first:
        latest = max(latest, paste.laid.first)
    found = [periods.following(latest, frequency, -step) for step in range(60)]
    return [(period, periods.label(period, frequency, long=True)) for period in found]


def _head(period: date, paste: Paste, is_first: bool) -> str:
    head = short_head(period, paste.place)
    return f"{head} ’{period:%y}" if is_first or (period.month == 1 and period.day <= 7) else head


def _lines(paste: Paste, columns: tuple[date, ...]) -> list[Line]:
    touched = {cell.measure.ref for cell in paste.cells.values()}
    is_sheet = columns == paste.place.periods
    return [
        _line(paste, measure, columns) for measure in paste.measures if is_sheet or measure.ref in touched
    ]


def _line(paste: Paste, measure: Measure, columns: tuple[date, ...]) -> Line:
    standing = {period: row for (ref, period), row in paste.observations.items() if ref == measure.ref}
    cells = tuple(
        Shown(
            period,
            pastes.shown_words(standing.get(period), measure),
            paste.cells.get((measure.ref, period)),
        )
        for period in columns
    )
    series = [standing[period] for period in sorted(standing)]
    return Line(measure, cells, _words(cells), live_spark(measure, series))


def _words(cells: tuple[Shown, ...]) -> str:
    """What the block does to a measure, in a word."""
    kinds = {cell.proposed.kind for cell in cells if cell.proposed}
    if kinds & {"new", "changed"}:
        return "Changed"
    return "Left out" if "left-out" in kinds else "Same" if kinds else ""


def _left_out(paste: Paste) -> list[tuple[Proposed, str]]:
    """What cannot be read, with its measure and period in words."""
    frequency = paste.place.frequency
    return [
        (cell, f"{cell.measure}, {periods.label(cell.period, frequency, long=True)}")
        for cell in paste.of_kind("left-out")
    ]
