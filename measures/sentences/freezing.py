"""What a chart's rules cost in false alarms, what a frozen median adds, and where a verdict rests on it alone."""

from collections.abc import Callable

from django.utils.translation import ngettext

from measures.sentences.alarms import alarms_at
from measures.spc import ChartResult, RuleSet
from measures.spc.result import JUDGED_FROM

RECOMMENDED = 20
"""Points from which on a baseline is extended over later ones: Provost LP, Murray SK. The Health Care Data Guide.
Jossey-Bass 2011. What fewer cost here is told by `alarms_at` (docs/why/012)."""

EXAMPLE = 36
"""Points of the chart that the form of a freeze speaks of: three years of months."""


def false_alarms(rules: RuleSet, length: int, baseline: int) -> str:
    """Of 100 stable series as long as this one, judged as it is: how many are called something. 0: not frozen."""
    if length < JUDGED_FROM:
        return ""
    found = alarms_at(rules, length, baseline)
    said = {"points": found.length, "alarms": found.of_hundred, "baseline": found.baseline, "series": 100}
    if not found.baseline:
        return (
            ngettext(
                "Of %(series)d stable series of %(points)d point, these rules call %(alarms)d an improvement, a "
                "concern or unusual.",
                "Of %(series)d stable series of %(points)d points, these rules call %(alarms)d an improvement, a "
                "concern or unusual.",
                found.length,
            )
            % said
        )
    return ngettext(
        "Of %(series)d stable series of %(points)d point with the first %(baseline)d frozen, these rules call "
        "%(alarms)d an improvement, a concern or unusual; with the median of all points %(unfrozen)d.",
        "Of %(series)d stable series of %(points)d points with the first %(baseline)d frozen, these rules call "
        "%(alarms)d an improvement, a concern or unusual; with the median of all points %(unfrozen)d.",
        found.length,
    ) % {**said, "unfrozen": alarms_at(rules, found.length, 0).of_hundred}


def cost(rules: RuleSet) -> str:
    """Before one freezes: what it costs, and how many points are recommended."""
    few, more, none = (alarms_at(rules, EXAMPLE, baseline).of_hundred for baseline in (12, RECOMMENDED, 0))
    return ngettext(
        "A median of few points is off by chance, and every later point is held against it. Of %(series)d stable "
        "series of %(points)d point, %(none)d are called changed by mistake without a freeze, %(few)d with the first "
        "12 frozen and %(more)d with the first %(recommended)d. Recommended: %(recommended)d points or more (Provost "
        "and Murray 2011).",
        "A median of few points is off by chance, and every later point is held against it. Of %(series)d stable "
        "series of %(points)d points, %(none)d are called changed by mistake without a freeze, %(few)d with the first "
        "12 frozen and %(more)d with the first %(recommended)d. Recommended: %(recommended)d points or more (Provost "
        "and Murray 2011).",
        EXAMPLE,
    ) % {
        "series": 100,
        "points": EXAMPLE,
        "none": none,
        "few": few,
        "more": more,
        "recommended": RECOMMENDED,
    }


def rests_on_freeze(
    result: ChartResult, unfrozen: ChartResult, headline: str, show: Callable[[float], str]
) -> str:
    """Where the chart says so by its frozen median alone: both medians, and what it says by the other one."""
    part, own = result.parts[-1], unfrozen.parts[-1]
    return ngettext(
        "This rests on the frozen median of %(frozen)s alone. By the median of all %(count)d point, %(own)s, the "
        "chart says: %(headline)s",
        "This rests on the frozen median of %(frozen)s alone. By the median of all %(count)d points, %(own)s, the "
        "chart says: %(headline)s",
        own.observed,
    ) % {
        "frozen": show(part.centre or 0.0),
        "count": own.observed,
        "own": show(own.centre or 0.0),
        "headline": headline,
    }
