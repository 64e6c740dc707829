from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0010_name_what_is_unusual_and_judge_anew")]

    operations = [
        migrations.RemoveIndex(model_name="chartsnapshot", name="snapshot_by_state"),
        migrations.AddIndex(
            model_name="chartsnapshot",
            index=models.Index(fields=["state", "state_since"], include=("measure",), name="snapshot_by_state"),
        ),
        migrations.AddIndex(
            model_name="definition",
            index=models.Index(
                condition=models.Q(("number__gt", 1)), fields=["recorded_at"], name="definition_by_change"
            ),
        ),
    ]
