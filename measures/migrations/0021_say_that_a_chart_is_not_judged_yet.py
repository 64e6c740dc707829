from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0020_log_by_the_day"),
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
                    ("too_few", "not judged yet"),
                    ("none", "no numbers yet"),
                ],
                default="none",
                max_length=12,
                verbose_name="state",
            ),
        ),
    ]
