"""Long columns as PostgreSQL reads them fastest: one literal each, where the driver would write one for every item."""

from binascii import b2a_base64
from collections.abc import Iterable


def array(column: Iterable[object]) -> str:
    """Numbers, or single words, as an array; None is NULL.

    >>> array([1, None, 2.5]), array(["none"])
    ('{1,NULL,2.5}', '{none}')
    """
    return "{" + ",".join(["NULL" if item is None else str(item) for item in column]) + "}"


def stretch(packed: bytes) -> str:
    """Bytes for `decode(…, 'base64')`, which takes fewer letters than the driver's own way: four for three bytes.

    >>> stretch(b"P2")
    'UDI='
    """
    return b2a_base64(packed, newline=False).decode()
