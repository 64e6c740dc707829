"""How to come into the demo."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from organizations.models import User
from p2.columns.folding import fold
from p2.spanning.rows import Named

PASSWORD = "walk-the-ward"  # noqa: S105 - printed for everybody: the demo holds nothing real

ADMIN = "Ida Quist"
EXAMPLES = (
    (_("Lead"), "Tom Adeyemi"),
    (_("Data entry"), "Amara Okafor"),
    (_("Member"), "Asha Patel"),
    (_("Sponsor"), "Grace Whitfield"),
    (_("Faculty"), "Dr Helen Marsh"),
    (_("Program office"), "Ruth Bergman"),
    (_("Committee"), "Dr Ellen Voss"),
    (_("Funder"), "Marcus Hale"),
    (_("Lead of a participant in need"), "Wade Collier"),
    (_("Lead of a past participant"), "Rosalia Trujillo"),
    (_("Lead of an applicant"), "Lucy Farnham"),
    (_("Site admin"), ADMIN),
)
TITLES = ("dr ", "prof. ", "sir ")


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the demo to sign in as."""

    role: str
    name: str
    email: str


def address_of(name: str) -> str:
    """The demo's address of a person.

    >>> address_of("Dr Helen Marsh"), address_of("Åsa Lindgren")
    ('helen.marsh@demo.example', 'asa.lindgren@demo.example')
    """
    plain = fold(name)
    for title in TITLES:
        plain = plain.removeprefix(title)
    return plain.replace(" ", ".") + "@demo.example"


def sign_ins() -> tuple[SignIn, ...]:
    """One person a role, of those that are loaded; empty without a demo."""
    here = set(User.objects.filter(email__endswith="@demo.example").values_list("email", flat=True))
    everybody = (SignIn(str(role), name, address_of(name)) for role, name in EXAMPLES)
    return tuple(one for one in everybody if one.email in here)


def offered() -> list[Named]:
    """What the sign-in page of a demo site offers: everybody but the site's admin."""
    return [Named(one.role, one.email) for one in sign_ins() if one.name != ADMIN]
