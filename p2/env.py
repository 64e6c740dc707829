"""Settings by environment: each variable is read once, here, with its type."""

import os
import secrets
from pathlib import Path


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
    return int(os.environ.get(name, str(default)))


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
