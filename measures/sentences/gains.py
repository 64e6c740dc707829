"""What a part of a chart gained over the part before it, in words: the two medians, and how far they lie apart.

The caller writes months and numbers. *Better* is said where a direction is, and where chance does not explain it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PERCENT = {1: gettext_lazy("%(size)s%% higher"), -1: gettext_lazy("%(size)s%% lower")}
POINTS = {
    1: gettext_lazy("%(size)s percentage points higher"),
    -1: gettext_lazy("%(size)s percentage points lower"),
}
PLAIN = {1: gettext_lazy("higher"), -1: gettext_lazy("lower")}
JUDGED = {
    True: gettext_lazy("%(change)s, better"),
    False: gettext_lazy("%(change)s, worse"),
    None: gettext_lazy("%(change)s"),
}
BY_CHANCE = gettext_lazy("%(change)s, no more than chance explains")


@dataclass(frozen=True, slots=True)
class MedianChange:
    """From one median to the next. `size` is written, "58" or "12.5"; empty where no number says it fairly."""

    side: int  # 1: higher, -1: lower, 0: the same as shown
    size: str
    is_share: bool  # the unit is a percentage, so that the difference is of percentage points
    is_told: bool  # chance does not explain it
    is_improvement: bool | None  # None: no direction is better


def sentence(month: str, new: str, old: str, change: MedianChange) -> str:
    """Below the headline of a chart: "Median 1.74 since March 2025, before it 4.10: 58% lower, better"."""
    said = {"new": new, "month": month, "old": old, "change": _change(change)}
    if not change.side:
        return _("Median %(new)s since %(month)s, as before it") % said
    return _("Median %(new)s since %(month)s, before it %(old)s: %(change)s") % said


def short(new: str, old: str, change: MedianChange) -> str:
    """In a list: "median 4.10, then 1.74: 58% lower, better"; nothing where the two are the same."""
    if not change.side:
        return ""
    return _("median %(old)s, then %(new)s: %(change)s") % {"new": new, "old": old, "change": _change(change)}


def beside(says: str, gained: str) -> str:
    """What a chart says, and what its last part gained, in one line."""
    return _("%(says)s; %(gained)s") % {"says": says, "gained": gained} if gained else says


def _change(change: MedianChange) -> str:
    if not change.side:
        return ""
    words = PLAIN
    if change.size:
        words = POINTS if change.is_share else PERCENT
    said = {"change": words[change.side] % {"size": change.size}}
    return str((JUDGED[change.is_improvement] if change.is_told else BY_CHANCE) % said)
