"""The WSGI application, for a server that takes a request whole by itself; ours asks `p2.front.rsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from p2.stamps.shortcut import StampsFirst
from p2.vitals.hanging import watch
from p2.web.away import database_address

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2.settings")

application = StampsFirst(get_wsgi_application())
watch.start(database_address())
