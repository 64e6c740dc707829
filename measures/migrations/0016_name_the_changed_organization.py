from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """The model takes the name of what a row is; the table keeps the one that the triggers know."""

    dependencies: ClassVar = [("measures", "0015_enter_event_dates")]

    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelTable("Change", "measures_change"),
                migrations.RenameModel("Change", "ChangedOrganization"),
            ]
        )
    ]
