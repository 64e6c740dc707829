from django.db import migrations

from p2.columns.append_only import never_truncated


class Migration(migrations.Migration):
    dependencies = [("measures", "0023_keep_the_history_of_notes")]

    operations = [never_truncated("measures_correction")]
