from django.db import migrations

from p2.columns.append_only import never_truncated


class Migration(migrations.Migration):
    dependencies = [("p2", "0004_store_why_a_letter_is_unsure_by_its_key")]

    operations = [never_truncated("p2_auditentry")]
