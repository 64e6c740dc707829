"""The rows of the sheet, each answered alone: saved as its cell is left, said to be right, shown again."""

from dataclasses import replace
from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from measures import rules
from measures.forms.sheet import asked_period, posted_period, typed_row
from measures.models import REASONS, Measure
from measures.pages.entry.sheet.material import Material, read_materials
from measures.pages.entry.sheet.rows import SheetRow, kept_with_note, row_of
from measures.selectors.charts import is_stale, spark
from measures.selectors.sheet_place import SheetPlace, loggable, open_place, place_of
from measures.services.entry import cells, observations, sheets
from measures.services.entry.observations import NumberChanged
from measures.services.entry.sheets import Trouble, Typed, changed_meanwhile
from measures.views.entry.opened import Opened, address, opened
from organizations.http import SignedInRequest
from organizations.models import Organization
from p2 import jobs
from p2.errors import ensure


def save_row(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """One row, as its cell is left: at most ten queries, the session's and the person's included."""
    measure = _measure(request, slug, ref, request.POST["row"].replace("\x00", ""))
    place = _place(request, measure)
    may_annotate = rules.may_annotate(request.user, measure.organization)
    typed = typed_row(request.POST, measure.ref, with_note=may_annotate)
    if request.POST.get("keep") == measure.ref:
        typed = keeping(measure, typed, place)
    outcome = sheets.log({measure: typed}, place.period, by=request.user, at=place.at)[measure.ref]
    if isinstance(outcome, Trouble):
        material = read_materials([measure], measure.organization, place)[0]
        return _row_answer(request, measure, row_of(material, place, typed=typed, trouble=outcome), place)
    material = Material.of_series(
        outcome.measure, outcome.series, outcome.months, measure.due_from, outcome.warning
    )
    return _row_answer(request, measure, row_of(material, place), place, has_lifted=outcome.has_lifted)


def keeping(measure: Measure, typed: Typed, place: SheetPlace) -> Typed:
    """What is saved, in place of the number that was typed; the note that was typed beside it stays."""
    return kept_with_note(read_materials([measure], measure.organization, place)[0], place, typed)


@require_POST
def confirm(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """A number outside its limits is right."""
    here = opened(request, slug, ref)
    measure = _measure_of(here, request.POST.get("measure", "").replace("\x00", ""))
    place = _place(request, measure)
    may_annotate = rules.may_annotate(request.user, here.organization)
    typed = typed_row(request.POST, measure.ref, with_note=may_annotate)
    try:
        observations.confirm(measure, place.period, by=request.user, have=typed.have)
    except NumberChanged as changed:
        if "row" not in request.POST:
            raise
        return _changed(request, measure, place, typed, str(changed))
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
def token(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """A new token for a sheet that stayed open while its reader signed in again; to no script of another site.

    409 where somebody else is signed in now: what was typed is not to be saved in that name. The page has the words.
    """
    ensure(request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin")
    if request.GET.get("reader", request.user.ref) != request.user.ref:
        return HttpResponse(status=HTTPStatus.CONFLICT)
    opened(request, slug, ref)
    return HttpResponse(get_token(request), content_type="text/plain")


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


def _changed(
    request: SignedInRequest, measure: Measure, place: SheetPlace, typed: Typed, sentence: str
) -> HttpResponse:
    """A row whose number somebody changed since it was drawn, with theirs."""
    (material,) = read_materials([measure], measure.organization, place)
    standing = material.observations.get(place.period)
    trouble = changed_meanwhile(sentence, standing, is_untouched=True)
    if standing is None:
        trouble = replace(trouble, cleared_by=cells.who_cleared((measure.pk, place.period, 0)))
    return _row_answer(request, measure, row_of(material, place, typed=typed, trouble=trouble), place)


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
    return render(request, "measures/_sheet_row.html", row_words(request, measure.organization) | answer)


def row_words(request: SignedInRequest, organization: Organization) -> dict[str, object]:
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
