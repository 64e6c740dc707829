"""The connection of the tests (`ENGINE` in tests/settings.py). No setting of the site leads here."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations

GUARDS = """
    SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE tgname LIKE '%\\_never\\_truncated'
"""


class EmptyingOperations(DatabaseOperations):
    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        """Empty the tables after a test, with the triggers off that refuse it."""
        with transaction.atomic(using=self.connection.alias), unguarded(self.connection):
            super().execute_sql_flush(sql_list)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = EmptyingOperations


@contextmanager
def unguarded(connection: Any = connection) -> Iterator[None]:
    """With the triggers off that refuse TRUNCATE, within the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        guards: Sequence[tuple[str, str]] = cursor.fetchall()
        for table, trigger in guards:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        for table, trigger in guards:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
