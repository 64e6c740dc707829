from django.db import migrations, models

JUDGED_ANEW = """
    INSERT INTO measures_stalechart (measure_id) SELECT measure_id FROM measures_chartsnapshot
"""
"""Each chart learns which period completed its signal; the numbers did not change, so nothing of it is news."""


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0013_note_organizations_of_changed_charts"),
    ]

    operations = [
        migrations.AddField(
            model_name="chartsnapshot",
            name="method",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="The number of the way in which it was judged, see measures.spc.",
                verbose_name="method",
            ),
        ),
        migrations.AddField(
            model_name="chartsnapshot",
            name="rejudged_at",
            field=models.DateTimeField(
                help_text="When other rules alone last changed the state.",
                null=True,
                verbose_name="judged otherwise at",
            ),
        ),
        migrations.AddField(
            model_name="chartsnapshot",
            name="signal_completed",
            field=models.DateField(
                help_text="The period from which on the chart said so without a break; empty where no signal stands.",
                null=True,
                verbose_name="signal completed",
            ),
        ),
        migrations.AlterField(
            model_name="chartsnapshot",
            name="state_since",
            field=models.DateTimeField(
                help_text="When numbers, mark-ups or a definition brought this state: a change of rules does not.",
                verbose_name="state since",
            ),
        ),
        migrations.AddIndex(
            model_name="chartsnapshot",
            index=models.Index(
                condition=models.Q(("rejudged_at__isnull", False)),
                fields=["rejudged_at"],
                include=("measure",),
                name="snapshot_judged_otherwise",
            ),
        ),
        migrations.RunSQL(JUDGED_ANEW, migrations.RunSQL.noop),
    ]
