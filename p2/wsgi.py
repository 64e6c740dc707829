"""The WSGI application, for a server that takes a request whole by itself; ours asks `p2.front.rsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from p2.stamps.shortcut import StampsFirst

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2.settings")

application = StampsFirst(get_wsgi_application())
