from importlib import import_module
from typing import Any, ClassVar

from django.db import migrations

measures = import_module("measures.migrations.0019_keep_care_processes_and_say_where_numbers_come_from")


def list_of_projects(apps: Any, schema_editor: Any) -> None:
    projects = apps.get_model("projects", "Project").objects
    measures.list_used(apps, projects.values_list("organization__collaborative", "care_process"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("projects", "0004_note_changed_organizations"),
        ("measures", "0019_keep_care_processes_and_say_where_numbers_come_from"),
    ]

    operations: ClassVar = [
        migrations.RunPython(list_of_projects, migrations.RunPython.noop, elidable=True)
    ]
