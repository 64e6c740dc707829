"""One PostgreSQL cluster and one Valkey for a whole test run, unless DATABASE_URL names a server.

pytest's first process starts them; xdist's workers inherit their addresses.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from p2.run import embedded


def start_once() -> dict[str, str]:
    """The environment tests run in; starts the servers the first time."""
    quick = {
        "CELERY_EAGER": "1",
        "PLAIN_STATIC": "1",
        "SITE_URL": "http://localhost:8000",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop running beside the tests
    }
    if "DATABASE_URL" in os.environ:
        return quick
    home = Path(tempfile.mkdtemp(prefix="p2-test-"))
    stack = ExitStack()
    atexit.register(stack.close)
    stack.callback(shutil.rmtree, home, ignore_errors=True)
    return {"P2_VAR": str(home), **quick, **stack.enter_context(embedded.servers(home))}
