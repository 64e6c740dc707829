"""Every sentence the engine says, in English. The caller writes numbers and months."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from measures.spc.result import (
    JUDGED_FROM,
    ChartResult,
    Evidence,
    PartResult,
    RuleSet,
    ShiftBand,
    State,
)

TURNS = {"up": "going up", "down": "going down"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the last part of a chart says: `mark` is a `State.mark`, `since` the shift's first point."""

    mark: str
    headline: str
    short: str
    since: int | None = None


def verdict(
    result: ChartResult, labels: Sequence[str], *, show: Callable[[float], str] = "{:g}".format
) -> Verdict:
    """The verdict on a chart, from its last part.

    `labels` names the points ("March 2003"), one each; `show` writes a value with its unit ("31%"). Raises
    ValueError where labels and points differ in number.

    >>> from measures.spc import analyse
    >>> result = analyse([6, 5, 7, 8, 5, 7, 6, 5, 7, 8, 5, 7] + [3, 2, 1] * 4, freeze=12, better="down")
    >>> verdict(result, [f"week {number}" for number in range(1, 25)]).headline
    'Sustained improvement since week 13: 12 points below the median'
    >>> print(verdict(analyse([30, 32, 31, 29, 33]), list("abcde")).headline)
    5 points so far, 4 of them off the median. Judged from 10.
    """
    if len(labels) != len(result.value):
        raise ValueError(f"{len(labels)} labels for {len(result.value)} points: give one for each point.")
    part, mark = result.parts[-1], result.state.mark
    if result.state is State.NONE:
        return Verdict(mark, "No numbers yet", "No numbers yet")
    if result.state is State.TOO_FEW:
        short = _too_few(part, result.line)
        if len(result.parts) > 1:
            short += f" since {labels[part.first]}"
        return Verdict(mark, f"{short}. Judged from {JUDGED_FROM}.", short)
    if result.evidence is Evidence.NONE:
        short = no_change(part, show)
        opening = f"Steady since {labels[part.first]}" if len(result.parts) > 1 else "No change yet"
        return Verdict(mark, f"{opening}: {short}", short)
    if result.evidence is Evidence.CURRENT_SHIFT:
        band = result.shift_bands[-1]
        short = run(band.length, band.side, result.line)
        return Verdict(
            mark, f"{_opening(result.state)} since {labels[band.first]}: {short}", short, band.first
        )
    short = _evidence(result, labels)
    lean = f"; most of the latest points lie {result.lean} the {result.line}" if result.lean else ""
    return Verdict(mark, short + lean, short)


def _opening(state: State) -> str:
    return {
        State.IMPROVEMENT: "Sustained improvement",
        State.CONCERN: "A shift in the wrong direction",
    }.get(state, "A shift")


def _too_few(part: PartResult, line: str) -> str:
    if not part.useful:
        return f"{_points(part.observed)}, none off the {line}"
    off = f", {part.useful} of them off the {line}" if part.useful < part.observed else ""
    return f"{_points(part.observed)} so far{off}"


def no_change(part: PartResult, show: Callable[[float], str]) -> str:
    """ "24 points around 31%"."""
    return f"{_points(part.observed)} around {show(part.centre or 0.0)}"


def _evidence(result: ChartResult, labels: Sequence[str]) -> str:
    """The rule that was seen, where it is not a shift still going on."""
    part = result.parts[-1]
    if result.evidence is Evidence.PAST_SHIFT:
        band = result.shift_bands[-1]
        seen = run(band.length, band.side, result.line)
        return f"An earlier shift, {labels[band.first]} to {labels[band.last]}: {seen}"
    if result.evidence is Evidence.TREND:
        return [signal.sentence for signal in result.signals if signal.rule == "trend"][-1]
    if result.evidence is Evidence.FEW_CROSSINGS:
        return few_crossings(part, result.rules)
    if result.evidence is Evidence.MANY_CROSSINGS:
        return many_runs(part)
    return runs_and_crossings(part)


def run(length: int, side: str, line: str) -> str:
    """ "11 points below the median"."""
    return f"{_points(length)} {side} the {line}"


def shift(length: int, side: str, line: str) -> str:
    """ "Shift: 11 points below the median"."""
    return f"Shift: {run(length, side, line)}"


def trend(length: int, direction: str) -> str:
    """ "Trend: 6 points going up"."""
    return f"Trend: {_points(length)} {TURNS[direction]}"


def few_crossings(part: PartResult, rules: RuleSet) -> str:
    """Too few crossings; Perla's table counts runs, which are one more."""
    if rules is RuleSet.PERLA:
        return f"Fewer runs than chance explains: {part.crossings + 1} of at least {part.crossings_limit + 1}"
    return f"Fewer crossings than chance explains: {part.crossings} of at least {part.crossings_limit}"


def many_runs(part: PartResult) -> str:
    """Perla's other tail: values that jump from side to side."""
    return (
        f"More runs than chance explains: {part.crossings + 1} of at most {(part.crossings_upper or 0) + 1}"
    )


def runs_and_crossings(part: PartResult) -> str:
    """The cut corner of the cut box: neither is unusual alone."""
    return (
        f"Longest run and crossings are unusual together: {_points(part.longest_run)} in a row "
        f"with {part.crossings} crossings"
    )


def why(result: ChartResult, position: int) -> str:
    """Why a point carries its mark; empty for common cause and for parts not judged yet.

    >>> from measures.spc import analyse
    >>> result = analyse([2, 1, 3, 1, 3, 1, 3, 1, *[9] * 8, 1], freeze=7, exclude=[0], better="up")
    >>> why(result, 10), why(result, 0)
    ('3rd of 8 points in a row above the median', 'Excluded: shown, but not used for the median or the rules')
    >>> why(result, 16)
    ''
    """
    if not result.included[position]:
        return f"Excluded: shown, but not used for the {result.line} or the rules"
    if result.value[position] is None:
        return "No number"
    for band in result.shift_bands:
        if band.first <= position <= band.last:
            return _place_in_run(result, band, position)
    for signal in result.signals:
        if signal.rule == "trend" and position in signal.points:
            return signal.sentence
    return ""


def _place_in_run(result: ChartResult, band: ShiftBand, position: int) -> str:
    if not result.side[position]:
        return f"On the {result.line}: it neither counts nor breaks the run"
    place = sum(1 for side in result.side[band.first : position + 1] if side)
    return f"{ordinal(place)} of {_points(band.length)} in a row {band.side} the {result.line}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '102nd', '111th']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}" + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _points(number: int) -> str:
    return "1 point" if number == 1 else f"{number} points"
