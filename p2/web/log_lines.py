"""What the log says of a request. Settings name the filter (`LOGGING`)."""

import logging


class RefusedInALine(logging.Filter):
    """A request that was refused is a line: its traceback would only say where our own check stands."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
