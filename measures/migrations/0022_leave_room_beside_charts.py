"""A chart is computed again and again: its new version fits beside the old one, and no index is written for it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("measures", "0021_say_that_a_chart_is_not_judged_yet")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE measures_chartsnapshot SET (fillfactor = 50)",
            "ALTER TABLE measures_chartsnapshot RESET (fillfactor)",
        )
    ]
