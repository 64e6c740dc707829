"""The sentences of a chart: its verdict, its signals, and why a point carries its mark.

The caller writes months and numbers. A sentence that speaks of the line names it itself, for in most languages the
words around it change with it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from measures.sentences import latest
from measures.spc import ChartResult, Evidence, PartResult, ShiftBand, Signal, State
from measures.spc.result import JUDGED_FROM

MEDIAN = "median"
"""What the line of a run chart is, unless one was given: then it is a centre line."""

RUNS: dict[tuple[str, bool], Any] = {
    ("above", True): ngettext_lazy(
        "%(count)d point above the median", "%(count)d points above the median", "count"
    ),
    ("below", True): ngettext_lazy(
        "%(count)d point below the median", "%(count)d points below the median", "count"
    ),
    ("above", False): ngettext_lazy(
        "%(count)d point above the centre line", "%(count)d points above the centre line", "count"
    ),
    ("below", False): ngettext_lazy(
        "%(count)d point below the centre line", "%(count)d points below the centre line", "count"
    ),
}
LEANS: dict[tuple[str, bool], Any] = {
    ("above", True): gettext_lazy("%(evidence)s; most of the latest points lie above the median"),
    ("below", True): gettext_lazy("%(evidence)s; most of the latest points lie below the median"),
    ("above", False): gettext_lazy("%(evidence)s; most of the latest points lie above the centre line"),
    ("below", False): gettext_lazy("%(evidence)s; most of the latest points lie below the centre line"),
}
SHIFTS_SINCE = {
    State.IMPROVEMENT: gettext_lazy("Sustained improvement since %(month)s: %(evidence)s"),
    State.CONCERN: gettext_lazy("A shift in the wrong direction since %(month)s: %(evidence)s"),
}
TRENDS = {
    "up": ngettext_lazy("Trend: %(count)d point going up", "Trend: %(count)d points going up", "count"),
    "down": ngettext_lazy("Trend: %(count)d point going down", "Trend: %(count)d points going down", "count"),
}
TOGETHER = ngettext_lazy(
    "Longest run and crossings are unusual together: %(points)d points in a row with %(crossings)d crossing",
    "Longest run and crossings are unusual together: %(points)d points in a row with %(crossings)d crossings",
    "crossings",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the last part of a chart says: `mark` is a `State.mark`, `since` the shift's first point, `about` the one
    point that it speaks of."""

    mark: str
    headline: str
    short: str
    since: int | None = None
    about: int | None = None


def verdict(
    result: ChartResult, labels: Sequence[str], *, show: Callable[[float], str] = "{:g}".format
) -> Verdict:
    """The verdict on a chart, from its last part.

    `labels` names the points ("March 2003"), one each; `show` writes a value with its unit ("31%"). Raises
    ValueError where labels and points differ in number.
    """
    if len(labels) != len(result.value):
        raise ValueError(f"{len(labels)} labels for {len(result.value)} points: give one for each point.")
    mark = result.state.mark
    if result.state is State.NONE:
        return Verdict(mark, _("No numbers yet"), _("No numbers yet"))
    if result.state is State.TOO_FEW:
        return _too_few(result, labels, show)
    if apart := _apart_from_runs(result, labels, show):
        return apart
    if result.evidence is Evidence.NONE:
        return _no_change(result, labels, around(result.parts[-1], show))
    if result.evidence in {Evidence.CURRENT_SHIFT, Evidence.HELD_SHIFT}:
        return _current_shift(result, labels)
    short = _evidence(result, labels)
    lean = LEANS[result.lean, result.line == MEDIAN] if result.lean else "%(evidence)s"
    return Verdict(mark, lean % {"evidence": short}, short)


def _apart_from_runs(
    result: ChartResult, labels: Sequence[str], show: Callable[[float], str]
) -> Verdict | None:
    """The verdict where it does not rest on runs; None where it does."""
    mark = result.state.mark
    if result.state is State.NO_RULES:
        short = latest.no_rules(result.parts[-1].observed)
        return Verdict(mark, latest.no_rules_headline(result, show), short)
    if result.evidence is Evidence.RANKS:
        band = result.shift_bands[-1]
        short = latest.latest_ranks(band.length, band.side)
        return Verdict(mark, latest.ranks_headline(result, labels, show), short, band.first)
    if result.evidence is Evidence.FAR_NUMBER:
        headline = latest.far_headline(result, labels, show)
        return Verdict(mark, headline, headline, about=result.far)
    return None


def _too_few(result: ChartResult, labels: Sequence[str], show: Callable[[float], str]) -> Verdict:
    part = result.parts[-1]
    short = _so_far(part, is_median=result.line == MEDIAN)
    if len(result.parts) > 1:
        short = _("%(points)s since %(month)s") % {"points": short, "month": labels[part.first]}
    if not part.useful and part.observed >= JUDGED_FROM and part.centre is not None:
        said = {"points": short, "value": show(part.centre)}
        headline = _("%(points)s, at %(value)s: nothing varies, so there is nothing to judge.") % said
    else:
        headline = _("%(points)s. Judged from %(least)d.") % {"points": short, "least": JUDGED_FROM}
    return Verdict(result.state.mark, headline, short)


def _so_far(part: PartResult, *, is_median: bool) -> str:
    if not part.useful:
        return all_equal(part.observed)
    if part.useful == part.observed:
        return so_far(part.observed)
    if is_median:
        some_off = ngettext(
            "%(count)d point so far, %(useful)d off the median",
            "%(count)d points so far, %(useful)d of them off the median",
            part.observed,
        )
    else:
        some_off = ngettext(
            "%(count)d point so far, %(useful)d off the centre line",
            "%(count)d points so far, %(useful)d of them off the centre line",
            part.observed,
        )
    return some_off % {"count": part.observed, "useful": part.useful}


def all_equal(count: int) -> str:
    """ "24 points, all equal": each lies on the line."""
    if count < 2:
        return so_far(count)
    return ngettext("%(count)d point, all equal", "%(count)d points, all equal", count) % {"count": count}


def so_far(count: int) -> str:
    """ "7 points so far"."""
    return ngettext("%(count)d point so far", "%(count)d points so far", count) % {"count": count}


def _no_change(result: ChartResult, labels: Sequence[str], short: str) -> Verdict:
    if len(result.parts) > 1:
        said, first = _("Steady since %(month)s: %(evidence)s"), result.parts[-1].first
        return Verdict(result.state.mark, said % {"month": labels[first], "evidence": short}, short)
    return Verdict(result.state.mark, _("No change yet: %(evidence)s") % {"evidence": short}, short)


def _current_shift(result: ChartResult, labels: Sequence[str]) -> Verdict:
    band = result.shift_bands[-1]
    short = run(band.length, band.side, line=result.line)
    since = SHIFTS_SINCE.get(result.state) or _("A shift since %(month)s: %(evidence)s")
    evidence = short
    if after := _after(result, band):
        evidence = _("%(shift)s; %(after)s") % {"shift": short, "after": after}
    headline = since % {"month": labels[band.first], "evidence": evidence}
    return Verdict(result.state.mark, headline, short, band.first)


def _after(result: ChartResult, band: ShiftBand) -> str:
    """What came after a shift that is not over: how many points, and how many of them on the other side."""
    after = [side for side in result.side[band.last + 1 :] if side]
    if not after:
        return ""
    went = sum((side > 0) != (band.side == "above") for side in after)
    words = ngettext(
        "the point since then lies on the other side",
        "of the %(count)d points since then %(went)d on the other side",
        len(after),
    )
    return words % {"count": len(after), "went": went}


def around(part: PartResult, show: Callable[[float], str]) -> str:
    """ "24 points around 31%"."""
    around_middle = ngettext(
        "%(count)d point around %(middle)s", "%(count)d points around %(middle)s", part.observed
    )
    return around_middle % {"count": part.observed, "middle": show(part.centre or 0.0)}


def _evidence(result: ChartResult, labels: Sequence[str]) -> str:
    """The rule that was seen, where it is not a shift still going on."""
    if result.evidence is Evidence.PAST_SHIFT:
        band = result.shift_bands[-1]
        return _("An earlier shift, %(first)s to %(last)s: %(evidence)s") % {
            "first": labels[band.first],
            "last": labels[band.last],
            "evidence": run(band.length, band.side, line=result.line),
        }
    rules = {
        Evidence.TREND: {"trend"},
        Evidence.FEW_CROSSINGS: {"crossings", "few_runs"},
        Evidence.MANY_CROSSINGS: {"many_runs"},
        Evidence.RUNS_AND_CROSSINGS: {"cut_box"},
    }[result.evidence]
    return said([fired for fired in result.signals if fired.rule in rules][-1], line=result.line, side="")


def run(length: int, side: str, *, line: str = MEDIAN) -> str:
    """ "11 points below the median"; `side` is "above" or "below"."""
    return str(RUNS[side, line == MEDIAN] % {"count": length})


def shift(length: int, side: str, *, line: str = MEDIAN) -> str:
    """ "Shift: 11 points below the median"."""
    return _("Shift: %(evidence)s") % {"evidence": run(length, side, line=line)}


def earlier_shift(length: int, side: str, *, line: str = MEDIAN) -> str:
    """ "Earlier shift: 11 points below the median": the verdict speaks of something else."""
    return _("Earlier shift: %(evidence)s") % {"evidence": run(length, side, line=line)}


def band(drawn: ShiftBand, *, line: str = MEDIAN) -> str:
    """The sentence over a band."""
    if drawn.is_past:
        return earlier_shift(drawn.length, drawn.side, line=line)
    if drawn.is_by_ranks:
        return _("Shift: %(evidence)s") % {"evidence": latest.ranks(drawn.length, drawn.side)}
    return shift(drawn.length, drawn.side, line=line)


def signal(result: ChartResult, fired: Signal) -> str:
    """One firing of one rule.

    >>> from measures.spc import analyse
    >>> result = analyse([9] * 10 + [1] * 10, better="down")
    >>> [signal(result, fired) for fired in result.signals][1:]
    ['Shift: 10 points below the median', 'Fewer crossings than chance explains: 1 of at least 6']
    """
    return said(fired, line=result.line, side="above" if fired.direction == "up" else "below")


def said(fired: Signal, *, line: str, side: str) -> str:
    """The sentence of a signal's rule with its values in it."""
    values = fired.values
    if fired.rule == "shift":
        told = earlier_shift if fired.is_past else shift
        return told(values["points"], side, line=line)
    if fired.rule == "ranks":
        return _("Shift: %(evidence)s") % {"evidence": latest.ranks(values["points"], side)}
    if fired.rule == "far":
        return str(latest.FAR_POINTS[fired.direction or "up"])
    if fired.rule == "trend":
        return str(TRENDS[fired.direction or "up"] % {"count": values["points"]})
    if fired.rule == "cut_box":
        return str(TOGETHER % values)
    return {
        "crossings": _("Fewer crossings than chance explains: %(crossings)d of at least %(least)d"),
        "few_runs": _("Fewer runs than chance explains: %(runs)d of at least %(least)d"),
        "many_runs": _("More runs than chance explains: %(runs)d of at most %(most)d"),
    }[fired.rule] % values
