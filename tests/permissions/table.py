"""How a permission table is written and read.

A table is text. Its first line names the actors; each other line is a method, a route, a scope and one word an
actor: `ok` the right is there (the verb may still find a rule broken), `403` seen but not allowed, `404` not seen,
`401` not signed in (API), `in` sent to the sign-in page. The scope says whose row the address names:

own        of the actor's own organization; of the cast's own for those who have none
other      of another participant of the same collaborative
applicant  of an organization of the same collaborative that only applies
elsewhere  of another collaborative
-          the address names no row
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from organizations.models import Organization, User
from tests.actors import Cast

ACTORS = {
    "vis": "visitor",
    "str": "stranger",
    "app": "applicant_lead",
    "led": "lead",
    "ent": "data_entry",
    "mem": "member",
    "spo": "sponsor",
    "pst": "past_lead",
    "fac": "faculty",
    "com": "committee",
    "off": "office",
    "fun": "funder",
    "adm": "site_admin",
}
"""The heads of the columns, and who stands in the cast for them; the visitor is nobody."""


@dataclass(frozen=True)
class Cell:
    """What one actor gets at one address."""

    method: str
    route: str
    scope: str
    actor: str
    expected: str


@dataclass(frozen=True)
class Place:
    """One row of every kind around one organization, as the words that addresses name them by."""

    slug: str
    organization: str
    phase: str
    unit: str
    invitation: str
    token: str
    appointment: str
    membership: str
    project: str
    team_member: str
    link: str
    measure: str
    annotation: str
    rebase: str
    freeze: str
    exclusion: str
    collaborative: str
    process: str


Address = Callable[[Place], dict[str, str]]
"""What a route's address is made of, at a place."""


def cells(table: str) -> Iterator[Cell]:
    """The cells of a table, line by line. A line with a missing or extra word is an error."""
    lines = [
        line.split() for line in table.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    heads = lines[0]
    for method, route, scope, *expected in lines[1:]:
        for head, word in zip(heads, expected, strict=True):
            yield Cell(method, route, scope, head, word)


def person(cast: Cast, head: str) -> User | None:
    """Who stands in a column; nobody for the visitor."""
    found: User | None = getattr(cast, ACTORS[head], None)
    return found


def organization(cast: Cast, head: str, scope: str) -> Organization:
    """Whose rows a scope means for the actor of a column."""
    if scope in {"own", "-"}:
        return {"app": cast.applicant, "pst": cast.past}.get(head, cast.own)
    return {"other": cast.other, "applicant": cast.applicant, "elsewhere": cast.elsewhere_organization}[scope]
