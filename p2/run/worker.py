"""`python -m p2.run.worker`: the worker of a container, and beside it a process that watches whether it works.

Compose restarts what ended, not what is unhealthy: so a worker that does no work is ended here, and the container with
it. Each new one has two minutes before it is judged, so that there is no restart more often than that.
"""

import sys
from pathlib import Path
from time import monotonic

from p2 import env
from p2.run import programs, pulse
from p2.run.supervisor import StopAskedError, Supervisor, say

PATIENCE = 8.0
"""Seconds that it has to finish its jobs when it is asked to stop; Docker gives ten."""


class NoPulseError(Exception):
    """The worker does no work."""


def main() -> int:
    supervisor, began = Supervisor(mark=Path(env.text("P2_VAR", "var"))), monotonic()
    watch = pulse.PulseWatch(pulse.read, replaced_at=began)

    def look() -> None:
        if complaint := watch.complaint(monotonic(), started=began):
            raise NoPulseError(complaint)

    try:
        return supervisor.finish(programs.worker(), meanwhile=look, patience=PATIENCE)
    except StopAskedError:
        return 0
    except NoPulseError as complaint:
        say(f"{complaint} It ends, to be started anew.")
        return 1


if __name__ == "__main__":
    sys.exit(main())
