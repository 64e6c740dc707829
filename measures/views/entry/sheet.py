"""Log the month: the page, and the verbs of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures import rules
from measures.forms.sheet import asked_period, posted_period, typed_row, typed_rows
from measures.models import REASONS, Frequency, Measure
from measures.pages.entry.sheet.material import Material, read_materials
from measures.pages.entry.sheet.page import sheet
from measures.pages.entry.sheet.rows import SheetRow, row_of
from measures.pages.entry.sign_off import signed_words
from measures.pages.entry.undo import undo_words
from measures.selectors.charts import is_stale, spark
from measures.selectors.sheet_place import SheetPlace, loggable, open_place, place_of
from measures.services import rights
from measures.services.entry import observations, sheets, sign_offs
from measures.services.entry.observations import Saved
from measures.services.entry.sheets import Trouble, Typed
from measures.services.entry.sign_offs import NumbersMissing
from organizations.http import SignedInRequest, organization_of
from organizations.models import Organization, User
from p2 import jobs
from p2.errors import RuleViolation, ensure
from p2.words.wording import figure


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet as it is opened: whose it is, who logs, when."""

    organization: Organization
    user: User
    at: datetime


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The sheet; a POST saves its rows, or with `row` the one row, which is answered alone."""
    if request.method == "POST" and "row" in request.POST:
        return _save_row(request, slug, ref)
    here = opened(request, slug, ref)
    if request.method == "POST":
        return _save_all(request, here)
    return read_only(request, here) or shown(request, here)


@require_POST
def confirm(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """A number outside its limits is right."""
    here = opened(request, slug, ref)
    measure = _measure_of(here, request.POST.get("measure", "").replace("\x00", ""))
    place = _place(request, measure)
    have = typed_row(request.POST, measure.ref, with_note=False).have
    observations.confirm(measure, place.period, by=request.user, have=have)
    return _answered(request, measure, place)


@require_safe
def row(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """One row with what is saved: what "Keep 6" shows again."""
    here = opened(request, slug, ref)
    measure = _measure_of(here, request.GET.get("measure", "").replace("\x00", ""))
    frequency = measure.words.frequency
    period = asked_period(request.GET.get("period", ""), frequency)
    if period is None:
        raise Http404
    return _standing_row(
        request, measure, place_of(here.organization, period, frequency=frequency, at=here.at)
    )


@require_safe
def trend(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The sparklines of those measures whose chart has followed by now, on the axis of the sheet of a period."""
    here = opened(request, slug, ref)
    refs = request.GET.get("measures", "").split(",")[:100]
    asked = loggable(request.user).filter(organization=here.organization, ref__in=refs)
    fresh = [
        (one.ref, _opened_place(request, here, one).axis.placed(spark(one)))
        for one in asked
        if not is_stale(one)
    ]
    return render(request, "measures/_sheet_trends.html", {"trends": fresh})


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


def shown(
    request: SignedInRequest,
    here: Opened,
    typed: dict[str, Typed] | None = None,
    troubles: dict[str, Trouble] | None = None,
    undo: str = "",
) -> HttpResponse:
    """The whole page."""
    asked = request.POST if request.method == "POST" else request.GET
    frequency = asked.get("frequency", "")
    page = sheet(
        here.organization,
        reader=here.user,
        at=here.at,
        frequency=frequency,
        period=asked_period(asked.get("period", ""), frequency if frequency in Frequency else "month"),
        typed=typed,
        troubles=troubles,
    )
    show = request.GET.get("show", "") or page.first_part
    undo = undo or request.GET.get("undo", "")
    more = {"sheet": page, "show": show, "undo": undo, "undo_words": undo_words(undo, page.place)}
    return render(request, "measures/sheet.html", _words(request, here.organization) | more)


def _save_all(request: SignedInRequest, here: Opened) -> HttpResponse:
    """Without JavaScript: every row at once, and the refused ones keep what was typed."""
    measures = {
        measure.ref: measure for measure in loggable(here.user).filter(organization=here.organization)
    }
    may_annotate = rules.may_annotate(here.user, here.organization)
    typed = typed_rows(request.POST, measures, with_note=may_annotate)
    frequency = next((measures[ref].words.frequency for ref in typed), "month")
    period = posted_period(request.POST.get("period", ""), frequency)
    place = place_of(here.organization, period, frequency=frequency, at=here.at)
    outcome = sheets.log(
        {measures[ref]: row for ref, row in typed.items()}, place.period, by=here.user, at=here.at
    )
    _confirm_saved(outcome.get(request.POST.get("confirm", "")), place, by=here.user)
    return _all_saved(request, here, place, typed, outcome)


def _confirm_saved(saved: Saved | Trouble | None, place: SheetPlace, *, by: User) -> None:
    """The number of a row is right as it was saved now; one that was refused is nobody's word."""
    if isinstance(saved, Saved) and saved.observation:
        observations.confirm(saved.measure, place.period, have=saved.observation.version, by=by)


def _all_saved(
    request: SignedInRequest,
    here: Opened,
    place: SheetPlace,
    typed: Mapping[str, Typed],
    outcome: Mapping[str, Saved | Trouble],
) -> HttpResponse:
    """The page again with what was refused; else what was saved, and signed off where that was said."""
    troubles = {ref: trouble for ref, trouble in outcome.items() if isinstance(trouble, Trouble)}
    changed = sum(isinstance(saved, Saved) and saved.is_changed for saved in outcome.values())
    undo = here.at.isoformat() if changed else ""
    if troubles:
        if "complete" in request.POST:
            messages.warning(request, _("It is not signed off: see first the rows that are not saved."))
        return shown(request, here, {ref: typed[ref] for ref in troubles}, troubles, undo)
    if changed or "complete" not in request.POST:
        messages.success(request, _saved_words(changed, place))
    is_asked = "complete" in request.POST and not _is_signed(request, here, place, outcome)
    more = {"undo": undo} if undo else {}
    return redirect(address(here.organization, place, "sign_off" if is_asked else "sheet", **more))


def _is_signed(
    request: SignedInRequest, here: Opened, place: SheetPlace, outcome: Mapping[str, Saved | Trouble]
) -> bool:
    """The sheet is complete as it was saved now; False where numbers are missing, which is asked about first."""
    saved = {ref: one.observation for ref, one in outcome.items() if isinstance(one, Saved)}
    seen = {ref: row.version for ref, row in saved.items() if row}
    try:
        signed = sign_offs.sign(here.organization, place, seen=seen, by=here.user, at=here.at)
    except NumbersMissing:
        return False
    except RuleViolation as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, signed_words(signed, place))
    return True


def _saved_words(count: int, place: SheetPlace) -> str:
    words = ngettext(
        "%(number)s number saved for %(month)s.", "%(number)s numbers saved for %(month)s.", count
    )
    return words % {"number": figure(count, 0), "month": place.label}


def _save_row(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """One row, as its cell is left: at most ten queries, the session's and the person's included."""
    measure = _measure(request, slug, ref, request.POST["row"].replace("\x00", ""))
    place = _place(request, measure)
    may_annotate = rules.may_annotate(request.user, measure.organization)
    typed = typed_row(request.POST, measure.ref, with_note=may_annotate)
    outcome = sheets.log({measure: typed}, place.period, by=request.user, at=place.at)[measure.ref]
    if isinstance(outcome, Trouble):
        material = read_materials([measure], measure.organization, place)[0]
        return _row_answer(request, measure, row_of(material, place, typed=typed, trouble=outcome), place)
    material = Material.of_series(
        outcome.measure, outcome.series, outcome.months, measure.due_from, outcome.warning
    )
    return _row_answer(request, measure, row_of(material, place), place, has_lifted=outcome.has_lifted)


def _answered(request: SignedInRequest, measure: Measure, place: SheetPlace) -> HttpResponse:
    """A row after its verb: the row alone where its script asked, else the page again."""
    if "row" not in request.POST:
        return redirect(address(measure.organization, place, row=measure.ref))
    return _standing_row(request, measure, place)


def _standing_row(request: SignedInRequest, measure: Measure, place: SheetPlace) -> HttpResponse:
    """A row as it is saved, alone."""
    (material,) = read_materials([measure], measure.organization, place)
    return _row_answer(request, measure, row_of(material, place), place)


def _row_answer(
    request: SignedInRequest,
    measure: Measure,
    row: SheetRow,
    place: SheetPlace,
    *,
    has_lifted: bool = False,
) -> HttpResponse:
    answer = {"row": row, "place": place, "is_answer": True, "has_lifted": has_lifted}
    return render(request, "measures/_sheet_row.html", _words(request, measure.organization) | answer)


def _words(request: SignedInRequest, organization: Organization) -> dict[str, object]:
    """What every row needs beside itself."""
    return {
        "organization": organization,
        "collaborative": organization.collaborative,
        "reasons": [(reason.value, reason.label) for reason in REASONS],
        "may_annotate": rules.may_annotate(request.user, organization),
        "may_make": rules.may_make_measures(request.user, organization),
        "are_delayed": jobs.are_delayed(),
        "focused": request.GET.get("row", ""),
    }


def _measure(request: SignedInRequest, slug: str, organization: str, ref: str) -> Measure:
    place = {"organization__collaborative__slug": slug, "organization__ref": organization}
    measure = get_object_or_404(loggable(request.user), ref=ref, **place)
    ensure(rules.may_record(request.user, measure.organization))
    return measure


def _measure_of(here: Opened, ref: str) -> Measure:
    return get_object_or_404(loggable(here.user).filter(organization=here.organization), ref=ref)


def _place(request: SignedInRequest, measure: Measure) -> SheetPlace:
    frequency = measure.words.frequency
    period = posted_period(request.POST.get("period", ""), frequency)
    return place_of(measure.organization, period, frequency=frequency, at=timezone.now())


def _opened_place(request: SignedInRequest, here: Opened, measure: Measure) -> SheetPlace:
    """Where the sheet of the address stands: at its period, or at the newest complete one."""
    frequency = measure.words.frequency
    period = asked_period(request.GET.get("period", ""), frequency)
    return open_place(here.organization, frequency=frequency, at=here.at, period=period)


def address(organization: Organization, place: SheetPlace, page: str = "sheet", **more: str) -> str:
    """The sheet of a place, or another page about it."""
    path = reverse(f"measures:{page}", args=[organization.collaborative.slug, organization.ref])
    return f"{path}?{urlencode({'period': str(place.period), 'frequency': place.frequency, **more})}"
