"""All that a measure's page says beside its chart: definition, history, mark-ups, a suggestion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from statistics import median

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext

from measures.models import (
    Definition,
    Measure,
    today_in,
)
from measures.selectors.charts import snapshot_of
from measures.selectors.readings import Glyph, Point, Reading, Spark
from measures.sentences.periods import label as period_label
from measures.spc import Evidence, State, analyse
from measures.spc.rules.limits import PERLA_TREND
from p2.words.wording import figure, middle_figure, written_day

FEWEST_FOR_SUGGESTION = 8
RULES = {
    "longest-run": gettext_lazy("Longest run"),
    "crossings": gettext_lazy("Crossings"),
    "runs": gettext_lazy("Runs"),
    "longest-trend": gettext_lazy("Longest trend"),
}

RUNS = {
    (True, False): gettext_lazy("%(first)s to %(last)s, above"),
    (False, False): gettext_lazy("%(first)s to %(last)s, below"),
    (True, True): gettext_lazy("earlier: %(first)s to %(last)s, above"),
    (False, True): gettext_lazy("earlier: %(first)s to %(last)s, below"),
}
"""Where the longest run lies: above or not, and whether the verdict speaks of something else."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A new median that the shift in force would justify; the decision is the lead's."""

    period: date
    label: str
    sentence: str
    effect: Spark


@dataclass(frozen=True, slots=True)
class Proof:
    """One rule: what was seen against what chance explains."""

    key: str  # "longest-run", "crossings", "runs", "longest-trend"
    seen: int
    limit: str
    mark: Glyph
    where: str = ""  # of the longest run, where it is too long for chance: "Apr 2016 to May 2017, above"

    @property
    def rule(self) -> str:
        """What the reader calls it."""
        return str(RULES[self.key])


def facts(measure: Measure, reading: Reading, at: datetime) -> str:
    """The line under the verdict, after the measure's name: newest value, median, goal, time left."""
    known = [point for point in reading.points if point.value is not None]
    if not known:
        return ""
    newest = known[-1]
    if not newest.included:
        words = gettext("%(period)s: %(number)s, left out; median %(median)s.")
    elif newest.centre is not None:
        words = gettext("%(period)s: %(number)s, median %(median)s.")
    else:
        words = gettext("%(period)s: %(number)s.")
    said = {
        "period": capfirst(_long(measure, newest.period)),
        "number": _figure(reading, newest.value),
        "median": _median(reading, newest.centre),
    }
    if not reading.goal:
        return words % said
    return f"{words % said} {_goal_words(measure, reading, newest.value or 0.0, at)}"


def proofs(reading: Reading) -> tuple[Proof, ...]:
    """Every run rule of the last part, fired or not, once there are points enough to judge by.

    Perla's table counts runs, which are one more than crossings.
    """
    if (
        not reading.parts
        or reading.verdict.mark in {Glyph.TOO_FEW, Glyph.NONE}
        or not reading.parts[-1].rules_apply
    ):
        return ()
    part = reading.parts[-1]
    fired = (
        reading.verdict.mark if reading.verdict.mark in {Glyph.IMPROVEMENT, Glyph.CONCERN} else Glyph.UNUSUAL
    )
    found = [_run_proof(reading)]
    if part.longest_trend is None:
        least = gettext("at least %(least)d") % {"least": part.crossings_limit}
        found.append(_proof("crossings", part.crossings, least, fired, "crossings" in part.fired))
    else:
        span = gettext("no limit")
        if part.crossings_upper is not None:
            ends = {"least": part.crossings_limit + 1, "most": part.crossings_upper + 1}
            span = gettext("%(least)d to %(most)d") % ends
        is_unusual = not part.fired.isdisjoint({"few_runs", "many_runs"})
        found.append(_proof("runs", part.crossings + 1, span, fired, is_unusual))
        most = _at_most(PERLA_TREND - 1)
        found.append(_proof("longest-trend", part.longest_trend, most, fired, "trend" in part.fired))
    return tuple(found)


def beside_rules(reading: Reading) -> str:
    """What the verdict rests on where it is not the run rules; empty where it is they alone."""
    if not reading.parts or reading.verdict.mark in {Glyph.TOO_FEW, Glyph.NONE}:
        return ""
    is_by_ranks = bool(reading.bands) and reading.bands[-1].is_by_ranks
    if not reading.parts[-1].rules_apply:
        return gettext(
            "The run rules expect half of the points on each side of the median. Here points on the median leave too "
            "few on one side, so the rules do not apply: the latest points are held against those before by ranks."
        )
    if is_by_ranks:
        return gettext(
            "The latest points rank apart from those before: a change that the run rules do not tell, or not yet."
        )
    return ""


def _proof(key: str, seen: int, limit: str, mark: Glyph, is_beyond: bool) -> Proof:
    return Proof(key, seen, limit, mark if is_beyond else Glyph.COMMON)


def _at_most(most: int) -> str:
    return gettext("at most %(most)d") % {"most": most}


def _run_proof(reading: Reading) -> Proof:
    """The longest run; where it is too long for chance, with its months, its side, and what that side means."""
    part = reading.parts[-1]
    limit = _at_most(part.longest_run_limit)
    if "shift" not in part.fired:
        return Proof("longest-run", part.longest_run, limit, Glyph.COMMON)
    run = _longest_run(reading)
    is_above = (run[0].value or 0.0) > (run[0].centre or 0.0)
    band = reading.bands[-1] if reading.bands else None
    if band and not band.is_past and not band.is_by_ranks and band.first == run[0].period:
        words, mark = RUNS[is_above, False], band.mark
    else:
        words, mark = RUNS[is_above, True], Glyph.UNUSUAL
    where = str(words) % {"first": run[0].label, "last": run[-1].label}
    return Proof("longest-run", part.longest_run, limit, mark, where)


def _longest_run(reading: Reading) -> list[Point]:
    """The useful points of the last part's longest run; of two as long, the later."""
    last = len(reading.parts) - 1
    useful = [p for p in reading.points if p.part == last and p.included and p.value not in {None, p.centre}]
    runs = [list(run) for _, run in groupby(useful, key=lambda p: (p.value or 0.0) > (p.centre or 0.0))]
    return max(reversed(runs), key=len)


def versions(measure: Measure) -> tuple[Definition, ...]:
    """Every version of the definition, newest first."""
    return tuple(measure.definitions.select_related("recorded_by").order_by("-number"))


def suggestion(measure: Measure, reading: Reading) -> Suggestion | None:
    """A new median where a long shift is in force and nobody rebased there; automatic rebasing is never done."""
    snapshot = snapshot_of(measure)
    if snapshot is None or reading.is_stale or not snapshot.signal_from or not reading.bands:
        return None
    band = reading.bands[-1]
    is_current = snapshot.evidence == Evidence.CURRENT_SHIFT
    if not is_current or snapshot.run_length < FEWEST_FOR_SUGGESTION or band.first <= reading.parts[-1].first:
        return None
    since = [p.value for p in reading.points if p.period >= band.first and p.value is not None and p.included]
    level = median(since)
    return Suggestion(
        band.first,
        _long(measure, band.first),
        _suggested(reading, len(since), level, _state_alone(snapshot.rules, reading, since)),
        _with_two_medians(reading, band.first, level),
    )


def _state_alone(rules: str, reading: Reading, since: Sequence[float]) -> State:
    """What these points say by a median of their own."""
    return analyse(since, rules=rules, better=reading.better or None).state


def _suggested(reading: Reading, count: int, level: float, alone: State) -> str:
    """They hold together where the rules were applied to them and none fired."""
    if alone is State.COMMON:
        words = ngettext(
            "The %(count)d point since then holds around %(new)s. The old "
            "median of %(old)s can no longer show you the next change.",
            "The %(count)d points since then hold together around %(new)s. The old "
            "median of %(old)s can no longer show you the next change.",
            count,
        )
    elif alone in {State.IMPROVEMENT, State.CONCERN, State.UNUSUAL}:
        words = ngettext(
            "The %(count)d point since then lies around %(new)s and does not hold yet: by a median of its own it "
            "signals at once. A new median is best set once it settles; the old one is %(old)s.",
            "The %(count)d points since then lie around %(new)s and do not hold together yet: by a median of their "
            "own they signal at once. A new median is best set once they settle; the old one is %(old)s.",
            count,
        )
    else:
        words = ngettext(
            "The %(count)d point since then lies around %(new)s, which tells too little to say that it holds. The "
            "old median is %(old)s.",
            "The %(count)d points since then lie around %(new)s, and are too few to say that they hold together. The "
            "old median is %(old)s.",
            count,
        )
    old = _median(reading, reading.parts[-1].centre)
    return words % {"count": count, "new": _median(reading, level), "old": old}


def _with_two_medians(reading: Reading, since: date, level: float) -> Spark:
    """What a new median would look like: the last part ends before it, the points from there on have their own."""
    last = len(reading.parts) - 1
    before = [p for p in reading.points if p.part == last and p.period < since]
    known = [p.value for p in before if p.value is not None and p.included]
    old = reading.parts[last].centre if reading.is_frozen or not known else median(known)
    return Spark(
        tuple(p.value for p in reading.points),
        tuple(level if p.period >= since else old if p.part == last else p.centre for p in reading.points),
        Glyph.COMMON,
        alt=gettext("Median %(old)s, and %(new)s since then")
        % {"old": _median(reading, old), "new": _median(reading, level)},
    )


def version_of(measure: Measure) -> str:
    """What changes whenever the page would look different: the series and the chart computed of it."""
    snapshot = snapshot_of(measure)
    return f"{measure.series_version}.{f'{snapshot.version}.{snapshot.method}.{snapshot.rules}' if snapshot else 0}"


def _goal_words(measure: Measure, reading: Reading, newest: float, at: datetime) -> str:
    goal = reading.goal
    if goal is None:
        return ""
    words = gettext("Goal %(number)s")
    is_met = goal.is_met(newest, reading.better)
    if is_met is not None:
        words = gettext("Goal %(number)s, met") if is_met else gettext("Goal %(number)s, not yet met")
    said = {"goal": words % {"number": _figure(reading, goal.value)}}
    if goal.on is None:
        return gettext("%(goal)s.") % said
    left = (goal.on - today_in(measure.organization.time_zone, at)).days
    if left < 0:
        return gettext("%(goal)s; its date was %(day)s.") % {**said, "day": written_day(goal.on)}
    months = round(left / 30.4)
    if months > 1:
        words = ngettext("%(goal)s; %(count)d month left.", "%(goal)s; %(count)d months left.", months)
        return words % {**said, "count": months}
    words = ngettext("%(goal)s; %(count)d day left.", "%(goal)s; %(count)d days left.", left)
    return words % {**said, "count": left}


def _figure(reading: Reading, value: float | None) -> str:
    return "" if value is None else figure(value, reading.decimals)


def _median(reading: Reading, value: float | None) -> str:
    return "" if value is None else middle_figure(value, reading.decimals)


def _long(measure: Measure, period: date) -> str:
    return period_label(period, measure.words.named_by, long=True)
