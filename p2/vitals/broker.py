"""The broker, and in it the mark that beat leaves: by it one knows that beat works, wherever it runs."""

BEAT = "p2:beat"
BEAT_LASTS = 15
"""Seconds. A beat that sent no job for so long is away."""


def signs(url: str, *, within: float) -> tuple[bool, bool]:
    """Whether the broker answers, and whether beat has sent jobs lately. One try."""
    import redis  # noqa: PLC0415 - it takes as long as all that `make run` needs until the site is there

    once = redis.retry.Retry(redis.backoff.NoBackoff(), 0)
    timeouts = {"socket_connect_timeout": within, "socket_timeout": within}
    try:
        with redis.Redis.from_url(url, retry=once, **timeouts) as asked:
            return True, bool(asked.exists(BEAT))
    except (redis.RedisError, OSError):
        return False, False
