"""The disk of all that P2 keeps is full for a while: numbers are refused, and what was acknowledged is there."""

from contextlib import suppress
from time import monotonic, sleep

from faults.site import Site

TITLE = "the disk full for 15 s"
FULL = 15.0
PIECES = (1 << 20, 1 << 12, 1)
"""Bytes that are added at a time, until nothing more fits."""


def happen(site: Site) -> str:
    if not site.is_on_small_disk:
        return "not tried: a disk of its own needs root"
    filler, until = site.var / "filler", monotonic() + FULL
    try:
        with filler.open("ab", buffering=0) as file:
            while monotonic() < until:  # what is freed meanwhile is taken too
                for piece in PIECES:
                    with suppress(OSError):
                        while file.write(bytes(piece)) == piece:
                            pass
                sleep(0.1)
    finally:
        filler.unlink()
    return "refused while it was full"
