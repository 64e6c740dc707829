"""The p2 app: the ground that the others stand on."""

from django.apps import AppConfig
from django.conf import settings

from p2.celery import app


class P2Config(AppConfig):
    name = "p2"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if settings.CELERY_TASK_ALWAYS_EAGER:  # an unregistered name would go to the broker
            app.autodiscover_tasks(force=True)
