"""Which version of its row a value comes from: what was made of the row before is known to be true by it."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Func, TextField
from django.db.models.expressions import Col
from django.db.models.sql.compiler import SQLCompiler


class RowVersion(Func):
    """The versions of the rows in which these columns stand, as one text: another after every UPDATE of one of them.

    PostgreSQL's own `xmin` and `ctid`: who wrote the version and where it lies. Name a column that is no key: Django
    reads the key of another row from the column that refers to it.
    """

    output_field = TextField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_context: Any
    ) -> tuple[str, tuple[()]]:
        rows = [compiler.quote_name_unless_alias(_alias(one)) for one in self.get_source_expressions()]
        versions = ", ".join(f"{row}.xmin, {row}.ctid" for row in rows)
        return f"concat_ws(' ', {versions})", ()


def _alias(column: Expression) -> str:
    if not isinstance(column, Col):
        raise TypeError(f"{column!r} is no column, so that it has no row.")
    return column.alias
