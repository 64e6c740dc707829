"""What drawing a figure costs, in CPU: `python -m benchmarks figures`.

From a reading to the JSON that a page fetches, in milliseconds of this process, the median of a thousand: a plain
series of 36 months, and the two invented readings of `/style/`, a proportion with a shift, and one with every element
of the chart grammar. What the reading itself costs, with its four queries, is in `requests`.
"""

from statistics import median
from time import process_time

import orjson

from benchmarks.requests import Budget
from measures.figures import run_chart
from measures.pages.style import concern, improvement
from measures.selectors.readings import Reading
from tests.measures.drawn import reading

ROUNDS = 1000
READINGS = {
    "36 months": (reading([round(2 + month * 7919 % 97 / 31, 1) for month in range(36)]), 0.2),
    "a proportion with a shift": (concern(), 0.2),
    "every element": (improvement(), None),
}


def milliseconds_of(drawn: Reading) -> float:
    """CPU of one figure."""
    return 1000 * median(_taken(drawn) for _ in range(ROUNDS))


def _taken(drawn: Reading) -> float:
    start = process_time()
    orjson.dumps(run_chart(drawn))
    return process_time() - start


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    budgets = [
        Budget(f"CPU of a figure, {name}, ms", milliseconds_of(drawn), at_most)
        for name, (drawn, at_most) in READINGS.items()
    ]
    for budget in budgets:
        print(budget)
    return int(not all(budget.is_met for budget in budgets))
