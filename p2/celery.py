"""The Celery application: `celery -A p2 worker`, `celery -A p2 beat`."""

import os
from typing import Any, Self

from celery import Celery
from celery.app.amqp import AMQP
from kombu import Connection
from kombu.transport import redis

from p2.delivery.transport import RedisTransport

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2.settings")

LONGEST_WAIT = 3.0
"""Seconds between two tries of worker and beat to reach the broker again; Celery's own half a minute
would let charts stay behind their numbers for as long after a long outage."""


class Broker(Connection):
    """A connection that looks often for a broker that went away, through a transport that survives its stalls."""

    def get_transport_cls(self) -> type:
        found: type = super().get_transport_cls()
        return RedisTransport if found is redis.Transport else found

    def ensure_connection(self, *args: Any, **options: Any) -> Self:
        return super().ensure_connection(*args, **{"interval_max": LONGEST_WAIT, **options})


class Messaging(AMQP):
    Connection = Broker


app = Celery("p2", amqp=Messaging)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
