"""The portfolio: the page of faculty, office and funder."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from organizations.http import SignedInRequest, collaborative_of
from organizations.rules import may_read_portfolio
from organizations.services.people import presences
from p2.errors import ensure
from p2.web.http import csv_answer, in_english, wants_fragment
from p2.web.paging import asked_page
from projects.pages.portfolio.page import MapAsked, portfolio
from projects.pages.portfolio.rows import Portfolio

HEADS = (
    "Organization",
    "Country",
    "Complete closed months %",
    "Column",
    "Project",
    "Measure",
    "State",
    "In words",
    "Newest",
    "Of",
    "Unit",
    "Goal",
    "Open months there",
    "Open months asked",
    "No data, with a reason",
    "Median",
    "95% interval from",
    "95% interval to",
    "Points of the median",
    "First of them",
    "Last of them",
)
VIEWS = (("projects", _("Projects")), ("core", _("Core measures")))
VIEW_NAMES: dict[str, Literal["projects", "core"]] = {"projects": "projects", "core": "core"}
SORTS = (("need", _("Most need first")), ("name", _("By name")))


@vary_on_headers("HX-Request")
@require_safe
def page(request: SignedInRequest, slug: str) -> HttpResponse:
    """Organizations by need, with what changed since the reader's previous visit; for htmx, its core measure alone."""
    collaborative = collaborative_of(request, slug)
    ensure(may_read_portfolio(request.user, collaborative))
    at, asked = timezone.now(), _asked(request)
    previous = presences.note(request.user, collaborative, at=at)
    shown = portfolio(request.user, collaborative, previous=previous, at=at, asked=asked)
    context = {"portfolio": shown, "collaborative": collaborative, "views": VIEWS, "sorts": SORTS}
    context["shows_all"] = asked.shows_all
    if wants_fragment(request) and shown.multiples:
        answer = render(request, "projects/_multiples.html", context | {"multiples": shown.multiples})
        answer["HX-Push-Url"] = request.get_full_path()
        return answer
    return render(request, "projects/portfolio.html", context)


@require_safe
@in_english
def table(request: SignedInRequest, slug: str) -> HttpResponse:
    """The map as a table for a spreadsheet, one measure a line."""
    collaborative = collaborative_of(request, slug)
    ensure(may_read_portfolio(request.user, collaborative))
    shown = portfolio(
        request.user, collaborative, previous=None, at=timezone.now(), asked=replace(_asked(request), page=0)
    )
    return csv_answer(f"{slug} portfolio", HEADS, _lines(shown))


def _asked(request: HttpRequest) -> MapAsked:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.GET
    return MapAsked(
        view=VIEW_NAMES.get(asked.get("view", ""), ""),
        sort="name" if asked.get("sort") == "name" else "need",
        core=asked.get("core", ""),
        open=asked.get("open", ""),
        shows_all="all" in asked,
        page=asked_page(asked.get("page", "")),
    )


def _lines(shown: Portfolio) -> Iterator[tuple[object, ...]]:
    for row in shown.rows:
        for one in row.exported:
            yield (
                row.name,
                row.place,
                row.percent,
                one.process,
                one.project,
                one.measure,
                one.state,
                one.words,
                one.newest,
                one.newest_period,
                one.unit,
                one.goal,
                row.open_present,
                row.open_expected,
                row.reasons,
                one.median,
                *one.interval,
                *one.points,
            )
