from importlib import import_module

from django.db import migrations

measures = import_module("measures.migrations.0012_note_changed_organizations")

OWN = "SELECT DISTINCT organization_id FROM projects_project WHERE id IN ({keys})"


class Migration(migrations.Migration):
    """A process remembers the running projects of an organization and their measures (docs/why/013)."""

    dependencies = [
        ("projects", "0003_name_every_field"),
        ("measures", "0012_note_changed_organizations"),
    ]

    operations = [
        *measures.followed(
            "projects_project",
            "organization_id",
            measures.OWN,
            "id organization_id name care_process state ref",
        ),
        *measures.followed(
            "projects_projectmeasure", "project_id", OWN, "id project_id measure_id role position"
        ),
    ]
