"""The signed key that a page gets with what it shows: it opens the stamp of one subject, for an hour."""

import time
from functools import lru_cache

from django.core.signing import BadSignature, Signer

LASTS = 3600
"""Seconds. A page whose key is over asks for its news with all rights, and gets a new one with them."""

_SALT = "p2.stamps"


def key_to(subject: str, *, at: float | None = None) -> str:
    """A key to the subject's stamp, for whoever may see the subject now."""
    expires = int(time.time() if at is None else at) + LASTS
    return Signer(salt=_SALT).sign(f"{subject}:{expires}")


def subject_of(key: str, *, at: float | None = None) -> str | None:
    """What the key opens; None for one that is forged or over."""
    try:
        subject, expires = _read(key)
    except BadSignature:
        return None
    return subject if (time.time() if at is None else at) < expires else None


@lru_cache(maxsize=10_000)  # a page asks with the same key some 2,500 times
def _read(key: str) -> tuple[str, int]:
    subject, _, expires = Signer(salt=_SALT).unsign(key).rpartition(":")
    return subject, int(expires)
