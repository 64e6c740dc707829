"""Site search: organizations, measures and projects, by words of their names."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from p2.columns.folding import fold
from p2.spanning.composition import gather
from p2.spanning.rows import Hit

SHORTEST = 2
MOST = 20
"""Results of one kind; one more is asked for, to know whether there are more."""


@require_safe
@cache_control(no_transform=True)  # what an address says beside what only this reader may see: not compressed
def search(request: HttpRequest) -> HttpResponse:
    """Results grouped by kind; what is not visible to the person is not found."""
    asked = request.GET.get("q", "").strip()[:100]
    words = tuple(dict.fromkeys(fold(asked).split()))[:8]
    is_too_short = bool(asked) and len("".join(words)) < SHORTEST
    hits, is_nearest = ([], False) if is_too_short or not words else _found(request, words)
    groups = [(kind, list(rows)) for kind, rows in groupby(hits, key=lambda hit: hit.kind)]
    shown = [(kind, rows[:MOST], len(rows) > MOST) for kind, rows in groups]
    return render(
        request,
        "p2/search.html",
        {
            "asked": asked, "groups": shown, "is_too_short": is_too_short, "is_nearest": is_nearest,
            "shortest": SHORTEST, "most": MOST,
        },
    )  # fmt: skip


def _found(request: HttpRequest, words: tuple[str, ...]) -> tuple[list[Hit], bool]:
    """What has the words in its name; where nothing has, what has them but for a typo, and that it is so."""
    hits: list[Hit] = gather("SEARCH_SOURCES", request.user, words, MOST + 1)
    if hits:
        return hits, False
    nearest: list[Hit] = gather("SEARCH_SOURCES", request.user, words, MOST + 1, is_forgiving=True)
    return nearest, bool(nearest)
