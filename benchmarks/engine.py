"""What the engine costs, as ratios inside one run: `python -m benchmarks.engine`.

Each figure is the median of five rounds; a round times every contestant once, one after the other, so that
whatever else the machine does falls on all of them alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np
import shewhart
from numpy.typing import NDArray

from measures.spc import RuleSet, analyse, analyse_many

SERIES, POINTS, ROUNDS, SINGLE = 100_000, 36, 5, 200


@dataclass(frozen=True)
class Contest:
    """One claim: what `ours` may cost at most in units of `theirs`."""

    name: str
    ours: str
    theirs: str
    at_most: float


CONTESTS = (
    Contest("Anhøj, 100,000 series of 36, against np.median of the matrix", "anhoej", "median", 6),
    Contest("Perla with splits, freezes and exclusions per series, against the same", "perla", "median", 10),
    Contest(
        "One chart of many, against one shewhart.run_chart", "anhoej per chart", "shewhart per chart", 1 / 50
    ),
)


def contestants(generator: np.random.Generator) -> dict[str, Callable[[], object]]:
    """What is timed, on one matrix of noise with a shift in every third series."""
    matrix: NDArray[np.float64] = generator.normal(size=(SERIES, POINTS))
    matrix[::3, POINTS // 2 :] += 1.5
    splits = generator.integers(8, POINTS - 8, (SERIES, 1))
    freezes = generator.integers(5, POINTS + 1, SERIES)
    excluded = generator.random((SERIES, POINTS)) < 0.03
    better = generator.integers(-1, 2, SERIES)
    singles = list(matrix[:SINGLE])
    return {
        "median": lambda: np.median(matrix, axis=1),
        "anhoej": lambda: analyse_many(matrix, better="down"),
        "perla": lambda: analyse_many(
            matrix, rules=RuleSet.PERLA, splits=splits, freeze=freezes, exclude=excluded, better=better
        ),
        "alone": lambda: [analyse(values, better="down") for values in singles],
        "shewhart": lambda: [shewhart.run_chart(values) for values in singles],
    }


def timings() -> dict[str, float]:
    """Seconds of each contestant, the median of the rounds."""
    timed = contestants(np.random.default_rng(20040220))
    rounds: dict[str, list[float]] = {name: [] for name in timed}
    for name in timed:
        timed[name]()
    for _ in range(ROUNDS):
        for name, run in timed.items():
            start = perf_counter()
            run()
            rounds[name].append(perf_counter() - start)
    seconds = {name: median(taken) for name, taken in rounds.items()}
    seconds["anhoej per chart"] = seconds["anhoej"] / SERIES
    seconds["alone per chart"] = seconds["alone"] / SINGLE
    seconds["shewhart per chart"] = seconds["shewhart"] / SINGLE
    return seconds


def main() -> int:
    """Print the ratios; 1 if one is over its target."""
    seconds = timings()
    for name, taken in seconds.items():
        print(f"{name:20} {1e6 * taken:14,.1f} µs")
    missed = 0
    for contest in CONTESTS:
        ratio = seconds[contest.ours] / seconds[contest.theirs]
        verdict = "met" if ratio <= contest.at_most else "MISSED"
        missed += ratio > contest.at_most
        print(f"{contest.name}: {ratio:.4g} (target {contest.at_most:g} at most): {verdict}")
    alone = seconds["alone per chart"] / seconds["shewhart per chart"]
    print(f"One chart alone through analyse, against one shewhart.run_chart: {alone:.4g} (no target)")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
