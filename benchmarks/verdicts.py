"""What the verdicts cost and find, by simulation: `python -m benchmarks verdicts`.

Stable series of the shapes that people log are judged as a page judges them, and counted: how many of 100 are called a
concern, an improvement, unusual; then series that change. docs/why/012 holds the table that this prints.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.spc import RuleSet, State, analyse_many
from measures.spc.rules.ranks import CRITICAL, CRITICAL_ALONE, LENGTHS, critical, largest_deviates

SEED, SERIES, SERIES_FOR_TABLE = 20_040_220, 10_000, 40_000
POINTS = (12, 18, 24, 36, 48, 60)
FROZEN = 12
MOST_DIRECTED, MOST_FIRED = 5.0, 8.0
"""Of 100 stable series under Anhøj without a freeze: concern and improvement at most, and with *unusual*."""

Numbers = NDArray[np.float64]
Draw = Callable[[np.random.Generator, tuple[int, int]], Numbers]


def _poisson(mean: float) -> Draw:
    return lambda generator, size: generator.poisson(mean, size).astype(float)


def _share(share: float, of: int) -> Draw:
    return lambda generator, size: generator.binomial(of, share, size) / of


def _share_of_varying(share: float, low: int, high: int) -> Draw:
    def draw(generator: np.random.Generator, size: tuple[int, int]) -> Numbers:
        of = generator.integers(low, high + 1, size)
        return generator.binomial(of, share) / of

    return draw


def _rate(generator: np.random.Generator, size: tuple[int, int]) -> Numbers:
    exposure = generator.integers(800, 1201, size)
    return generator.poisson(3 * exposure / 1000) / exposure * 1000


def _normal(mean: float) -> Draw:
    return lambda generator, size: generator.normal(mean, 1, size)


SHAPES: dict[str, Draw] = {
    "mean, normal": _normal(12),
    "mean, whole numbers": lambda generator, size: np.round(generator.normal(12, 1.5, size)),
    "mean, skewed": lambda generator, size: np.exp(generator.normal(0, 0.5, size)),
    "days between": lambda generator, size: np.round(generator.exponential(20, size)),
    "count, mean 0.05": _poisson(0.05),
    "count, mean 0.2": _poisson(0.2),
    "count, mean 0.5": _poisson(0.5),
    "count, mean 1": _poisson(1),
    "count, mean 2": _poisson(2),
    "count, mean 4": _poisson(4),
    "count, mean 10": _poisson(10),
    "rate, 3 per 1,000": _rate,
    "70 % of 1": _share(0.7, 1),
    "2 % of 50": _share(0.02, 50),
    "50 % of 40": _share(0.5, 40),
    "90 % of 30": _share(0.9, 30),
    "98 % of 30": _share(0.98, 30),
    "98 % of 20 to 40": _share_of_varying(0.98, 20, 40),
    "99.5 % of 100": _share(0.995, 100),
}


@dataclass(frozen=True)
class Change:
    """A change for the worse after twelve points, and how many of 100 series must be called a concern at the twelfth
    point after it; `frozen` where the first twelve are the baseline."""

    name: str
    before: Draw
    after: Draw
    least: float
    least_frozen: float


CHANGES = (
    Change("mean up by 1.5 standard deviations", _normal(0), _normal(1.5), 29, 61),
    Change("0.5 to 2 events a month", _poisson(0.5), _poisson(2), 65, 65),
    Change("2 to 8 of 100 not done, of 30", _share(0.02, 30), _share(0.08, 30), 65, 65),
    Change("4 to 7 events a month", _poisson(4), _poisson(7), 29, 61),
)


@dataclass(frozen=True)
class Said:
    """Of 100 series: what their verdicts were."""

    concern: float
    improvement: float
    unusual: float
    no_rules: float

    @property
    def directed(self) -> float:
        return self.concern + self.improvement

    @property
    def fired(self) -> float:
        return self.directed + self.unusual

    def __str__(self) -> str:
        return f"{self.concern:5.1f} {self.improvement:5.1f} {self.unusual:5.1f} {self.no_rules:5.0f}"


def said_of(numbers: Numbers, *, frozen: int | None = None, rules: RuleSet = RuleSet.ANHOEJ) -> Said:
    """What the verdicts on these series are, lower being better."""
    states = analyse_many(numbers, freeze=frozen, rules=rules, better="down").state
    found = (State.CONCERN, State.IMPROVEMENT, State.UNUSUAL, State.NO_RULES)
    return Said(*(100 * float((states == state).mean()) for state in found))


def changed(change: Change, generator: np.random.Generator, series: int) -> Numbers:
    """Twelve points before a change and twelve after it."""
    size = (series, 12)
    return np.hstack([change.before(generator, size), change.after(generator, size)])


def _stable(generator: np.random.Generator) -> Iterator[bool]:
    for rules in (RuleSet.ANHOEJ, RuleSet.PERLA):
        for frozen in (None, FROZEN):
            print(f"\nStable series, {rules}, {'first 12 frozen' if frozen else 'own median'}, of 100:")
            print(f"{'':22}{'points':>6}  concern, improvement, unusual, rules not applicable")
            for name, draw in SHAPES.items():
                for points in POINTS:
                    if frozen and points <= frozen + 4:
                        continue
                    said = said_of(draw(generator, (SERIES, points)), frozen=frozen, rules=rules)
                    is_bound = rules is RuleSet.ANHOEJ and not frozen
                    missed = is_bound and (said.directed > MOST_DIRECTED or said.fired > MOST_FIRED)
                    print(f"{name:22}{points:6}  {said}{'  MISSED' if missed else ''}")
                    yield missed


def _changes(generator: np.random.Generator) -> Iterator[bool]:
    print("\nA change for the worse at the twelfth point after it (12 + 12), concern of 100:")
    for change in CHANGES:
        numbers = changed(change, generator, SERIES)
        for frozen, least in ((None, change.least), (FROZEN, change.least_frozen)):
            said = said_of(numbers, frozen=frozen)
            missed = said.concern < least
            words = "first 12 frozen" if frozen else "own median"
            print(
                f"{change.name:36}{words:16} {said.concern:5.1f} (target {least:g}): {'MISSED' if missed else 'met'}"
            )
            yield missed


def _critical(generator: np.random.Generator) -> None:
    print(
        "\nThe rank scan: what 4, 3 and 2 of 100 stable series exceed; what is in use alone, and beside the rules:"
    )
    for points in LENGTHS:
        series = max(2_000, SERIES_FOR_TABLE * 24 // max(points, 24))
        drawn = np.quantile(largest_deviates(generator.normal(size=(points, series))), (0.96, 0.97, 0.98))
        used = [critical(np.array([points]), table=table)[0] for table in (CRITICAL_ALONE, CRITICAL)]
        print(f"{points:6} " + " ".join(f"{number:6.2f}" for number in (*drawn, *used)))


def main() -> int:
    """Print the tables; 1 if a bound is missed."""
    generator = np.random.default_rng(SEED)
    missed = sum(_stable(generator)) + sum(_changes(generator))
    _critical(generator)
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
