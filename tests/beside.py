"""Functions of the tests called beside a live site, in one process: Django starts once for all of them."""

import json
import subprocess
import sys
import traceback
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 10  # seconds that it may take to end


class Beside:
    """The process, asked by dotted names."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            (sys.executable, "-m", "tests.beside"),
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, call: str) -> Any:
        """What the function with this dotted name returns, through JSON. Raises RuntimeError with its traceback."""
        asked, said = self._process.stdin, self._process.stdout
        if asked is None or said is None:
            raise RuntimeError("The process has no pipes.")
        print(call, file=asked, flush=True)
        answer = json.loads(said.readline() or '{"failure": "The process ended."}')
        if "failure" in answer:
            raise RuntimeError(f"{call} failed:\n{answer['failure']}")
        return answer["returned"]

    def end(self) -> None:
        self._process.communicate(timeout=PATIENCE)


def main() -> None:
    """Answer each line of the input with a line. The database is let go in between: it may be restarted."""
    import django  # noqa: PLC0415 (only the process needs it)
    from django.db import connections  # noqa: PLC0415
    from django.utils.module_loading import import_string  # noqa: PLC0415

    django.setup()
    for line in sys.stdin:
        try:
            with redirect_stdout(sys.stderr):
                answer = {"returned": import_string(line.strip())()}
        except Exception:  # noqa: BLE001 (the test that asked is told)
            answer = {"failure": traceback.format_exc()}
        connections.close_all()
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
