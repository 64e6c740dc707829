"""How often stable series are called something, by rules, baseline and length: `python -m benchmarks alarms`.

It prints the table of `measures.sentences.alarms` anew, as Python, and tells where the two differ by more than chance
makes. Normal series, judged as a page judges them; other shapes are in `python -m benchmarks verdicts`.
"""

import numpy as np

from benchmarks.verdicts import said_of
from measures.sentences.alarms import ALARMS, BASELINES, LENGTHS, NONE
from measures.spc import RuleSet

SEED, SERIES = 20_040_221, 40_000


def alarms(
    rules: RuleSet, baseline: int, length: int, *, generator: np.random.Generator, series: int
) -> float:
    """Of 100 stable series so long, the first `baseline` points frozen: how many are called something."""
    return said_of(generator.normal(size=(series, length)), frozen=baseline or None, rules=rules).fired


def error(share: float, series: int) -> float:
    """Four standard errors of a share of so many series, of 100."""
    return float(400 * np.sqrt(max(share, 1) / 100 * (1 - share / 100) / series))


def main() -> int:
    """Print the table; 1 if the one in use lies off it."""
    generator, missed = np.random.default_rng(SEED), 0
    for rules in RuleSet:
        print(f"    RuleSet.{rules.name}: (")
        for row, baseline in enumerate(BASELINES):
            drawn = [
                alarms(rules, baseline, length, generator=generator, series=SERIES)
                if length > baseline
                else NONE
                for length in LENGTHS
            ]
            cells = ("NONE" if share == NONE else f"{share:.1f}" for share in drawn)
            print(f"        ({', '.join(cells)}),  # {baseline or 'own median'}")
            used = ALARMS[rules][row]
            missed += sum(abs(new - old) > error(new, SERIES) for new, old in zip(drawn, used, strict=True))
        print("    ),")
    print(f"{missed} cells of the table in use lie off: {'MISSED' if missed else 'met'}")
    return int(bool(missed))
