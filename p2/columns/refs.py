"""Random references: what URLs, API and files show instead of a sequence (docs/why/001-tenancy-and-refs.md)."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: people read them aloud
LENGTH = 12


def new_ref() -> str:
    """Twelve characters, 59 bits: never guessed, never reused."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
