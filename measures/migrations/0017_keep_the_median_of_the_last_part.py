from typing import ClassVar

from django.db import migrations, models

JUDGED_ANEW = """
    INSERT INTO measures_stalechart (measure_id) SELECT measure_id FROM measures_chartsnapshot
"""
"""Each chart is computed once more and then has its median; the numbers did not change, so nothing of it is news."""


class Migration(migrations.Migration):
    """`METHOD` of the engine rose with it, by which every stored chart is stale."""

    dependencies: ClassVar = [("measures", "0016_name_the_changed_organization")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="chartsnapshot",
            name="median",
            field=models.FloatField(
                help_text="Of all points of the last part that are not left out, whatever of it is frozen.",
                null=True,
                verbose_name="median",
            ),
        ),
        migrations.RunSQL(JUDGED_ANEW, migrations.RunSQL.noop),
    ]
