"""The whole table, and the people and places that it is held against."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from organizations.models import User
from tests.actors import Cast, make_cast
from tests.permissions import account, measure_page, organizations, p2, projects, sheet
from tests.permissions.places import make_place
from tests.permissions.table import ACTORS, Place, cells, organization, person

BY_HAND = (account, measure_page, organizations, p2, projects, sheet)
CELLS = [cell for part in BY_HAND for cell in cells(part.TABLE)]
ADDRESSES = {route: address for part in BY_HAND for route, address in part.ADDRESSES.items()}


@dataclass(frozen=True)
class Stage:
    """The cast with a place around each of its organizations and everybody's session: made once for all rows."""

    cast: Cast
    places: dict[int, Place]
    keys: dict[str, str]
    browser: Client

    def place(self, actor: str, scope: str) -> Place:
        """Where the rows stand that a scope means for an actor."""
        return self.places[organization(self.cast, actor, scope).pk]

    def browser_of(self, actor: str) -> Client:
        """The browser, with the session of this actor."""
        self.browser.cookies.clear()
        self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.keys[actor]
        return self.browser


def make_stage() -> Stage:
    cast = make_cast()
    hosts = (cast.own, cast.other, cast.applicant, cast.past, cast.elsewhere_organization)
    places = {host.pk: make_place(host) for host in hosts}
    return Stage(cast, places, {head: session_key(person(cast, head)) for head in ACTORS}, Client())


def session_key(actor: User | None) -> str:
    """What the browser of this person sends along; nothing for the visitor."""
    client = Client()
    if actor is None:
        return ""
    client.force_login(actor)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
