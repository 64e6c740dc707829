"""Log the month: the page, and all of its rows saved at once."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from measures import rules
from measures.forms.sheet import asked_period, posted_period, typed_rows
from measures.models import Frequency
from measures.pages.entry.sheet.page import sheet
from measures.pages.entry.sign_off import signed_words
from measures.pages.entry.undo import undo_words
from measures.selectors.sheet_place import SheetPlace, loggable, place_of
from measures.services.entry import observations, sheets, sign_offs
from measures.services.entry.observations import Saved
from measures.services.entry.sheets import Trouble, Typed
from measures.services.entry.sign_offs import NumbersMissing
from measures.views.entry.opened import Opened, address, opened, read_only
from measures.views.entry.rows import keeping, row_words, save_row
from organizations.http import SignedInRequest
from organizations.models import User
from p2.errors import RuleViolation
from p2.words.wording import figure


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The sheet; a POST saves its rows, or with `row` the one row, which is answered alone."""
    if request.method == "POST" and "row" in request.POST:
        return save_row(request, slug, ref)
    here = opened(request, slug, ref)
    if request.method == "POST":
        return _save_all(request, here)
    return read_only(request, here) or shown(request, here)


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
    return render(request, "measures/sheet.html", row_words(request, here.organization) | more)


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
    if (kept := request.POST.get("keep", "")) in typed:
        mine = typed.pop(kept)
        typed |= {kept: keeping(measures[kept], mine, place)} if mine.new_note is not None else {}
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
            messages.warning(request, _("It is not signed off: see first the rows that need you."))
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
