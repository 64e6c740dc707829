"""The broker, asked for what is not a job: stamps, and the rows that a job is to look at."""

from functools import cache

from celery import current_task
from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 0.2
"""Seconds that the broker has to answer whoever waits for a page."""

PATIENCE_OF_JOBS = 5.0
"""Seconds that it has to answer a job, for which nobody waits."""


def broker() -> Redis:
    return client(patience())


def patience() -> float:
    """Seconds that the broker has to answer whoever asks now."""
    return PATIENCE_OF_JOBS if current_task else PATIENCE


@cache
def client(patience: float) -> Redis:
    """One try and no other, over in this time."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=patience,
        socket_timeout=patience,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
