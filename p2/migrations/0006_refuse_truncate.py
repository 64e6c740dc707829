from django.db import migrations

from p2.columns.append_only import never_truncated


class Migration(migrations.Migration):
    dependencies = [("p2", "0005_add_pulse")]

    operations = [never_truncated("p2_auditentry")]
