"""`make run`: the engines, the database, the site, on one machine and on loopback only."""

import fcntl
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic

from p2 import env
from p2.run import account, programs, pulse
from p2.run.embedded import Postgres, Valkey, forget_shell
from p2.run.process import CannotStartError, end_leftovers, tie_to_parent
from p2.run.supervisor import StopAskedError, Supervisor, say

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0  # seconds an engine or the site has to answer


def main() -> int:
    if "MAKELEVEL" in os.environ:  # kill -9 of make ends P2 too
        tie_to_parent(signal.SIGTERM)
    os.chdir(ROOT)
    var = Path(env.text("P2_VAR", str(ROOT / "var"))).resolve()
    port = env.number("PORT", 8000)
    env.level("LOG_LEVEL", "INFO")  # refused before anything is started
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (var / "lock").open("a+", encoding="utf-8") as lock:
            _take(lock.fileno(), var, port)
            return _run(var, port)
    except CannotStartError as reason:
        say(str(reason))
        return 1


def _run(var: Path, port: int) -> int:
    if end_leftovers(var):
        say("Ended what an earlier start had left running.")
    _refuse_taken(port)
    supervisor = Supervisor(mark=var)
    try:
        _choose_surroundings(supervisor, var, port)
        say("Bringing the database up to this version …")
        if supervisor.finish(programs.manage("prepare")):
            raise CannotStartError(
                "The database could not be brought up to this version; the lines above say why."
            )
        supervisor.keep(programs.web(port))
        _welcome(supervisor, port)  # first, alone: worker and beat would share its processors
        supervisor.keep(programs.worker())
        supervisor.keep(programs.beat())
        supervisor.watch(meanwhile=partial(_replace_stuck_worker, supervisor, pulse.PulseWatch(pulse.read)))
    except StopAskedError:
        say("\nStopping …")
    finally:
        supervisor.end_all()
    say("P2 has stopped. Its data stays in var/.")
    return 0


def _replace_stuck_worker(supervisor: Supervisor, watch: pulse.PulseWatch) -> None:
    """A worker that does no work while all that it needs answers is ended, and so started anew."""
    if complaint := watch.complaint(monotonic(), started=supervisor.running_since("worker")):
        say(f"{complaint} It is replaced.")
        supervisor.replace("worker")


def _choose_surroundings(supervisor: Supervisor, var: Path, port: int) -> None:
    """Settings for what is started next: the user's, and ours where there are none."""
    defaults = {
        "P2_VAR": str(var),
        "SITE_URL": f"http://localhost:{port}",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "p2.settings",
    }
    if not env.text("EMAIL_HOST"):  # letters stay in the outbox, to be read at /mailbox/
        defaults["EMAIL_BACKEND"] = "django.core.mail.backends.dummy.EmailBackend"
    if not env.text("DATABASE_URL"):
        defaults |= {"DATABASE_URL": _start_postgres(supervisor, var), "DEMO": "1"}
    if not env.text("REDIS_URL"):
        valkey = Valkey()
        supervisor.keep(valkey.program(), log=var / "log" / "valkey.log")
        _wait("Valkey", supervisor, valkey.answers, var)
        defaults["REDIS_URL"] = valkey.url
    for name, value in defaults.items():
        if not env.text(name):
            os.environ[name] = value


def _start_postgres(supervisor: Supervisor, var: Path) -> str:
    forget_shell()
    postgres = Postgres(var / "postgres")
    if account.of_postgres() and (closed := account.closed_folders(postgres.home)):
        names = ", ".join(str(folder) for folder in closed)
        say(f'You are root, so PostgreSQL runs as "nobody"; others may now pass through {names}.')
    if postgres.is_new:
        say(f"Making the database in {postgres.home} …")
        postgres.create()
    supervisor.keep(postgres.program(), log=var / "log" / "postgres.log")
    _wait("PostgreSQL", supervisor, postgres.answers, var)
    postgres.ensure_database()
    return postgres.url()


def _wait(name: str, supervisor: Supervisor, answers: Callable[[], bool], var: Path) -> None:
    until = monotonic() + PATIENCE
    supervisor.watch(until=lambda: answers() or monotonic() > until)
    if monotonic() > until:
        raise CannotStartError(f"{name} does not answer. Its log is in {var / 'log'}.")


def _welcome(supervisor: Supervisor, port: int) -> None:
    """Say where P2 is once it answers, and how to come in."""
    until = monotonic() + PATIENCE
    supervisor.watch(until=lambda: _site_answers(port) or monotonic() > until)
    if monotonic() > until:
        say("The site does not answer yet; the lines above say why.")
    say(f"\nP2 is at http://localhost:{port}")
    if env.flag("DEMO"):
        supervisor.finish(programs.manage("sign_ins"))
    say("Ctrl-C stops it.\n")


def _site_answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
    return True


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as reason:
            raise CannotStartError(
                f"Port {port} cannot be used ({reason.strerror}). Choose another: PORT={port + 1} make run"
            ) from None


def _take(lock: int, var: Path, port: int) -> None:
    """Hold this folder for as long as this process lives, kill -9 included."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        address = (var / "lock").read_text(encoding="utf-8").strip()
        raise CannotStartError(f"P2 already runs from this folder: {address}") from None
    os.truncate(lock, 0)
    os.write(lock, f"http://localhost:{port} (process {os.getpid()})\n".encode())


if __name__ == "__main__":
    sys.exit(main())
