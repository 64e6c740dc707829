"""The WSGI application: `granian --interface wsgi p2.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2.settings")

application = get_wsgi_application()
