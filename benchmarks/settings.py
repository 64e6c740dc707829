"""p2.settings for the benchmarks: on a cluster of their own, whose trails may be emptied between two of them."""

from p2.settings import *  # noqa: F403

DATABASES["default"]["ENGINE"] = "tests.postgresql"  # noqa: F405
