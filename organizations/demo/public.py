"""The collaborative of published figures beside the programme: ten hospital trusts of the NHS in England."""

from datetime import UTC, date, datetime

from organizations.demo.roster import TRUSTS
from organizations.demo.sign_ins import PASSWORD, address_of
from organizations.models import Collaborative, Organization, Phase, User, forget_standing
from organizations.services.people import rosters
from organizations.services.people.rosters import Enrolment
from organizations.services.programme import collaboratives, organizations, phases

FIRST, LAST = date(2016, 4, 1), date(2019, 3, 31)
BEGAN = datetime(2016, 4, 1, 9, tzinfo=UTC)
PEOPLE = (("Leonie Park", "lead"), ("Tariq Mansoor", "data_entry"))


def load_trusts(*, admin: User, office: User, faculty: User) -> tuple[Collaborative, dict[str, Organization]]:
    """The collaborative with its trusts by code. Its months never come due; its phase holds the data's own dates."""
    collaborative = collaboratives.create(
        by=admin,
        slug="nhs-public-data",
        name="NHS public data",
        purpose="Published accident and emergency figures of ten trusts, as an example of an archive.",
        banner_title="Public data",
        banner_text="Monthly A&E figures of ten NHS trusts, April 2016 to March 2019, from NHSRdatasets (CC0). "
        "The people are invented.",
        time_zone="Europe/London",
        keeps_months=False,
    )
    phase = phases.add(
        collaborative,
        by=admin,
        ordinal=1,
        name="Published months",
        purpose="The months for which the figures are published.",
        starts_on=FIRST,
        ends_on=LAST,
    )
    trusts = {code: _trust(phase, code, admin) for code in TRUSTS}
    appointed = [
        Enrolment(person.email, person.name, role, collaborative, BEGAN)
        for person, role in ((office, "office"), (faculty, "faculty"))
    ]
    staff = [Enrolment(address_of(name), name, role, trusts["R1H"], BEGAN) for name, role in PEOPLE]
    rosters.enroll([*appointed, *staff], password=PASSWORD, by=admin)
    for person in (office, faculty):
        forget_standing(person)
    return collaborative, trusts


def _trust(phase: Phase, code: str, admin: User) -> Organization:
    name, short_name = TRUSTS[code]
    trust = organizations.add(
        phase.collaborative,
        by=admin,
        name=name,
        short_name=short_name,
        code=code,
        kind="hospital",
        region="England",
        country="GB",
        time_zone="Europe/London",
    )
    phases.admit(trust, phase, by=admin, funding="self_funded", at=BEGAN)
    return trust
