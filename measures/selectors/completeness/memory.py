"""What a process remembers of every organization, and reads again of those that changed since.

See docs/why/013-what-a-process-remembers.md.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection

Row = TypeVar("Row")

MOST = 4
"""Things that rows of a kind are about: months of this month, and of the one before."""

LOOK = """
    SELECT
        concat_ws(' ', pg_postmaster_start_time(), 'measures_change'::regclass::oid,
            (SELECT oid FROM pg_database WHERE datname = current_database())),
        pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        (SELECT min(xid) FROM measures_change),
        ARRAY(SELECT DISTINCT organization_id FROM measures_change WHERE xid >= %s),
        {beside}
"""
"""Which database this is; the oldest transaction under way; the oldest that is listed; who changed since."""


@dataclass(frozen=True, slots=True)
class Remembered(Generic[Row]):
    """Rows by organization, as they were or newer when no transaction before `xmin` was under way any more."""

    database: str
    xmin: int
    rows: Mapping[int, Row]


class Memory(Generic[Row]):
    """Rows of one kind, by what they are about.

    What threads share is only replaced: a slower one puts back what is older, not wrong.
    """

    def __init__(
        self, read: Callable[[Any, Collection[int] | None], dict[int, Row]], *, most: int = MOST
    ) -> None:
        """`read` answers the rows of these organizations, or of all, of what they are about; `most` things are kept."""
        self._read, self._most = read, most
        self._known: dict[tuple[str, Hashable], Remembered[Row]] = {}

    def forget(self) -> None:
        """As in a process that has just begun."""
        self._known.clear()

    def rows(
        self, about: Hashable, *, beside: str = "NULL", parameters: Sequence[Any] = ()
    ) -> tuple[Mapping[int, Row], Any]:
        """All rows, and what is asked `beside`. One query, and one where an organization changed.

        In a transaction, which may have written itself what is rolled back afterwards, all rows are read.
        """
        key = connection.settings_dict["NAME"], about
        known = None if connection.in_atomic_block else self._known.get(key)
        since = known.xmin if known else None
        with connection.cursor() as cursor:
            cursor.execute(LOOK.format(beside=beside), [since, *parameters])
            database, xmin, oldest, changed, said = cursor.fetchone()
        rows = known.rows if known and _holds(known, database, xmin, oldest) else None
        if rows is None or None in changed:
            rows = self._read(about, None)
        elif changed:
            gone = set(changed)
            kept = {place: row for place, row in rows.items() if place not in gone}
            rows = kept | self._read(about, changed)
        if connection.in_atomic_block:
            return rows, said
        others = [(its, rest) for its, rest in self._known.items() if its != key]
        self._known = {**dict(others[1 - self._most :]), key: Remembered(database, xmin, rows)}
        return rows, said


def _holds(known: Remembered[Row], database: str, xmin: int, oldest: int | None) -> bool:
    """Whether the list tells of all that happened since: in the same database, and in no more time than is kept."""
    return known.database == database and oldest is not None and oldest <= known.xmin <= xmin
