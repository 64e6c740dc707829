"""The three processes of P2 itself, as `make run`, the tests and the Dockerfile start them."""

import sys

from p2 import env
from p2.run.process import Program

CONNECTIONS = 4000
"""Open connections of a web process. Each open page keeps one, and Granian would leave the 513th unanswered."""


APPLICATION = "p2.front.rsgi:application"

RUNTIME = "mt"
"""Connections have a thread beside Python's own: a question of an open page takes two thirds of the computing."""


def web(port: int, host: str = "127.0.0.1") -> Program:
    """Granian, answering on `host`:`port`; each worker process serves WEB_THREADS requests at a time (`p2.front`)."""
    return Program(
        "web",
        (
            sys.executable, "-m", "granian", "--interface", "rsgi", "--http", "1",
            "--host", host, "--port", str(port),
            "--workers", str(env.number("WEB_PROCESSES", 2)),
            "--backpressure", str(CONNECTIONS),
            "--runtime-mode", RUNTIME,
            "--respawn-failed-workers", "--workers-kill-timeout", "3",
            "--no-ws", "--log-level", "warning", APPLICATION,
        ),
    )  # fmt: skip


def worker() -> Program:
    """A Celery worker; `-O fair` hands a process its next task only when it is free."""
    processes = str(env.number("WORKER_PROCESSES", 2))
    options = ("--concurrency", processes, "-O", "fair", "--loglevel", "warning", "--without-gossip")
    return Program("worker", (sys.executable, "-m", "celery", "--quiet", "-A", "p2", "worker", *options))


def beat() -> Program:
    """The one Celery scheduler; it remembers in `var/beat-schedule` when each job last ran."""
    return Program(
        "beat", (sys.executable, "-m", "celery", "--quiet", "-A", "p2", "beat", "--loglevel", "warning")
    )


def manage(*arguments: str) -> Program:
    """One of Django's commands, to its end."""
    return Program(arguments[0], (sys.executable, "manage.py", *arguments))
