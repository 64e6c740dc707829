"""All signals of a collaborative: a page of the portfolio, and its table."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from measures.sentences.gains import beside
from organizations.http import SignedInRequest, collaborative_of
from organizations.rules import may_read_portfolio
from p2.errors import ensure
from p2.web.http import csv_answer, in_english
from p2.web.paging import asked_page
from projects.pages.all_signals.asked import AGES, AREAS, ROLES, SORTS, STATES, SignalsAsked
from projects.pages.all_signals.page import all_signals
from projects.pages.all_signals.rows import Signals

HEADS = (
    "Organization",
    "Country",
    "Measure",
    "Area",
    "Role",
    "Project",
    "State",
    "In words",
    "Found",
    "Days",
    "Newest",
    "Of",
    "Unit",
    "Goal",
    "Completed by",
)


@require_safe
def page(request: SignedInRequest, slug: str) -> HttpResponse:
    """Fifty signals, concern first unless asked otherwise."""
    collaborative = collaborative_of(request, slug)
    ensure(may_read_portfolio(request.user, collaborative))
    shown = all_signals(request.user, collaborative, at=timezone.now(), asked=_asked(request))
    return render(request, "projects/all_signals.html", {"signals": shown, "collaborative": collaborative})


@require_safe
@in_english
def table(request: SignedInRequest, slug: str) -> HttpResponse:
    """The signals of the same filters, those of all pages, a measure a line."""
    collaborative = collaborative_of(request, slug)
    ensure(may_read_portfolio(request.user, collaborative))
    asked = replace(_asked(request), page=0)
    shown = all_signals(request.user, collaborative, at=timezone.now(), asked=asked)
    return csv_answer(f"{slug} signals", HEADS, _lines(shown))


def _asked(request: HttpRequest) -> SignalsAsked:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.GET
    return SignalsAsked(
        state=_known(asked.get("state", ""), STATES),
        area=_known(asked.get("area", ""), AREAS),
        role=_known(asked.get("role", ""), ROLES),
        organization=asked.get("organization", "").replace("\x00", "")[:12],
        age=_known(asked.get("age", ""), AGES),
        sort=_known(asked.get("sort", ""), SORTS) or "need",
        page=asked_page(asked.get("page", "")),
    )


def _known(key: str, table: Collection[str]) -> str:
    return key if key in table else ""


def _lines(shown: Signals) -> Iterator[tuple[object, ...]]:
    for row in shown.rows:
        yield (
            row.organization,
            row.country,
            row.measure,
            row.area,
            "; ".join(one.role for one in row.belongs),
            "; ".join(one.project for one in row.belongs),
            row.state,
            beside(row.says, row.gain.short) if row.gain else row.says,
            row.found.date(),
            row.days,
            row.newest,
            row.newest_period,
            row.unit,
            row.goal,
            row.completed_period,
        )
