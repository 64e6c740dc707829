"""The application as the server asks for it: `granian --interface rsgi p2.front.rsgi:application`."""

from p2 import env
from p2.front.door import Door
from p2.vitals.hanging import watch
from p2.web.away import database_address
from p2.wsgi import application as site

application = Door(
    site,
    threads=env.number("WEB_THREADS", 4),
    aside=site.aside,
    begin=lambda: watch.start(database_address()),
    end=site.held.end,
)
