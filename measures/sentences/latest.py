"""What a chart says beside its runs: the ranks of the latest points, a number far off, rules that do not apply.

The caller writes months and numbers.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from measures.spc import ChartResult, State

RANKS: dict[str, Any] = {
    "above": ngettext_lazy(
        "the latest %(count)d point ranks higher than those before",
        "the latest %(count)d points rank higher than those before",
        "count",
    ),
    "below": ngettext_lazy(
        "the latest %(count)d point ranks lower than those before",
        "the latest %(count)d points rank lower than those before",
        "count",
    ),
}
SHORT_RANKS: dict[str, Any] = {
    "above": ngettext_lazy("latest %(count)d point higher", "latest %(count)d points higher", "count"),
    "below": ngettext_lazy("latest %(count)d point lower", "latest %(count)d points lower", "count"),
}
PLACES: dict[str, Any] = {
    "above": gettext_lazy("Point %(place)d of the latest %(count)d, which rank higher than those before"),
    "below": gettext_lazy("Point %(place)d of the latest %(count)d, which rank lower than those before"),
}
SINCE = {
    State.IMPROVEMENT: gettext_lazy("Improvement since %(month)s: %(evidence)s"),
    State.CONCERN: gettext_lazy("A change in the wrong direction since %(month)s: %(evidence)s"),
    State.UNUSUAL: gettext_lazy("A change since %(month)s: %(evidence)s"),
}
WHY_RANKS = {
    "lowest": gettext_lazy(
        "%(verdict)s. The median lies at %(median)s, the lowest value there is: ranks decide."
    ),
    "highest": gettext_lazy(
        "%(verdict)s. The median lies at %(median)s, the highest value there is: ranks decide."
    ),
    "uneven": gettext_lazy(
        "%(verdict)s. Too few points lie on one side of the median of %(median)s: ranks decide."
    ),
}
NO_RULES = {
    "lowest": gettext_lazy(
        "No shift is seen, and the run rules do not apply: the median lies at %(median)s, the lowest value there is. "
        "The time or the cases between events show more."
    ),
    "highest": gettext_lazy(
        "No shift is seen, and the run rules do not apply: the median lies at %(median)s, the highest value there is. "
        "The time or the cases between those that fall short show more."
    ),
    "single": gettext_lazy(
        "No shift is seen, and the run rules do not apply: each point is %(low)s or %(high)s, as of one patient, and "
        "that is too few for a percent. Longer periods show more."
    ),
    "uneven": gettext_lazy(
        "No shift is seen, and the run rules do not apply: points on the median of %(median)s leave too few on one "
        "side. More decimals or longer periods show more."
    ),
}
FAR = {
    "up": gettext_lazy("Unusual, one number: %(value)s in %(month)s lies far above the other points"),
    "down": gettext_lazy("Unusual, one number: %(value)s in %(month)s lies far below the other points"),
}
FAR_POINTS = {
    "up": gettext_lazy("Far above the other points"),
    "down": gettext_lazy("Far below the other points"),
}

Show = Callable[[float], str]


def latest_ranks(length: int, side: str) -> str:
    """ "latest 14 points lower"."""
    return str(SHORT_RANKS[side] % {"count": length})


def ranks(length: int, side: str) -> str:
    """ "the latest 14 points rank lower than those before"."""
    return str(RANKS[side] % {"count": length})


def place_in_ranks(place: int, length: int, side: str) -> str:
    """Why a point of such a stretch is marked."""
    return str(PLACES[side] % {"place": place, "count": length})


def no_rules(count: int) -> str:
    """ "24 points, rules not applicable"."""
    words = ngettext("%(count)d point, rules not applicable", "%(count)d points, rules not applicable", count)
    return words % {"count": count}


def ranks_headline(result: ChartResult, labels: Sequence[str], show: Show) -> str:
    """Since when the latest points rank apart, and why that was looked at where the rules could not tell."""
    band, part = result.shift_bands[-1], result.parts[-1]
    evidence = ranks(band.length, band.side)
    headline = SINCE[result.state] % {"month": labels[band.first], "evidence": evidence}
    if part.rules_apply:
        return headline
    return WHY_RANKS[_place_of_line(result)] % {"verdict": headline, "median": show(part.centre or 0.0)}


def no_rules_headline(result: ChartResult, show: Show) -> str:
    """Why the rules do not apply, and what shows more."""
    numbers, place = _numbers(result), _place_of_line(result)
    if place != "uneven" and _is_of_single_cases(numbers):
        place = "single"
    low, high = show(min(numbers)), show(max(numbers))
    return NO_RULES[place] % {"median": show(result.parts[-1].centre or 0.0), "low": low, "high": high}


def far_headline(result: ChartResult, labels: Sequence[str], show: Show) -> str:
    """Which month stands apart."""
    fired = next(fired for fired in result.signals if fired.rule == "far")
    at = fired.points[0]
    value = show(result.value[at] or 0.0)
    return FAR[fired.direction or "up"] % {"value": value, "month": labels[at]}


def _numbers(result: ChartResult) -> list[float]:
    """The numbers of the last part that are not left out."""
    last = len(result.parts) - 1
    seen = zip(result.value, result.part, result.included, strict=True)
    return [value for value, part, included in seen if value is not None and part == last and included]


def _place_of_line(result: ChartResult) -> str:
    """Where the line lies among the numbers: at an end, or with too few on one of its sides."""
    last, part = result.parts[-1], len(result.parts) - 1
    sides = {side for side, of in zip(result.side, result.part, strict=True) if of == part and side}
    if len(sides) == 1 and last.useful < last.observed:
        return "lowest" if sides == {1} else "highest"
    return "uneven"


def _is_of_single_cases(numbers: list[float]) -> bool:
    """Whether each number is 0 or 100 (or 1,000): a share of one case."""
    high = max(numbers)
    return high in {100.0, 1000.0} and set(numbers) == {0.0, high}
