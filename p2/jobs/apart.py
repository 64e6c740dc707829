"""The rows of a job, each apart: what fails with one of them is logged, and the others are done all the same."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

logger = logging.getLogger(__name__)


@contextmanager
def alone(job: str, row: models.Model) -> Iterator[None]:
    """What is done within this is done for one row, in a transaction of its own.

    Whatever is raised is taken back and logged with the row's name, and the caller goes on with the next one; what a
    database raises that is away, with which no row can be done, goes through.
    """
    try:
        with transaction.atomic():
            yield
    except Exception:
        if not connection.is_usable():
            raise
        logger.exception("%s could not be done for %s %s", job, row._meta.model_name, row.pk)
