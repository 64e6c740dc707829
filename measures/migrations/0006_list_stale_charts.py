from django.db import migrations, models


def listed(table: str, when: str, measures: str) -> migrations.RunSQL:
    """What the database does when a row of `table` is written: list the measures whose charts are stale by it."""
    name = f"{table}_{when.split()[1].lower()}_lists_stale_charts"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO measures_stalechart (measure_id) {measures};
            RETURN NULL;
        END $$;
        CREATE TRIGGER {name} {when.format(table=table)} EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


STALE_NOW = """
    INSERT INTO measures_stalechart (measure_id)
    SELECT measure.id
    FROM measures_measure AS measure
    JOIN organizations_organization AS organization ON organization.id = measure.organization_id
    JOIN organizations_collaborative AS collaborative ON collaborative.id = organization.collaborative_id
    LEFT JOIN measures_chartsnapshot AS snapshot ON snapshot.measure_id = measure.id
    WHERE snapshot.version IS NULL
        OR snapshot.version < measure.series_version
        OR snapshot.rules <> collaborative.run_rules
"""


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0005_index_observations_by_period"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaleChart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "measure",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=models.deletion.DO_NOTHING,
                        related_name="+",
                        to="measures.measure",
                    ),
                ),
            ],
        ),
        listed(
            "measures_measure",
            "AFTER INSERT OR UPDATE OF series_version, definition_id ON {table} FOR EACH ROW",
            "VALUES (NEW.id)",
        ),
        listed(
            "measures_chartsnapshot",
            "AFTER DELETE ON {table} FOR EACH ROW",
            "VALUES (OLD.measure_id)",
        ),
        listed(
            "measures_chartsnapshot",
            "AFTER UPDATE ON {table} FOR EACH ROW WHEN (NEW.version < OLD.version)",
            "VALUES (OLD.measure_id)",
        ),
        listed(
            "organizations_collaborative",
            "AFTER UPDATE OF run_rules ON {table} FOR EACH ROW WHEN (NEW.run_rules <> OLD.run_rules)",
            "SELECT measure.id FROM measures_measure AS measure JOIN organizations_organization AS organization "
            "ON organization.id = measure.organization_id WHERE organization.collaborative_id = NEW.id",
        ),
        migrations.RunSQL(STALE_NOW, migrations.RunSQL.noop),
    ]
