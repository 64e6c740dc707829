"""The reference package's conventions over the public engine: raw rows in, its columns out.

`evaluate(input, args)` is called with the `input` and `args` of a reference file. Rows are put together by x,
exclusions are counted from 1, positions outside the chart are ignored, a freeze is ignored where parts are
given, and a given centre line stands before the multiplier: that is how the reference has it.
"""

import math
import statistics
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from measures.spc import Chart, ChartResult, RuleSet, analyse

METHODS = {"anhoej": RuleSet.ANHOEJ, "bestbox": RuleSet.BEST_BOX, "cutbox": RuleSet.CUT_BOX}
Row = tuple[float | None, float | None]


def evaluate(given: dict[str, Any], args: dict[str, Any]) -> dict[str, Any]:
    """The reference's points and parts of one chart. Raises ValueError for a chart not computed here."""
    chart = Chart(args["chart"])
    use_n = bool(args.get("use_n")) and given.get("n") is not None
    groups = group_rows(
        given, use_n=use_n, x_period=args.get("x_period") if given.get("x_type") == "date" else None
    )
    y = [
        summary(rows, use_n=use_n, agg_fun=args.get("agg_fun", "mean")) for _, rows in sorted(groups.items())
    ]
    anhoej = judge(y, args, chart, RuleSet.ANHOEJ)
    judged = judge(y, args, chart, METHODS[args.get("method", "anhoej")])
    unusual = [part.unusual_runs for part in judged.parts]
    multiply = args.get("multiply", 1)
    return {"points": points(anhoej, y, multiply, unusual), "parts": parts(anhoej, unusual)}


def group_rows(given: dict[str, Any], *, use_n: bool, x_period: str | None) -> dict[Any, list[Row]]:
    """Rows by x (or by the period x lies in); a row is missing as a whole where its numerator or n is."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for x, y, n in zip(given["x"], given["y"], given.get("n") or [None] * len(given["y"]), strict=True):
        if x is None:
            continue
        row = (None, None) if use_n and (y is None or n is None) else (y, n)
        groups[period_start(x, x_period) if x_period else x].append(row)
    return groups


def period_start(day: str, x_period: str) -> str:
    """First day of the period: weeks begin on Monday."""
    at = date.fromisoformat(day[:10])
    starts = {
        "day": at,
        "week": at - timedelta(days=at.weekday()),
        "month": at.replace(day=1),
        "quarter": at.replace(month=at.month - (at.month - 1) % 3, day=1),
        "year": at.replace(month=1, day=1),
    }
    return starts[x_period].isoformat()


def summary(rows: list[Row], *, use_n: bool, agg_fun: str) -> float:
    """One number out of the rows of one x: a ratio of sums, or the function asked for; NaN for none."""
    known = [y for y, _ in rows if y is not None]
    if use_n:
        total, size = math.fsum(known), math.fsum(n for _, n in rows if n is not None)
        if size == 0:
            return math.copysign(math.inf, total) if total else math.nan
        return total / size
    if agg_fun == "sum":
        return math.fsum(known)
    if len(known) < (2 if agg_fun == "sd" else 1):
        return math.nan
    functions = {"mean": statistics.fmean, "median": statistics.median, "sd": statistics.stdev}
    return float(functions[agg_fun](known))


def judge(y: list[float], args: dict[str, Any], chart: Chart, rules: RuleSet) -> ChartResult:
    """The engine's answer. A ratio over nothing is infinite in the reference: here, far above the others."""
    largest = max((abs(one) for one in y if math.isfinite(one)), default=1.0)
    finite = [math.copysign(2 * largest + 1, one) if math.isinf(one) else one for one in y]
    count, part = len(y), args.get("part") or []
    freeze = None if part else args.get("freeze")
    return analyse(
        finite,
        chart=chart,
        rules=rules,
        splits=sorted({at for at in part if 0 < at < count}),
        freeze=freeze if freeze is not None and freeze < count else None,
        exclude=sorted({at - 1 for at in args.get("exclude") or [] if 0 < at <= count}),
        centre=args.get("cl"),
    )


def points(result: ChartResult, y: list[float], multiply: float, unusual: list[bool]) -> dict[str, list[Any]]:
    """The reference's columns, one item a point."""
    return {
        "y": [one * multiply if math.isfinite(one) else None for one in y],
        "part": [part + 1 for part in result.part],
        "include": list(result.included),
        "baseline": list(result.baseline),
        "cl": [None if centre is None else centre * multiply for centre in result.centre],
        "lcl": list(result.lower),
        "lcl_95": list(result.lower_2s),
        "ucl_95": list(result.upper_2s),
        "ucl": list(result.upper),
        "sigma_signal": list(result.beyond_limits),
        "runs_signal": [unusual[part] for part in result.part],
    }


def parts(result: ChartResult, unusual: list[bool]) -> list[dict[str, Any]]:
    """The reference's summary, one item a part: its limits are Anhøj's whatever the method."""
    return [
        {
            "part": number,
            "n_points": part.points,
            "n_obs": part.included,
            "n_useful": part.useful,
            "longest_run": part.longest_run if part.useful else None,
            "longest_run_max": part.longest_run_limit if part.useful else None,
            "n_crossings": part.crossings if part.useful else None,
            "n_crossings_min": part.crossings_limit if part.useful else None,
            "runs_signal": is_unusual,
            "sigma_signal_count": sum(result.beyond_limits[part.first : part.last + 1]),
        }
        for number, (part, is_unusual) in enumerate(zip(result.parts, unusual, strict=True), start=1)
    ]
