"""What the log says of a request. Settings name the filter (`LOGGING`)."""

import logging
from http import HTTPStatus


class RefusedInALine(logging.Filter):
    """A request that was refused is a line: its traceback would only say where our own check stands.

    So is one for which the database did not answer (503): the statement that waited is not the cause.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
        if 400 <= status < 500 or status == HTTPStatus.SERVICE_UNAVAILABLE:
            record.exc_info = record.exc_text = None
        return True
