"""A broken rule is a sentence; what is not allowed is refused."""

from django.core.exceptions import PermissionDenied


class RuleViolation(Exception):  # noqa: N818 - the domain's word (docs/build/words.md)
    """What was asked breaks a rule of the domain; the text says which, and the cure.

    A message on the page, 409 in the API.
    """


def ensure(allowed: bool, sentence: str = "") -> None:
    """Refuse with 403 what is visible but not allowed."""
    if not allowed:
        raise PermissionDenied(sentence)
