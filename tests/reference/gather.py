"""Gather the reference values that may be kept here: `python -m tests.reference.gather SHARED_GOLDEN`.

Out of the folder of reference values come, into `tests/reference/golden/`: `limits_runs.json` whole; of the
random series and of the NHS attendances (CC0) their run charts, packed; and of the Perla series the same
attendances. Series that ship in packages under the GPL are not copied: tests read them where they are.
"""

import gzip
import json
import shutil
import sys
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent / "golden"


def gather(source: Path) -> None:
    """Write the files anew from `source`."""
    shutil.copyfile(source / "limits_runs.json", KEPT / "limits_runs.json")
    series = [run_charts(path) for path in [*source.glob("random/*.json"), *source.glob("public/ae_*.json")]]
    pack("run_charts.json.gz", sorted((one for one in series if one["charts"]), key=lambda one: one["id"]))
    perla = json.loads((source / "public_perla.json").read_text())
    pack("perla.json.gz", [one for one in perla["series"] if one["id"].startswith("ae_")])


def run_charts(path: Path) -> dict[str, Any]:
    """One reference file with its run charts only."""
    given = json.loads(path.read_text())
    given["charts"] = [chart for chart in given["charts"] if chart["args"]["chart"] == "run"]
    return dict(given)


def pack(name: str, content: list[dict[str, Any]]) -> None:
    text = json.dumps(content, separators=(",", ":"))
    (KEPT / name).write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
