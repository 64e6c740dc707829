from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0021_say_that_a_chart_is_not_judged_yet"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name=name,
            field=models.CharField(
                blank=True, db_default="", default="", max_length=1000, verbose_name=name.replace("_", " ")
            ),
        )
        for name in ("old_note", "new_note")
    ]
