"""Believable invented numbers: noise as the shape of a measure has it, a season, and one story at most."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from measures.demo.wanted import Story, Wanted
from measures.exchange.entries import Entry
from measures.models import Shape

SEASON = 0.02
"""Half the distance between the best and the worst month, of the level: little enough not to make runs."""

GAP_REASONS = ("vendor_late", "not_collected", "system_down", "no_cases")
YOUNG_MONTHS = 7
WAY = {Story.BETTER: 0.85, Story.WORSE: -1.0}
"""How much of the way from level to goal a story goes, or goes back."""


def drawn(
    wanted: Wanted, months: int, story: Story, changes_at: int, random: np.random.Generator
) -> list[Entry]:
    """One entry a month, oldest first; an empty one before a young series begins."""
    # Where the last months are given, they alone show the change.
    told = Story.COMMON if wanted.tail else story
    levels = _levels(wanted, months, told, changes_at, random)
    entries = [_entry(wanted, float(level), random) for level in levels]
    for back, value in enumerate(reversed(wanted.tail), start=2):  # the open month is not part of the tail
        if back <= months:
            entries[-back] = NO_DATA if value is None else fixed(wanted, value, random)
    if story == Story.YOUNG:
        entries[: max(0, months - YOUNG_MONTHS)] = [Entry()] * max(0, months - YOUNG_MONTHS)
    return entries


NO_DATA = Entry(no_data="vendor_late")


def gap(random: np.random.Generator) -> Entry:
    """A month without a number, with its reason."""
    return Entry(no_data=str(random.choice(GAP_REASONS, p=(0.4, 0.3, 0.15, 0.15))))


def fixed(wanted: Wanted, value: float, random: np.random.Generator) -> Entry:
    """An entry that shows `value` in the measure's decimals."""
    if wanted.shape not in {Shape.PROPORTION, Shape.RATE}:
        return Entry(value=_decimal(value, wanted))
    usual = max(2.0, wanted.volume * float(random.uniform(0.95, 1.05)))
    for size in sorted(range(max(2, int(usual * 0.8)), int(usual * 1.2) + 2), key=lambda n: abs(n - usual)):
        events = round(value * size / wanted.multiplier)
        if round(events / size * wanted.multiplier, wanted.decimals) == value:
            return Entry(numerator=Decimal(events), denominator=Decimal(size))
    raise ValueError(f"{wanted.name}: no fraction near {usual:.0f} cases shows {value}.")


def ratios(values: Sequence[tuple[int, int]]) -> list[Entry]:
    """Entries of known numerators and denominators."""
    return [Entry(numerator=Decimal(above), denominator=Decimal(below)) for above, below in values]


def _levels(
    wanted: Wanted, months: int, story: Story, changes_at: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """The true level of each month: a season, and from `changes_at` on a move that takes three months."""
    at = np.arange(months)
    season = 1 + SEASON * np.sin(2 * np.pi * (at + random.uniform(0, 12)) / 12)
    moved = np.clip((at - changes_at + 1) / 3, 0, 1) * WAY.get(story, 0.0)
    levels: NDArray[np.float64] = (wanted.level + (wanted.goal - wanted.level) * moved) * season
    return levels


def _entry(wanted: Wanted, level: float, random: np.random.Generator) -> Entry:
    level = max(level, 0.0)
    if wanted.shape == Shape.PROPORTION:
        cases = max(3, int(random.poisson(wanted.volume)))
        events = int(random.binomial(cases, min(level / wanted.multiplier, 0.995)))
        return Entry(numerator=Decimal(events), denominator=Decimal(cases))
    if wanted.shape == Shape.RATE:
        volume = max(10, round(wanted.volume * float(random.normal(1, 0.03))))
        events = int(random.poisson(volume * level / wanted.multiplier))
        return Entry(numerator=Decimal(events), denominator=Decimal(volume))
    if wanted.shape in {Shape.COUNT, Shape.COUNT_BETWEEN}:
        return Entry(value=Decimal(int(random.poisson(level))))
    form = 1 / wanted.volume**2
    return Entry(value=max(_decimal(float(random.gamma(form, level / form)), wanted), Decimal(1)))


def _decimal(value: float, wanted: Wanted) -> Decimal:
    return Decimal(f"{value:.{wanted.decimals}f}")
