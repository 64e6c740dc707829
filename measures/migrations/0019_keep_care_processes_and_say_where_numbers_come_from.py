from collections.abc import Iterable
from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

import p2.columns.folding
import p2.columns.refs

WORDS = {
    "inclusions": ("inclusions", "Who or what is counted, and who is left out."),
    "data_source": ("data source", "Where the numbers are read: incident reports, pharmacy system."),
    "sampling": ("sampling", "Everybody, or how they are chosen: the first 20 charts of a month."),
}


def list_used(apps: Any, used: Iterable[tuple[int, str]]) -> None:
    """Put on each collaborative's list what its rows name already; of two ways to write a name, one."""
    CareProcess = apps.get_model("measures", "CareProcess")
    listed = set(CareProcess.objects.values_list("collaborative", "folded"))
    for collaborative, name in sorted(set(used)):
        key = (collaborative, p2.columns.folding.fold(name))
        if key[1] and key not in listed:
            listed.add(key)
            CareProcess.objects.create(collaborative_id=collaborative, name=name)


def list_of_measures(apps: Any, schema_editor: Any) -> None:
    measures, cores = (apps.get_model("measures", model) for model in ("Measure", "CoreMeasure"))
    list_used(apps, cores.objects.values_list("collaborative", "care_process"))
    list_used(apps, measures.objects.values_list("organization__collaborative", "care_process"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("measures", "0018_sign_off_sheets"),
        ("organizations", "0005_name_every_field"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CareProcess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        default=p2.columns.refs.new_ref,
                        editable=False,
                        max_length=12,
                        unique=True,
                        verbose_name="ref",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As all participants call it: Medicines and harm",
                        max_length=80,
                        verbose_name="name",
                    ),
                ),
                (
                    "folded",
                    p2.columns.folding.FoldedField(default="", editable=False, of=("name",)),
                ),
                (
                    "collaborative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="care_processes",
                        to="organizations.collaborative",
                        verbose_name="collaborative",
                    ),
                ),
            ],
            options={
                "verbose_name": "care process",
                "verbose_name_plural": "care processes",
                "ordering": ["folded"],
                "constraints": [
                    models.UniqueConstraint(fields=("collaborative", "folded"), name="care_process_once")
                ],
            },
        ),
        *(
            migrations.AddField(
                model,
                field,
                models.CharField(blank=True, help_text=told, max_length=300, verbose_name=called),
            )
            for model in ("coremeasure", "definition")
            for field, (called, told) in WORDS.items()
        ),
        migrations.RunPython(list_of_measures, migrations.RunPython.noop, elidable=True),
    ]
