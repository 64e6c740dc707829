"""Keeps programs running: restarts one that ends, passes on what it prints, ends all of them together."""

import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import FrameType

from p2.run.process import Program, end, open_log, start

TICK = 0.2  # seconds between two looks at the children
SETTLED = 30.0  # seconds a program runs before an earlier failure is forgotten
LONGEST_PAUSE = 30.0
REPLACED_WITHIN = 2.0  # seconds a program that hangs has to end by itself


class StopAskedError(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@dataclass
class Child:
    """A program and its present process."""

    program: Program
    log: Path | None  # what it prints goes there instead of the terminal
    process: subprocess.Popen[bytes]
    since: float
    failures: int = 0
    again_at: float | None = None  # it ended and waits for its next start
    unended: bytes = b""  # the line it is printing now


class Supervisor:
    """Starts, watches and ends programs, from one thread. `mark` names what they are started for."""

    def __init__(self, *, mark: Path) -> None:
        self.mark = mark
        self.children: list[Child] = []
        self.stop_asked = False
        self.selector = selectors.DefaultSelector()
        for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if which != signal.SIGHUP or signal.getsignal(which) != signal.SIG_IGN:  # nohup
                signal.signal(which, self._ask_to_stop)

    def keep(self, program: Program, *, log: Path | None = None) -> None:
        """Start a program, and start it again whenever it ends."""
        child = Child(program, log, self._start(program, log), monotonic())
        self.children.append(child)
        self._listen(child)

    def replace(self, name: str) -> None:
        """End a program that runs; it starts again as one that ended by itself."""
        for child in self.children:
            if child.program.name == name and child.again_at is None:
                end([(child.program, child.process)], patience=REPLACED_WITHIN)

    def running_since(self, name: str) -> float:
        """When the present process of a program started."""
        return next(child.since for child in self.children if child.program.name == name)

    def finish(
        self, program: Program, *, meanwhile: Callable[[], None] = lambda: None, patience: float = 3
    ) -> int:
        """Run a program to its end while the others are watched; its lines are passed on as they are.

        When it is to stop before its end it has `patience` seconds.
        """
        process = start(program, mark=self.mark, output=sys.stdout.fileno())
        try:
            self.watch(until=lambda: process.poll() is not None, meanwhile=meanwhile)
        finally:
            end([(program, process)], patience=patience)
        return process.returncode

    def watch(
        self, *, until: Callable[[], bool] = lambda: False, meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        """Look after the children until `until()` holds. Raises StopAskedError when asked to stop."""
        while not until():
            meanwhile()
            for key, _ in self.selector.select(TICK):
                self._pass_on(key.data)
            if self.stop_asked:
                raise StopAskedError
            for child in self.children:
                self._look_at(child)

    def end_all(self) -> None:
        """End everything within ten seconds, the engines after the programs that stand on them."""
        for engines, patience in ((False, 6), (True, 3)):
            group = [child for child in self.children if bool(child.log) is engines]
            end([(child.program, child.process) for child in group], patience=patience)

    def _ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stop_asked = True

    def _start(self, program: Program, log: Path | None) -> subprocess.Popen[bytes]:
        if log is None:
            return start(program, mark=self.mark, output=subprocess.PIPE)
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        log.parent.chmod(0o700)
        with open_log(log) as file:
            return start(program, mark=self.mark, output=file)

    def _listen(self, child: Child) -> None:
        if child.process.stdout:
            self.selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _pass_on(self, child: Child) -> None:
        """Print the whole lines a child has written, with its name before each."""
        pipe = child.process.stdout
        if pipe is None:
            return
        piece = os.read(pipe.fileno(), 65536)
        *lines, child.unended = (child.unended + piece).split(b"\n")
        for line in lines:
            say(f"{child.program.name:>7} | {line.decode(errors='replace')}")
        if not piece:
            self.selector.unregister(pipe)
            pipe.close()

    def _look_at(self, child: Child) -> None:
        if child.again_at is None:
            if child.process.poll() is not None:
                self._plan_next_start(child)
        elif monotonic() >= child.again_at:
            child.process, child.since, child.again_at = (
                self._start(child.program, child.log),
                monotonic(),
                None,
            )
            self._listen(child)

    def _plan_next_start(self, child: Child) -> None:
        """After an end: at once the first time, then later and later while it keeps failing."""
        end([(child.program, child.process)], patience=0)  # what it started itself
        settled = monotonic() - child.since > SETTLED
        child.failures = 1 if settled else child.failures + 1
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** (child.failures - 1))
        child.again_at = monotonic() + pause
        say(f"{child.program.name} ended ({child.process.returncode}); it starts again in {pause:g} s.")
