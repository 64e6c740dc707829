"""Colour tokens read from the style sheet itself, and what WCAG says of each pair: `/style/` prints them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

SHEET = "static/css/tokens.css"
THEMES = {"light": ".theme-light {", "dark": ".theme-dark {"}

# name, what it is for, and what its contrast is measured against: None where it carries no meaning alone
USES: tuple[tuple[str, str, str | None], ...] = (
    ("canvas", "page", "ink"),
    ("sunken", "aside, open column", "ink"),
    ("raised", "floating panel", "ink"),
    ("hover", "row under pointer", "ink"),
    ("line", "row rule", None),
    ("line-2", "frame", None),
    ("edge", "field border", "canvas"),
    ("ink", "text, primary action", "canvas"),
    ("ink-2", "second text, median", "canvas"),
    ("ink-3", "third text", "canvas"),
    ("on-ink", "text on ink", "ink"),
    ("better", "improvement mark", "canvas"),
    ("better-ink", "improvement words", "canvas"),
    ("better-tint", "shift band", "better-ink"),
    ("concern", "concern mark", "canvas"),
    ("concern-ink", "concern words", "canvas"),
    ("concern-tint", "shift band", "concern-ink"),
    ("common", "common cause", "canvas"),
    ("common-line", "connecting line", None),
    ("common-tint", "badge", "ink-2"),
    ("invalid", "not saved", "canvas"),
    ("invalid-tint", "", "invalid"),
    ("warn", "check this", "canvas"),
    ("warn-tint", "", "warn"),
    ("conflict", "two entries", "canvas"),
    ("conflict-tint", "", "conflict"),
)


@dataclass(frozen=True, slots=True)
class Token:
    name: str
    use: str
    value: str  # "#1763B6"
    against: str  # the token its contrast is measured against, or ""
    ratio: float | None

    @property
    def words(self) -> str:
        """The last column of the style page: "6.0", "ink 17.8", "text 6.9", "decoration"."""
        if self.ratio is None:
            return "decoration"
        before = {"canvas": "", "ink": "ink "}.get(self.against, "text ")
        return f"{before}{self.ratio:.1f}"


@cache
def theme(name: str) -> dict[str, str]:
    """Token names and their colours in one theme, "light" or "dark", as tokens.css gives them."""
    sheet = (Path(settings.BASE_DIR) / SHEET).read_text(encoding="utf-8")
    rules = sheet.split(THEMES[name], 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", rules))


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB", 0 for black to 1 for white.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, definition of relative luminance.
    """
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours "#RRGGBB", 1 to 21.

    References
    ----------
    Web Content Accessibility Guidelines 2.2, definition of contrast ratio.

    >>> contrast("#FFFFFF", "#000000")
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tokens(name: str) -> tuple[Token, ...]:
    """Every colour token of a theme with its use and its contrast."""
    colours = theme(name)
    return tuple(
        Token(
            name=token,
            use=use,
            value=colours[token],
            against=against or "",
            ratio=contrast(colours[token], colours[against]) if against else None,
        )
        for token, use, against in USES
    )
