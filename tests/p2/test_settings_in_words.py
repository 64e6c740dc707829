"""A setting that cannot be, or a database that is not there, is a sentence and an exit code, and no traceback."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from p2 import env
from p2.jobs.log_lines import AwayInALine
from p2.run.embedded import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
LOUD = "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not 'loud'.\n"
NO_DATABASE = "DATABASE_URL must name a PostgreSQL database: postgresql://person:password@host:5432/name."


def said(var: Path, *command: str, **settings: str) -> tuple[int, str]:
    """The exit code of a command of ours, and all that it printed."""
    surroundings = {**os.environ, "P2_VAR": str(var), "DJANGO_SETTINGS_MODULE": "p2.settings", **settings}
    finished = subprocess.run(
        (sys.executable, *command), cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    return finished.returncode, finished.stdout + finished.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "p2.run"),
        ("-m", "p2.run.web"),
        ("manage.py", "prepare"),
        ("-m", "celery", "-A", "p2", "worker"),
    ],
    ids=["make run", "web", "prepare", "worker"],
)
def test_a_level_that_the_log_does_not_have_is_a_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert said(tmp_path, *command, LOG_LEVEL="loud") == (1, LOUD)


def test_a_level_is_read_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", " warning")

    assert env.level("LOG_LEVEL", "INFO") == "WARNING"


def test_a_number_that_is_none_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_PORT", "smtp")

    with pytest.raises(
        env.BadSettingError, match=re.escape("EMAIL_PORT must be a whole number, not 'smtp'.")
    ):
        env.number("EMAIL_PORT", 25)


@pytest.mark.parametrize(
    "address", ["mysql://p2:secret@localhost/p2", "localhost", "postgresql://a:b@c:port/d", "x://"]
)
def test_an_address_of_no_postgresql_is_a_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)

    with pytest.raises(env.BadSettingError, match=f"^{re.escape(NO_DATABASE)}$"):
        env.database("DATABASE_URL", "")


def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    code, words = said(
        tmp_path, "manage.py", "migrate", DATABASE_URL=f"postgresql://p2:secret@127.0.0.1:{free_port()}/p2"
    )

    assert (code, len(words.splitlines())) == (1, 1)
    assert words.startswith("The database does not answer (connection to server at ")
    assert words.endswith("Is its server running, and DATABASE_URL right?\n")
    assert "secret" not in words


def keeps_traceback(failure: OperationalError) -> bool:
    """Whether the worker's log tells where a job stood that ended so."""
    cause = (type(failure), failure, None)
    record = logging.LogRecord("celery.app.trace", logging.ERROR, "", 0, "", None, cause)
    assert AwayInALine().filter(record)
    return record.exc_info is not None


@pytest.mark.django_db
def test_a_job_that_finds_no_database_is_a_line_in_the_log() -> None:
    nowhere = connection.copy()
    nowhere.settings_dict = {**nowhere.settings_dict, "HOST": "127.0.0.1", "PORT": str(free_port())}

    with pytest.raises(OperationalError) as away:
        nowhere.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        with pytest.raises(OperationalError) as refused:
            cursor.execute("SELECT pg_sleep(10)")

    assert (keeps_traceback(away.value), keeps_traceback(refused.value)) == (False, True)
