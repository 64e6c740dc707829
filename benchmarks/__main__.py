"""`python -m benchmarks [name …]`: run all benchmarks, or the named ones; 1 where a target is missed."""

import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path

import django

import benchmarks
from p2.run import embedded


def main(wanted: list[str]) -> int:
    names = {module.name for module in pkgutil.iter_modules(benchmarks.__path__)}
    known = sorted(names - {"__main__", "settings"})
    if unknown := sorted(set(wanted) - set(known)):
        print(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 1
    with tempfile.TemporaryDirectory(prefix="p2-bench-") as home, embedded.servers(Path(home)) as addresses:
        os.environ.update(
            addresses, P2_VAR=home, DJANGO_SETTINGS_MODULE="benchmarks.settings", PLAIN_STATIC="1"
        )
        django.setup()
        missed = 0
        for name in wanted or known:
            print(f"\n== {name}")
            missed |= importlib.import_module(f"benchmarks.{name}").main()
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
