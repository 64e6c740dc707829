"""How a snapshot's arrays become bytes and are read again. The format is written down here and nowhere else."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

EPOCH = date(1970, 1, 1)
DAYS, FLOATS, BYTES = np.dtype("<i4"), np.dtype("<f8"), np.dtype("u1")


def pack(matrix: NDArray[Any], lengths: NDArray[np.int32], kind: np.dtype[Any]) -> bytes:
    """The first points of each row, as many as its length says, packed as `kind`; one row after the other.

    >>> pack(np.array([[1, 2], [3, 0]]), np.array([2, 1], np.int32), BYTES)
    b'\\x01\\x02\\x03'
    """
    return matrix[np.arange(matrix.shape[1]) < lengths[:, None]].astype(kind).tobytes()


def unpack_dates(packed: bytes | memoryview) -> tuple[date, ...]:
    """Days since 1970-01-01 as dates."""
    return tuple(EPOCH + timedelta(days=day) for day in np.frombuffer(packed, DAYS).tolist())


def unpack_numbers(packed: bytes | memoryview) -> tuple[float | None, ...]:
    """Numbers; None where one is missing.

    >>> unpack_numbers(pack(np.array([[1.5, np.nan]]), np.array([2], np.int32), FLOATS))
    (1.5, None)
    """
    return tuple(None if number != number else number for number in np.frombuffer(packed, FLOATS).tolist())  # noqa: PLR0124 - NaN
