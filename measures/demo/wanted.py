"""What a measure of the demo is, and how its invented numbers shall run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from measures.models import Aim, Area, Direction, Frequency, Shape


class Story(StrEnum):
    """What happens in a series."""

    COMMON = "c"
    BETTER = "+"
    WORSE = "-"
    YOUNG = "y"  # it began a few months ago


@dataclass(frozen=True, slots=True)
class Wanted:
    """A measure to be made, with the level its numbers start at, after the multiplier."""

    name: str
    numerator: str
    denominator: str
    shape: Shape
    unit: str
    multiplier: int
    decimals: int
    level: float
    goal: float
    volume: float  # cases in a month; of a measured value, its coefficient of variation
    area: Area
    aim: Aim = Aim.EFFECTIVE
    stratum: str = ""  # "Medicaid families": it is a stratum of the measure with this name
    also: str = ""  # a stratum to be measured beside it
    story: Story | None = None  # None: drawn at random for its project
    tail: tuple[float | None, ...] = ()  # fixed last complete months before the open one; None is no data
    frequency: Frequency = Frequency.MONTH

    @property
    def direction(self) -> Direction:
        return Direction.UP if self.goal > self.level else Direction.DOWN

    def definition(self, goal_on: Any = None) -> dict[str, Any]:
        """As `measures.services.measures.create` takes it."""
        return {
            "numerator_words": self.numerator,
            "denominator_words": self.denominator,
            "shape": self.shape,
            "unit": self.unit,
            "multiplier": self.multiplier,
            "decimals": self.decimals,
            "direction": self.direction,
            "goal": self.goal,
            "goal_on": goal_on,
            "frequency": self.frequency,
        }

    def naming(self, care_process: str) -> dict[str, Any]:
        """As `measures.services.measures.create` takes it."""
        return {"name": self.name, "area": self.area, "aim": self.aim, "care_process": care_process}

    def of(self, stratum: str, level: float) -> Wanted:
        """A stratum of this measure: two fifths of its cases, at another level."""
        return replace(self, stratum=stratum, also="", level=level, volume=self.volume * 0.4, tail=())


Three = tuple[float, float, float]


def share(name: str, numerator: str, of: str, numbers: Three, area: Area, **more: Any) -> Wanted:
    """So many percent of cases; `numbers` are level, goal and cases a month."""
    unit = f"% of {of.split(' ', maxsplit=1)[0]}"
    return Wanted(
        name, numerator, of, Shape.PROPORTION, unit, 100, more.pop("decimals", 0), *numbers, area, **more
    )


def rate(name: str, numerator: str, per: str, numbers: Three, area: Area, **more: Any) -> Wanted:
    """Events per so many: `per` begins with the number, "1,000 doses dispensed"; `numbers` as in `share`."""
    number, of = per.split(" ", maxsplit=1)
    unit = f"per {number} {' '.join(of.split()[: 2 if ' days' in of else 1])}"
    multiplier = int(number.replace(",", ""))
    return Wanted(
        name, numerator, of, Shape.RATE, unit, multiplier, more.pop("decimals", 1), *numbers, area, **more
    )


def mean(name: str, what: str, unit: str, numbers: Three, area: Area, **more: Any) -> Wanted:
    """A measured value, such as days or dollars; `numbers` are level, goal and coefficient of variation."""
    return Wanted(name, what, "", Shape.MEAN, unit, 1, more.pop("decimals", 0), *numbers, area, **more)


def count(name: str, what: str, numbers: tuple[float, float], area: Area, **more: Any) -> Wanted:
    """Events in a month; `numbers` are level and goal."""
    return Wanted(name, what, "", Shape.COUNT, "a month", 1, 0, *numbers, 0, area, **more)
