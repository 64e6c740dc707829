from django.db import migrations

from p2.columns.append_only import never_truncated


class Migration(migrations.Migration):
    dependencies = [("measures", "0022_leave_room_beside_charts")]

    operations = [never_truncated("measures_correction")]
