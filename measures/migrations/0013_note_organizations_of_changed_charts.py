from importlib import import_module

from django.db import migrations

before = import_module("measures.migrations.0012_note_changed_organizations")

MEASURE = "measures_measure_update_notes_organizations"
OF_CHART = before.OF_MEASURE.format(keys="SELECT measure_id FROM written")


def of_measure(columns: str) -> str:
    """Note the organization of a measure where one of these columns becomes another."""
    old, new = (", ".join(f"{row}.{column}" for column in columns.split()) for row in ("OLD", "NEW"))
    return f"""
        DROP TRIGGER {MEASURE} ON measures_measure;
        CREATE TRIGGER {MEASURE} AFTER UPDATE ON measures_measure FOR EACH ROW
        WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION {MEASURE}();
    """


class Migration(migrations.Migration):
    """What else a process remembers of an organization: how its charts stand, what its measures are called."""

    dependencies = [("measures", "0012_note_changed_organizations")]

    operations = [
        migrations.RunSQL(
            of_measure(
                "organization_id definition_id retired_at name ref position core_measure_id stratum_of_id stratum_label"
            ),
            of_measure("organization_id definition_id retired_at"),
        ),
        # a definition is changed by a new version; a repair by hand may change its words as well
        migrations.RunSQL(
            """
            DROP TRIGGER measures_definition_update_notes_organizations ON measures_definition;
            CREATE TRIGGER measures_definition_update_notes_organizations
            AFTER UPDATE ON measures_definition FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
            EXECUTE FUNCTION measures_definition_update_notes_organizations();
            """,
            """
            DROP TRIGGER measures_definition_update_notes_organizations ON measures_definition;
            CREATE TRIGGER measures_definition_update_notes_organizations
            AFTER UPDATE ON measures_definition FOR EACH ROW
            WHEN ((OLD.measure_id, OLD.number, OLD.effective_from, OLD.frequency)
                IS DISTINCT FROM (NEW.measure_id, NEW.number, NEW.effective_from, NEW.frequency))
            EXECUTE FUNCTION measures_definition_update_notes_organizations();
            """,
        ),
        before.noted("measures_chartsnapshot", "insert", OF_CHART),
        before.noted("measures_chartsnapshot", "delete", OF_CHART),
        before.noted("measures_chartsnapshot", "truncate", before.EVERY_ONE),
        before.noted(
            "measures_chartsnapshot",
            "update",
            OF_CHART,
            "AFTER UPDATE ON {table} REFERENCING NEW TABLE AS written FOR EACH STATEMENT",
        ),
    ]
