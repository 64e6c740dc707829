"""The WSGI application: `granian --interface wsgi p2.wsgi:application`."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from p2.stamps.shortcut import StampsFirst

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2.settings")

# A thread that comes back from the database waits this long for one that draws a page; Python's own 5 ms,
# ten times in a save, is what a save beside a page would be late.
sys.setswitchinterval(0.0005)

application = StampsFirst(get_wsgi_application())
