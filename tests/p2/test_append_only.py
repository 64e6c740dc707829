"""What is only ever added to: the database refuses to change a row of it, to delete one and to empty the table."""

import pytest
from django.db import IntegrityError, connection, transaction

from p2 import audit
from p2.models import AuditEntry
from tests.actors import make_person

pytestmark = pytest.mark.django_db

TABLES = ("measures_correction", "p2_auditentry")


def refused(statement: str) -> str:
    """What the database says to a statement, which must fail."""
    with pytest.raises(IntegrityError) as failure, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(failure.value).splitlines()[0]


@pytest.mark.parametrize("table", TABLES)
def test_a_trail_is_not_emptied(table: str) -> None:
    assert refused(f"TRUNCATE {table}") == f"{table} is append-only: TRUNCATE is refused"
    assert refused("TRUNCATE organizations_user, measures_measure CASCADE").endswith("TRUNCATE is refused")


def test_an_entry_is_neither_changed_nor_deleted() -> None:
    person = make_person()
    audit.record("signed in", person, by=person)

    assert refused("UPDATE p2_auditentry SET verb = 'x'") == "p2_auditentry is append-only: UPDATE is refused"
    assert refused("DELETE FROM p2_auditentry") == "p2_auditentry is append-only: DELETE is refused"
    assert AuditEntry.objects.count() == 1


def test_every_append_only_table_refuses_all_three() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, count(*) FROM pg_trigger "
                       "WHERE tgfoid = 'p2_refuse_change'::regproc GROUP BY 1 ORDER BY 1")  # fmt: skip
        assert cursor.fetchall() == [(table, 2) for table in TABLES]
