"""A measure's page, the chart on it, and its numbers as a file."""

from dataclasses import astuple
from typing import Any

import orjson
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures import rules
from measures.figures import run_chart
from measures.http import asked_theme, asked_width
from measures.models import Measure
from measures.pages.measure import history as events_of
from measures.pages.measure import page as measure_page
from measures.pages.measure import readers, table
from measures.pages.measure.chart import reading, without_private
from measures.pages.measure.entry import note_at_entry
from measures.pages.measure.legend import legend
from measures.pages.measure.marks import every_mark, standing_marks
from measures.pages.measure.notes import WrittenOnChart
from measures.selectors.charts import with_charts
from measures.selectors.gains import gain_of
from measures.selectors.readings import Reading
from measures.services import rights
from measures.views.trails import measure_trail
from organizations.http import SignedInRequest
from organizations.services.programme import phases
from p2.errors import ensure
from p2.spanning.composition import gather
from p2.stamps.keys import key_to
from p2.stamps.store import reader
from p2.web.http import csv_answer, in_english


def find(request: SignedInRequest, slug: str, ref: str) -> Measure:
    """The measure that this person may see, with its chart; else 404."""
    measures = with_charts(Measure.objects.visible_to(request.user))
    return get_object_or_404(measures, organization__collaborative__slug=slug, ref=ref)


@require_safe
def page(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The verdict, the chart, its proof, its points, its definition and its history."""
    stamp = reader.of(ref)  # before the rows are read: what changes meanwhile is news
    measure = find(request, slug, ref)
    follows = {"stamp": stamp or "", "stamp_src": _stamp_src(measure)}
    return render(request, "measures/measure.html", follows | _shown(request, measure))


@require_safe
def live(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The same page's inside, when it is newer than what the reader has; else 204. Either with stamp and key.

    Who asks for a theme and a width gets the chart's figure with it, and need not ask once more.
    """
    stamp = reader.of(ref)  # before the rows are read, as by the page
    measure = find(request, slug, ref)
    version = measure_page.version_of(measure)
    if request.GET.get("have") == version:
        answer = HttpResponse(status=204)
    else:
        shown = _shown(request, measure)
        if "theme" in request.GET and "width" in request.GET:
            shown["figure"] = _figure(request, without_private(shown["reading"]))
        answer = render(request, "measures/_measure.html", shown)
    answer["X-Version"], answer["X-Stamp"], answer["X-Stamp-Src"] = version, stamp or "", _stamp_src(measure)
    return answer


@require_safe
def figure(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The chart as a Plotly figure in the reader's theme and width."""
    measure = find(request, slug, ref)
    drawn = _figure(request, reading(measure, private=False))
    return HttpResponse(orjson.dumps(drawn), content_type="application/json")


def _figure(request: SignedInRequest, chart: Reading) -> dict[str, Any]:
    return run_chart(chart, theme=asked_theme(request), width=asked_width(request))


@require_safe
@in_english
def points(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Every number as CSV, as `import_observations` takes it back."""
    measure = find(request, slug, ref)
    lines = table.lines(measure, private=rules.may_read_history(request.user, measure))
    return csv_answer(f"{measure.organization} {measure}", table.HEADS, map(astuple, lines))


@require_safe
def history(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Everything that happened to the numbers and the chart."""
    measure = find(request, slug, ref)
    ensure(rules.may_read_history(request.user, measure))
    if request.GET.get("format") == "csv":
        return _history_table(measure)
    events = _events(measure)
    shown = {"measure": measure, "trail": measure_trail(measure, _("History")), "events": events}
    return render(request, "measures/history.html", shown)


def _events(measure: Measure) -> tuple[events_of.Event, ...]:
    return events_of.history(measure, every_mark(measure), measure_page.versions(measure), most=None)


@in_english
def _history_table(measure: Measure) -> HttpResponse:
    events = _events(measure)
    rows = ((event.at.isoformat(), event.who, event.words, event.why) for event in events)
    return csv_answer(f"{measure} history", ("at", "who", "what", "why"), rows)


def _stamp_src(measure: Measure) -> str:
    """Where the page learns that it has news: an address for whoever may see the measure now."""
    return reverse("stamp", args=[key_to(measure.ref)])


def _shown(request: SignedInRequest, measure: Measure) -> dict[str, Any]:
    may, may_read = _may(request, measure), rules.may_read_history(request.user, measure)
    written = WrittenOnChart(every_mark(measure), measure_page.versions(measure))
    chart = reading(measure, private=may_read, written=written)
    return {
        "measure": measure,
        "organization": measure.organization,
        "reading": chart,
        "legend": legend(chart, of=measure),
        "version": measure_page.version_of(measure),
        "unit": "" if chart.unit in str(measure) else chart.unit,
        "facts": measure_page.facts(measure, chart, timezone.now()),
        "proofs": measure_page.proofs(chart),
        "noted": note_at_entry(chart),
        "gain": gain_of(measure),
        "beside_rules": measure_page.beside_rules(chart),
        "versions": written.versions,
        "history": events_of.history(measure, *written) if may_read else None,
        "standing": standing_marks(written.marks, measure.words.named_by),
        "suggestion": measure_page.suggestion(measure, chart) if may["mark_up"] else None,
        "sharing": readers.sharing_of(measure, request.user),
        "may": may,
        "parts": gather("MEASURE_PARTS", measure, request.user),
    }


def _may(request: SignedInRequest, measure: Measure) -> dict[str, bool]:
    """What the reader may do here and the measure's state does not refuse, by the word of its button."""
    person, organization = request.user, measure.organization
    is_current = not phases.why_past(organization, by=person)
    is_kept = measure.retired_at is None
    is_changeable = is_kept and is_current
    return {
        "record": is_kept
        and rules.may_record(person, organization)
        and not rights.why_not_logged(organization, by=person),
        "annotate": is_changeable and rules.may_annotate(person, organization),
        "mark_up": is_changeable and rules.may_mark_up(person, measure),
        "define": is_changeable and rules.may_define(person, measure),
        "share": is_changeable and rules.may_share(person, measure),
        "rename": is_current and rules.may_make_measures(person, organization),
        "retire": is_changeable
        and rules.may_make_measures(person, organization)
        and not measure.is_mandatory,
        "resume": is_current and not is_kept and rules.may_make_measures(person, organization),
    }
