from django.db import migrations

STALE = """
    SELECT measure.id
    FROM measures_measure AS measure
    JOIN organizations_organization AS organization ON organization.id = measure.organization_id
    JOIN organizations_collaborative AS collaborative ON collaborative.id = organization.collaborative_id
    LEFT JOIN measures_chartsnapshot AS snapshot ON snapshot.measure_id = measure.id
    WHERE (
        snapshot.version IS NULL
        OR snapshot.version < measure.series_version
        OR snapshot.rules <> collaborative.run_rules
    )
"""


def dropped(name: str, table: str) -> str:
    return f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"


def made(name: str, when: str, measures: str) -> str:
    """As in migration 0006: list the measures whose charts are stale by what is written in a table."""
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO measures_stalechart (measure_id) {measures};
            RETURN NULL;
        END $$;
        CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}();
    """


def listed(table: str, when: str, measures: str) -> migrations.RunSQL:
    name = f"{table}_{when.split()[1].lower()}_lists_stale_charts"
    return migrations.RunSQL(made(name, when.format(table=table), measures), dropped(name, table))


def listed_again(table: str, when: str, measures: str, *, before: tuple[str, str]) -> migrations.RunSQL:
    """A trigger of migration 0006 in another form; `before` is when it came, and what it listed."""
    name = f"{table}_{when.split()[1].lower()}_lists_stale_charts"
    old = made(name, before[0].format(table=table), before[1])
    new = made(name, when.format(table=table), measures)
    return migrations.RunSQL(dropped(name, table) + new, dropped(name, table) + old)


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0007_name_every_field"),
        ("organizations", "0005_name_every_field"),
    ]

    operations = [
        listed("measures_chartsnapshot", "AFTER TRUNCATE ON {table} FOR EACH STATEMENT", STALE),
        listed("measures_stalechart", "AFTER TRUNCATE ON {table} FOR EACH STATEMENT", STALE),
        listed_again(
            "measures_chartsnapshot",
            "AFTER UPDATE ON {table} FOR EACH ROW WHEN "
            "(NEW.version < OLD.version OR NEW.rules <> OLD.rules OR NEW.measure_id <> OLD.measure_id)",
            f"{STALE} AND measure.id IN (OLD.measure_id, NEW.measure_id)",
            before=(
                "AFTER UPDATE ON {table} FOR EACH ROW WHEN (NEW.version < OLD.version)",
                "VALUES (OLD.measure_id)",
            ),
        ),
        listed_again(
            "measures_measure",
            "AFTER INSERT OR UPDATE OF series_version, definition_id, organization_id ON {table} FOR EACH ROW",
            "VALUES (NEW.id)",
            before=(
                "AFTER INSERT OR UPDATE OF series_version, definition_id ON {table} FOR EACH ROW",
                "VALUES (NEW.id)",
            ),
        ),
        listed(
            "organizations_organization",
            "AFTER UPDATE OF collaborative_id ON {table} FOR EACH ROW "
            "WHEN (NEW.collaborative_id <> OLD.collaborative_id)",
            "SELECT id FROM measures_measure WHERE organization_id = NEW.id",
        ),
        migrations.RunSQL(
            f"INSERT INTO measures_stalechart (measure_id) {STALE}", migrations.RunSQL.noop
        ),
    ]
