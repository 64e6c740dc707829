"""What the worker's log says of a job. Settings name the filter (`LOGGING`)."""

import logging

from django.db import InterfaceError, OperationalError


class AwayInALine(logging.Filter):
    """A job that found no database is a line: the sweep begins it again, and where it stood says nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        failure = record.exc_info[1] if record.exc_info else None
        if isinstance(failure, InterfaceError | OperationalError) and not _is_of_server(failure):
            record.exc_info = record.exc_text = None
        return True


def _is_of_server(failure: Exception) -> bool:
    """Whether the database itself said so, and not the way to it."""
    return bool(getattr(failure.__cause__, "pgcode", None))
