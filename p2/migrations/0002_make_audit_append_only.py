from django.db import migrations

from p2.columns.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("p2", "0001_initial")]

    operations = [append_only("p2_auditentry")]
