"""What the worker's log says of a job. Settings name the filter (`LOGGING`)."""

import logging

from p2.errors import is_away


class AwayInALine(logging.Filter):
    """A job that found no database is a line: the sweep begins it again, and where it stood says nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and is_away(record.exc_info[1]):
            record.exc_info = record.exc_text = None
        return True
