"""What the form of a freeze says before one confirms: what it costs, and how many points each period leaves."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from measures.models import Measure
from measures.selectors.readings import Point
from measures.sentences import freezing
from measures.spc import RuleSet


def freezing_costs(measure: Measure) -> str:
    """By the rules of the collaborative."""
    return freezing.cost(RuleSet(measure.organization.collaborative.run_rules))


def points_up_to(points: Sequence[Point]) -> dict[date, int]:
    """How many points a median frozen at each period rests on: those of its part, up to it, that are not left out."""
    in_part: Counter[int] = Counter()
    found = {}
    for point in points:
        in_part[point.part] += point.value is not None and point.included
        found[point.period] = in_part[point.part]
    return found
