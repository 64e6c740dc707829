"""The charts of the style page, and their figures."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from measures.figures import run_chart
from measures.http import asked_theme, asked_width
from measures.pages.style import concern, improvement, sparks
from p2.web.http import in_english

EXAMPLES = {"improvement": improvement, "concern": concern}


def page() -> dict[str, Any]:
    """What `measures/_style_charts.html` draws, with the addresses of its figures."""
    return {
        "improvement": improvement(),
        "concern": concern(),
        "sparks": sparks(),
        "better_src": reverse("measures:style_figure", args=["improvement"]),
        "worse_src": reverse("measures:style_figure", args=["concern"]),
    }


@require_safe
@in_english
def figure(request: HttpRequest, name: str) -> JsonResponse:
    """The figure of an example, in the theme and width that the page asks for."""
    if name not in EXAMPLES:
        raise Http404(f"No example is called {name}.")
    drawn = run_chart(EXAMPLES[name](), theme=asked_theme(request), width=asked_width(request), height=300)
    return JsonResponse(drawn)
