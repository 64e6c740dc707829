"""When a worker is to be replaced: it runs, and does no work. `python -m p2.run.pulse [beat]` asks for a container.

A worker can hang in ways that its process does not show. What its jobs leave behind does (docs/run/watch.md).
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from p2 import env, vitals
from p2.vitals import PULSE_LASTS, Vitals

LOOK_EVERY = 5.0
"""Seconds between two looks."""

REPLACED_EVERY = 120.0
"""Seconds, at least, between two replacements: what a new worker does not cure is not cured by many."""


@dataclass
class PulseWatch:
    """Judges one worker. Times are those of a clock that only goes forward, in seconds."""

    read: Callable[[], Vitals]
    looked_at: float = float("-inf")
    sound_since: float | None = None  # database, broker and beat answered at every look from then on
    replaced_at: float = float("-inf")

    def complaint(self, now: float, *, started: float) -> str:
        """Why the worker that started then is to be replaced; empty where it is not."""
        if now - self.looked_at < LOOK_EVERY:
            return ""
        found, self.looked_at = self.read(), now
        if not found.ground:
            self.sound_since = None
            return ""
        self.sound_since = now if self.sound_since is None else self.sound_since
        waited = now - max(self.sound_since, started)
        if found.worker or waited <= PULSE_LASTS or now - self.replaced_at < REPLACED_EVERY:
            return ""
        self.replaced_at = now
        since = "since its start" if found.pulse is None else f"for {found.pulse:.0f} s"
        return f"The worker did no work {since}, while database, broker and beat answer."


def read() -> Vitals:
    """Of the servers that the environment names."""
    return vitals.read({"dsn": env.text("DATABASE_URL")}, env.text("REDIS_URL"))


def main(asked: list[str]) -> int:
    found = read()
    return int(not (found.beat if asked == ["beat"] else found.worker))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
