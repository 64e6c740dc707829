"""The style page: every token and part, drawn by the code that draws the pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2.look.icons import ICONS
from p2.look.tokens import tokens
from p2.spanning.composition import call
from p2.web.http import in_english

STRIP = ("saved", "saved", "two-entries", "outside-limits", "not-saved", "due", "current", "no-data")


@require_safe
@in_english
def style(request: HttpRequest) -> HttpResponse:
    """The elements of the site's look, for those who build it: in English for everybody."""
    return render(request, "p2/style.html", page() | call("STYLE_CHARTS"))


def page() -> dict[str, Any]:
    return {
        "light": tokens("light"),
        "dark": tokens("dark"),
        "icons": sorted(ICONS),
        "spaces": (4, 8, 12, 16, 24, 32, 48),
        "strip": [{"state": state, "name": "Measure"} for state in STRIP],
        "months": (1, 1, 1, 1, 1, 0.5, 1, 1, 0, 1, 0.5, 1),
        "segments": [
            {"label": "Run", "url": "#segments", "current": True},
            {"label": "U′ chart", "url": "#segments", "current": False},
            {"label": "Funnel", "url": "#segments", "current": False},
        ],
        "tabs": [
            {"label": "Needs you", "url": "#tabs", "current": True, "count": 3},
            {"label": "Due", "url": "#tabs", "current": False, "count": 4},
            {"label": "Done", "url": "#tabs", "current": False, "count": 5},
        ],
    }
