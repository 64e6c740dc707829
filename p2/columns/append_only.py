"""Migration operations: the database itself refuses UPDATE, DELETE and TRUNCATE on a table."""

from django.db.migrations.operations import RunSQL

FUNCTION = """
CREATE OR REPLACE FUNCTION p2_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def append_only(table: str) -> RunSQL:
    """Make `table` append-only by a row trigger; reversible."""
    return RunSQL(
        FUNCTION
        + f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        + "FOR EACH ROW EXECUTE FUNCTION p2_refuse_change();",
        f"DROP TRIGGER {table}_append_only ON {table};",
    )


def never_truncated(table: str) -> RunSQL:
    """Refuse TRUNCATE too, which no row trigger sees; reversible. Beside `append_only`."""
    return RunSQL(
        FUNCTION
        + f"CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table} "
        + "FOR EACH STATEMENT EXECUTE FUNCTION p2_refuse_change();",
        f"DROP TRIGGER {table}_never_truncated ON {table};",
    )
