"""Time zones by the name that a row keeps."""

import logging
from functools import lru_cache
from zoneinfo import ZoneInfo

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1000)
def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; UTC where there is none: a form refuses such a name, but a row may hold it.

    >>> str(zone_of("Europe/Stockholm")), str(zone_of("Mars/Phobos")), str(zone_of("")), str(zone_of("Europe"))
    ('Europe/Stockholm', 'UTC', 'UTC', 'UTC')
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # none of this name, no name at all, a folder of zones
        logger.warning("There is no time zone %r: UTC stands in for it", name)
        return ZoneInfo("UTC")
