from django.db import migrations, models
from django.db.models.functions import Cast, Now

EVENTS = {
    "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS written FOR EACH STATEMENT",
    "delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS written FOR EACH STATEMENT",
    "truncate": "AFTER TRUNCATE ON {table} FOR EACH STATEMENT",
}


def noted(table: str, event: str, organizations: str, when: str = "") -> migrations.RunSQL:
    """What the database does when rows of `table` are written: note their organizations."""
    name = f"{table}_{event}_notes_organizations"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO measures_change (organization_id) {organizations};
            RETURN NULL;
        END $$;
        CREATE TRIGGER {name} {(when or EVENTS[event]).format(table=table)} EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def followed(table: str, key: str, organizations: str, columns: str) -> list[migrations.RunSQL]:
    """All that happens to a table. An UPDATE is looked at row by row, and noted where one of these columns differs."""
    old, new = (", ".join(f"{row}.{column}" for column in columns.split()) for row in ("OLD", "NEW"))
    updated = f"AFTER UPDATE ON {{table}} FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new}))"
    written = organizations.format(keys=f"SELECT {key} FROM written")
    return [
        noted(table, "insert", written),
        noted(table, "delete", written),
        noted(table, "update", organizations.format(keys=f"VALUES (OLD.{key}), (NEW.{key})"), updated),
        noted(table, "truncate", EVERY_ONE),
    ]


EVERY_ONE = "VALUES (NULL)"
OWN = "SELECT DISTINCT id FROM ({keys}) AS own (id)"
OF_MEASURE = "SELECT DISTINCT organization_id FROM measures_measure WHERE id IN ({keys})"


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0011_find_news_by_indexes"),
        ("organizations", "0005_name_every_field"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "xid",
                    models.BigIntegerField(
                        db_default=Cast(
                            Cast(models.Func(function="pg_current_xact_id"), models.TextField()),
                            models.BigIntegerField(),
                        ),
                        editable=False,
                    ),
                ),
                ("at", models.DateTimeField(db_default=Now(), editable=False)),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["xid"], include=("organization",), name="change_by_xid")],
            },
        ),
        *followed("measures_observation", "measure_id", OF_MEASURE, "measure_id period ordinal no_data"),
        *followed("measures_definition", "measure_id", OF_MEASURE, "measure_id number effective_from frequency"),
        *followed("measures_measure", "organization_id", OWN, "organization_id definition_id retired_at"),
        *followed("organizations_participation", "organization_id", OWN, "organization_id phase_id"),
        *followed(
            "organizations_organization",
            "id",
            OWN,
            "id collaborative_id name short_name name_is_invented ref time_zone",
        ),
        noted("measures_change", "truncate", EVERY_ONE),
        migrations.RunSQL("INSERT INTO measures_change (organization_id) VALUES (NULL)", migrations.RunSQL.noop),
    ]
