from django.db import migrations

from p2.columns.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_link_measures_and_add_constraints")]

    operations = [append_only("measures_correction")]
