"""`python -m faults [name …]`: bring about all faults, or the named ones; 1 where something was lost or late."""

import importlib
import pkgutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import sleep

from faults import scenarios
from faults.judging import HEAD, Line, judge
from faults.site import MissedError, Site, running
from faults.writers import WRITERS, Crowd, crowd

LETTERS = 40
"""Letters that are queued before each fault."""

BEFORE, AFTER = 3.0, 5.0
"""Seconds that people save before a fault begins, and after it is over."""


def main(wanted: list[str]) -> int:
    known = sorted(module.name for module in pkgutil.iter_modules(scenarios.__path__))
    if unknown := sorted(set(wanted) - set(known)):
        print(f"No fault is called {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 1
    lines, missed = [], []
    with tempfile.TemporaryDirectory(prefix="p2-faults-") as home, running(Path(home)) as site:
        site.letters.touch()
        people = crowd(site, site.call("faults.stage.set_up", WRITERS))
        for name in wanted or known:
            print(f"== {name}", flush=True)
            try:
                lines.append(bring_about(name, site, people))
                failures = Counter(save.failure for save in people.saves if save.failure)
                print(lines[-1], dict(failures) or "", flush=True)
            except MissedError as miss:
                missed.append(f"{name}: {miss}")
                print(f"{missed[-1]}\n{site.said()[-4000:]}", flush=True)
    print("\n".join(["", HEAD, *map(str, lines), *missed]))
    return int(bool(missed) or not all(line.is_good for line in lines))


def bring_about(name: str, site: Site, people: Crowd) -> Line:
    """One fault, while everybody saves and letters wait to be sent."""
    scenario = importlib.import_module(f"faults.scenarios.{name}")
    with people.saving():
        sleep(BEFORE)
        site.call("faults.stage.queue_letters", scenario.TITLE, LETTERS)
        seen = scenario.happen(site)
        sleep(AFTER)
    return judge(site, people, scenario.TITLE, seen=seen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
