from django.db import migrations, models

JUDGED_ANEW = "UPDATE measures_measure SET series_version = series_version + 1"
"""Every chart is stale: the verdicts follow another method (docs/why/012)."""


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0009_say_that_a_number_is_withheld"),
    ]

    operations = [
        migrations.AlterField(
            model_name="chartsnapshot",
            name="state",
            field=models.CharField(
                choices=[
                    ("improvement", "improvement"),
                    ("concern", "concern"),
                    ("unusual", "unusual, direction unclear"),
                    ("common", "common cause"),
                    ("no_rules", "rules not applicable"),
                    ("too_few", "under 10 points"),
                    ("none", "no numbers yet"),
                ],
                default="none",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.RunSQL(JUDGED_ANEW, migrations.RunSQL.noop),
    ]
