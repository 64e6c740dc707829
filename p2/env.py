"""Settings by environment: each variable is read once, here, with its type."""

import logging
import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url


class BadSettingError(SystemExit):
    """A setting that cannot be read. The program that asked for it ends with this sentence and 1."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """True for 1, true, yes, on (any case)."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def on_or_count(name: str) -> int:
    """A flag that may also say how many: 0 where it is off, 1 where it is on, else the number."""
    given = text(name).strip()
    return int(given) if given.isdecimal() else int(flag(name))


def number(name: str, default: int) -> int:
    given = text(name, str(default))
    try:
        return int(given)
    except ValueError:
        raise BadSettingError(f"{name} must be a whole number, not {given!r}.") from None


def level(name: str, default: str) -> str:
    """The name of a level of the log, in any case."""
    given = text(name, default).strip()
    if given.upper() not in logging.getLevelNamesMapping():
        raise BadSettingError(f"{name} must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not {given!r}.")
    return given.upper()


def database(name: str, default: str) -> dict[str, Any]:
    """A PostgreSQL database as Django wants it described. A refusal names no password."""
    cure = f"{name} must name a PostgreSQL database: postgresql://person:password@host:5432/name."
    try:
        found: dict[str, Any] = dict(
            dj_database_url.parse(text(name, default), conn_max_age=60, conn_health_checks=True)
        )
    except ValueError:
        raise BadSettingError(cure) from None
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise BadSettingError(cure)
    return found


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret_key(var: Path) -> str:
    """SECRET_KEY, or one made on the first start and kept in `var/secret_key`, readable by its owner only."""
    if given := text("SECRET_KEY"):
        return given
    kept = var / "secret_key"
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return kept.read_text(encoding="ascii").strip()
