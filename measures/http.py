"""What a page asks of a figure: its theme, and its width in px."""

from django.http import HttpRequest

from measures.figures import Theme

NARROWEST, USUAL, WIDEST = 240, 960, 2400


def asked_theme(request: HttpRequest) -> Theme:
    return "dark" if request.GET.get("theme") == "dark" else "light"


def asked_width(request: HttpRequest) -> int:
    """The width asked for, within reason; the usual one where it is no number."""
    asked = request.GET.get("width", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 6
    return min(max(int(asked), NARROWEST), WIDEST) if is_number else USUAL
