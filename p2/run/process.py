"""Programs as processes that cannot outlive whoever started them (Linux)."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import IO

PR_SET_PDEATHSIG = 1
MARK = "P2_STARTED_FOR"
LIBC = ctypes.CDLL(None, use_errno=True)


class CannotStartError(Exception):
    """What keeps P2 from starting, as a sentence with its cure."""


@dataclass(frozen=True)
class Program:
    """What to start, as whom, and how it is asked to end."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    stop: signal.Signals = signal.SIGTERM
    account: tuple[int, int] | None = None  # uid and gid to run under, when that is not ours
    stdin: str = ""  # a configuration with a password in it stays off the command line


Running = tuple[Program, subprocess.Popen[bytes]]


def open_log(path: Path) -> IO[bytes]:
    """A log to write on at its end, its owner's alone: it may hold words that people typed."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.fchmod(handle, 0o600)  # an earlier version left it open to others
    return os.fdopen(handle, "ab")


def tie_to_parent(stop: signal.Signals) -> None:
    """Have the kernel send `stop` to this process when its parent dies, kill -9 included."""
    LIBC.prctl(PR_SET_PDEATHSIG, int(stop))


def start(program: Program, *, mark: Path, output: IO[bytes] | int) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own, tied to this process and marked with `mark`.

    The tie is to the calling thread: start programs from the main one.
    """
    process = subprocess.Popen(
        program.argv,
        env={**os.environ, **program.env, MARK: str(mark)},
        stdin=subprocess.PIPE if program.stdin else subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=0,
        user=program.account and program.account[0],
        group=program.account and program.account[1],
        extra_groups=[] if program.account else None,
        preexec_fn=_tie(program.stop, os.getpid()),  # noqa: PLW1509 (this process has one thread)
    )
    if process.stdin:
        process.stdin.write(program.stdin.encode())
        process.stdin.close()
    return process


def end(running: Sequence[Running], *, patience: float) -> None:
    """Ask each process to stop; after `patience` seconds end what is left, children included."""
    for program, process in running:
        if process.poll() is None:
            process.send_signal(program.stop)
    until = monotonic() + patience
    while monotonic() < until and any(process.poll() is None for _, process in running):
        sleep(0.05)
    for _, process in running:
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()


def end_leftovers(mark: Path, *, patience: float = 8.0) -> int:
    """End what an earlier start with the same mark left behind; return how many there were."""
    found = list(_marked(mark))
    for pid in found:
        _signal(pid, signal.SIGINT if _name(pid) == "postgres" else signal.SIGTERM)
    until = monotonic() + patience
    while monotonic() < until and any(pid in found for pid in _marked(mark)):
        sleep(0.05)
    for pid in _marked(mark):
        _signal(pid, signal.SIGKILL)
    return len(found)


def _tie(stop: signal.Signals, parent: int) -> Callable[[], None]:
    def tie() -> None:
        tie_to_parent(stop)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return tie


def _marked(mark: Path) -> Iterator[int]:
    sought = f"{MARK}={mark}".encode()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                environment = (folder / "environ").read_bytes().split(b"\0")
            except OSError:  # it ended, or is somebody else's
                continue
            if sought in environment:
                yield int(folder.name)


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _signal(pid: int, which: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, which)


def _signal_group(pid: int, which: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, which)
