"""For whoever watches the site: a proxy, a container, a monitor."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

PATIENCE = 1.0
"""Seconds that the broker has to answer."""


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503; without the broker the site works more slowly. No session is read."""
    database = has_database()
    state = {
        "database": "up" if database else "away",
        "broker": "up" if has_broker() else "away",
    }
    return JsonResponse(state, status=200 if database else 503)


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
