"""A broken rule is a sentence; what is not allowed is refused; a database that is away is told from a refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError

GOING_DOWN = "57P"
"""How the codes begin with which PostgreSQL says that it stops, or does not answer yet."""


class RuleViolation(Exception):  # noqa: N818 - the domain's word (docs/build/words.md)
    """What was asked breaks a rule of the domain; the text says which, and the cure.

    A message on the page, 409 in the API.
    """

    page = ""
    """The address of the page that tells it; empty: the one that asked (`told_on`)."""


@contextmanager
def told_on(page: str) -> Iterator[None]:
    """A rule that is found broken inside is told on this page, and not on the one that asked: a question whose answer
    came meanwhile from another window would be refused once more, and say the same twice."""
    try:
        yield
    except RuleViolation as broken:
        broken.page = page
        raise


def ensure(allowed: bool, sentence: str = "") -> None:
    """Refuse with 403 what is visible but not allowed."""
    if not allowed:
        raise PermissionDenied(sentence)


def is_away(failure: BaseException | None) -> bool:
    """Whether the database was not there: no connection was made, or it broke.

    A database that answers and refuses a statement (a full disk, two that wait for each other, a time-out) is there.
    """
    if not isinstance(failure, InterfaceError | OperationalError):
        return False
    code: str | None = getattr(failure.__cause__, "pgcode", None)
    return code is None or code.startswith(GOING_DOWN)
