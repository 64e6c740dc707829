#!/usr/bin/env python
"""Django's command line for P2."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, connection


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2.settings")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as failure:
        if connection.connection is not None:  # it answers, and refuses a statement
            raise
        why = str(failure).strip().splitlines()[0]
        sys.exit(f"The database does not answer ({why}). Is its server running, and DATABASE_URL right?")


if __name__ == "__main__":
    main()
