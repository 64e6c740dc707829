from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0022_leave_room_beside_charts"),
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
