"""Whether what the site stands on answers."""

from django.conf import settings
from django.db import DatabaseError, connection
from redis import Redis
from redis.exceptions import RedisError

PATIENCE = 1.0
"""Seconds that the broker has to answer."""


def has_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def has_broker() -> bool:
    """The site works without it: the sweep does what the hints would have started."""
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
        ) as broker:
            return bool(broker.ping())
    except (RedisError, OSError):
        return False
