"""The rules once more, one point at a time in plain Python, so that the engine's arrays have someone to agree with."""

from dataclasses import dataclass
from math import comb, isnan, log2, sqrt
from statistics import median

import numpy as np

from measures.spc import RuleSet
from measures.spc.rules.boxes import BOXES
from measures.spc.rules.ranks import CRITICAL, CRITICAL_ALONE, LEAST, UNLIKE, critical


@dataclass
class Seen:
    """What one part says."""

    centre: float | None
    useful: int
    longest: int
    crossings: int
    unusual: bool
    in_run: list[int]
    runs: list[list[int]]
    sides: dict[int, int]
    trends: list[list[int]]


def edges(length: int, splits: list[int]) -> list[tuple[int, int]]:
    return list(zip([0, *splits], [*splits, length], strict=True))


def see_part(
    values: list[float], first: int, end: int, *, freeze: int | None, exclude: list[int], rules: RuleSet
) -> Seen:
    looked_at = [at for at in range(first, end) if at not in exclude and not isnan(values[at])]
    frozen = freeze is not None and first < freeze < end
    base = [values[at] for at in looked_at if not frozen or at < freeze]
    centre = median(base) if base else None
    sides = {} if centre is None else {at: (values[at] > centre) - (values[at] < centre) for at in looked_at}
    sides = {at: side for at, side in sides.items() if side}
    runs: list[list[int]] = []
    for at, side in sides.items():
        if runs and sides[runs[-1][-1]] == side:
            runs[-1].append(at)
        else:
            runs.append([at])
    longest, crossings = max(map(len, runs), default=0), max(len(runs) - 1, 0)
    trends = see_trends(values, looked_at) if rules is RuleSet.PERLA else []
    limit = run_limit(len(sides), rules)
    unusual = bool(sides) and is_unusual(len(sides), longest, crossings, rules)
    return Seen(
        centre=centre,
        useful=len(sides),
        longest=longest,
        crossings=crossings,
        unusual=unusual or bool(trends),
        in_run=[at for run in runs if len(run) > limit for at in run],
        runs=[run for run in runs if len(run) > limit],
        sides=sides,
        trends=trends,
    )


def run_limit(useful: int, rules: RuleSet) -> int:
    if not useful:
        return 0
    if rules is RuleSet.PERLA:
        return 5
    if rules is not RuleSet.ANHOEJ and useful in BOXES:
        return BOXES[useful].longest
    return round(log2(useful)) + 3


def quantile(coins: int) -> int:
    heads, below = 0, comb(coins, 0)
    while below / 2**coins < 0.05:
        heads += 1
        below += comb(coins, heads)
    return heads


def is_unusual(useful: int, longest: int, crossings: int, rules: RuleSet) -> bool:
    limit = run_limit(useful, rules)
    if rules is RuleSet.PERLA:
        return longest > limit or not usual_runs(useful, crossings + 1)
    if rules is RuleSet.ANHOEJ or useful not in BOXES:
        return longest > limit or crossings < quantile(useful - 1)
    box = BOXES[useful]
    if rules is RuleSet.BEST_BOX or box.corner_run is None:
        return not (crossings >= box.crossings and longest <= box.longest)
    return not (
        (crossings >= box.crossings + 1 and longest <= box.longest - 1)
        or (crossings == box.crossings and longest <= box.corner_run)
        or (crossings >= box.corner_crossings and longest <= box.longest)
    )


def usual_runs(useful: int, runs: int) -> bool:
    if useful < 10:
        return True
    few, many = useful // 2, useful - useful // 2
    ways = [arrangements(few, many, number) for number in range(useful + 1)]
    allowed = comb(useful, few) / 20
    low = max(number for number in range(1, useful) if sum(ways[: number + 1]) <= allowed)
    high = min(number for number in range(2, useful + 1) if sum(ways[number:]) <= allowed)
    return low <= runs <= high


def arrangements(few: int, many: int, runs: int) -> int:
    """Orders of two kinds in this many runs, by the kind that comes first."""

    def kinds(first: int, second: int) -> int:
        a, b = (runs + 1) // 2, runs // 2
        return comb(first - 1, a - 1) * comb(second - 1, b - 1) if b else 0

    return kinds(few, many) + kinds(many, few)


def see_trends(values: list[float], looked_at: list[int]) -> list[list[int]]:
    """Trends by their points, those that only repeat the value before left out."""
    found = []
    for way in (1, -1):
        trend: list[int] = []
        for at in looked_at:
            step = way * (values[at] - values[trend[-1]]) if trend else 1
            if step > 0:
                trend.append(at)
            elif step < 0:
                found.append(trend)
                trend = [at]
        found.append(trend)
    return [trend for trend in found if len(trend) >= 5]


def do_rules_apply(
    values: list[float], edge: tuple[int, int], seen: Seen, *, freeze: int | None, exclude: list[int]
) -> bool:
    """Whether the line lies so that the run rules may be asked."""
    first, end = edge
    known = [at for at in range(first, end) if at not in exclude and not isnan(values[at])]
    above, below = (sum(side == way for side in seen.sides.values()) for way in (1, -1))
    if not above + below:
        return True
    if min(above, below) == 0 and above + below < len(known):
        return False
    if freeze is not None and first < freeze < end:
        return {seen.sides[at] for at in seen.sides if at < freeze} == {1, -1}
    return (above - below) ** 2 <= 2 * (above + below)


def lean_of(seen: Seen) -> int:
    """The side of two thirds of the latest half and of the newest."""
    newest = list(seen.sides)
    half = [seen.sides[at] for at in newest[len(newest) - len(newest) // 2 :]]
    return next((way for way in (1, -1) if 3 * half.count(way) >= 2 * len(half) and half[-1:] == [way]), 0)


def holds(seen: Seen) -> bool:
    """Whether the latest long run is not over: under two points after it went, or under half of those that stayed."""
    if not seen.runs:
        return False
    side = seen.sides[seen.runs[-1][0]]
    after = [seen.sides[at] for at in seen.sides if at > seen.runs[-1][-1]]
    went, stayed = after.count(-side), after.count(side)
    return went < 2 or 2 * went < stayed


def claimed(seen: Seen, ranks: int, *, is_past_shift: bool) -> int:
    """The side that the runs claim, or that the ranks claim in their stead; 0 where the two differ."""
    newest = list(seen.sides)[-1]
    if seen.runs and seen.runs[-1][-1] == newest:
        return seen.sides[newest]
    if holds(seen) and ranks != -seen.sides[seen.runs[-1][0]]:
        return seen.sides[seen.runs[-1][0]]
    lean = 0 if is_past_shift else lean_of(seen)
    return 0 if lean * ranks < 0 else lean or ranks


def scanned(values: list[float], from_point: int = 0, *, alone: bool = False) -> tuple[int, int]:
    """The scan once more, cut by cut: the first point of the latest stretch, and its side."""
    known = [(at, value) for at, value in enumerate(values) if not isnan(value)]
    n = len(known)
    scores = [sum((other < value) - (other > value) for _, other in known) for _, value in known]
    squares = sum(score * score for score in scores)
    equal = n - UNLIKE
    if n < 2 * LEAST or 3 * squares < n**3 - n - (equal**3 - equal) - (UNLIKE**3 - UNLIKE):
        return -1, 0
    best, first, side = 0.0, -1, 0
    for cut in range(LEAST, n - LEAST + 1):
        if known[cut][0] < from_point:
            continue
        later = sum(scores[cut:])
        deviate = abs(later) / sqrt(cut * (n - cut) / (n * (n - 1)) * squares)
        if deviate > best + 1e-5:
            best, first, side = deviate, known[cut][0], (later > 0) - (later < 0)
    is_found = (
        best > float(critical(np.array([n]), table=CRITICAL_ALONE if alone else CRITICAL)[0])
        and sum(scores[-LEAST:]) * side > 0
    )
    return (first, side) if is_found else (-1, 0)
