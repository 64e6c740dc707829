"""Run charts against the reference packages' own answers."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from measures.spc import RuleSet, analyse
from tests.reference.adapter import evaluate

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("P2_SHARED", HERE.parents[2] / "shared")) / "golden"
POINTS = ("y", "part", "cl", "lcl", "lcl_95", "ucl_95", "ucl", "include", "baseline")
COUNTS = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min", "runs_signal")
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="Series of GPL packages are not copied: set P2_SHARED to the folder that holds golden/.",
)


def unpack(name: str) -> list[dict[str, Any]]:
    return list(json.loads(gzip.decompress((HERE / "golden" / name).read_bytes())))


def hold(series: dict[str, Any]) -> None:
    for chart in series["charts"]:
        if chart["args"]["chart"] != "run":
            continue
        if chart["error"]:
            with pytest.raises(ValueError, match=r"\w"):
                evaluate(series["input"], chart["args"])
            continue
        hold_chart(evaluate(series["input"], chart["args"]), chart)


def hold_chart(ours: dict[str, Any], chart: dict[str, Any]) -> None:
    for key in POINTS:
        assert ours["points"][key] == [
            pytest.approx(one, rel=1e-7, abs=1e-7) if isinstance(one, float) else one
            for one in chart["points"][key]
        ], (chart["key"], key)
    assert ours["points"]["sigma_signal"] == chart["points"]["sigma_signal"]
    assert [part["n_obs"] for part in ours["parts"]] == [part["n_obs"] for part in chart["parts"]]
    if not chart["fragile_ties"]:
        assert ours["points"]["runs_signal"] == chart["points"]["runs_signal"], chart["key"]
        assert [[part[key] for key in COUNTS] for part in ours["parts"]] == [
            [part[key] for key in COUNTS] for part in chart["parts"]
        ], chart["key"]


@pytest.mark.parametrize("series", unpack("run_charts.json.gz"), ids=lambda series: series["id"])
def test_run_charts_of_random_series_and_attendances_are_those_of_the_reference(
    series: dict[str, Any],
) -> None:
    hold(series)


@needs_shared
@pytest.mark.parametrize(
    "path",
    [path for path in sorted(SHARED.glob("public/*.json")) if not path.name.startswith("ae_")],
    ids=lambda path: path.stem,
)
def test_run_charts_of_package_series_are_those_of_the_reference(path: Path) -> None:
    hold(json.loads(path.read_text()))


def hold_perla(series: dict[str, Any]) -> None:
    result = analyse(series["y"], rules=RuleSet.PERLA)
    shifts = [point + 1 for signal in result.signals if signal.rule == "shift" for point in signal.points]
    trends = [[point + 1 for point in signal.points] for signal in result.signals if signal.rule == "trend"]
    assert result.parts[0].centre == pytest.approx(series["median"])
    assert shifts == series["shift_points"]
    assert sorted(trends) == sorted(series["trends"])


@pytest.mark.parametrize("series", unpack("perla.json.gz"), ids=lambda series: series["id"])
def test_shifts_and_trends_of_attendances_are_those_of_the_reference(series: dict[str, Any]) -> None:
    hold_perla(series)


@needs_shared
def test_shifts_and_trends_of_package_series_are_those_of_the_reference() -> None:
    for series in json.loads((SHARED / "public_perla.json").read_text())["series"]:
        hold_perla(series)
