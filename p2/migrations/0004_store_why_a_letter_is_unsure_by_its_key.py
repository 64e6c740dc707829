from django.db import migrations

STORED = "The worker stopped while this was being sent."
KEY = "worker_stopped"


def to_key(apps, schema_editor):
    apps.get_model("p2", "Letter").objects.filter(failure=STORED).update(failure=KEY)


def to_sentence(apps, schema_editor):
    apps.get_model("p2", "Letter").objects.filter(failure=KEY).update(failure=STORED)


class Migration(migrations.Migration):
    dependencies = [("p2", "0003_name_every_field")]

    operations = [migrations.RunPython(to_key, to_sentence)]
