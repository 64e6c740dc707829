"""Whether the site in this container answers: `python p2/run/probe.py`, which imports nothing of P2.

It asks as the proxy would, so that a site that insists on https does not send it elsewhere.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit


def status(port: int = 8000) -> int:
    """The HTTP status of /healthz; 0 when nobody answers."""
    site = urlsplit(os.environ.get("SITE_URL", "http://localhost:8000"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": site.netloc, "X-Forwarded-Proto": site.scheme})
        return connection.getresponse().status
    except OSError:
        return 0


if __name__ == "__main__":
    sys.exit(0 if status() == http.client.OK else 1)
