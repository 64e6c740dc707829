"""What the journeys ask of the demo's programme, in a process beside the site, through the product's verbs."""

from datetime import date

from django.utils import timezone

from measures import periods
from measures.models import Measure
from measures.services import measures
from organizations.demo.sign_ins import address_of
from organizations.models import Organization, User
from projects.models import Project
from tests.measures.series import WAIT, log

LEAD, DATA_ENTRY = "Tom Adeyemi", "Amara Okafor"
NAMING = {"area": "access", "aim": "timely", "care_process": "Access and flow"}


def places() -> dict[str, str]:
    """Addresses of the lead's organization, of one of its projects, and of its collaborative."""
    organization = _organization()
    project = Project.objects.filter(organization=organization, state=Project.State.RUNNING).first()
    assert project
    place = f"/c/{organization.collaborative.slug}"
    return {
        "new": f"{place}/o/{organization.ref}/measures/new",
        "sheet": f"{place}/o/{organization.ref}/sheet/",
        "links": f"{project.get_absolute_url()}measures",
        "portfolio": f"{place}/portfolio/",
    }


def measure_with_numbers() -> dict[str, str]:
    """A new measure of a mean, logged for two years up to the month before the newest complete one."""
    lead = _person(LEAD)
    measure = measures.create(
        _organization(),
        naming={**NAMING, "name": f"Days to the third next appointment ({Measure.objects.count()})"},
        definition=WAIT,
        effective_from=date(timezone.localdate().year - 3, 1, 1),
        by=lead,
    )
    newest = periods.following(timezone.localdate().replace(day=1), "month", -1)
    first = periods.following(newest, "month", -24)
    log(measure, [11.0 + step % 4 for step in range(24)], first=first, by=lead)
    return {**places(), "ref": measure.ref, "page": measure.get_absolute_url(), "newest": str(newest)}


def measure_that_worsened() -> dict[str, str]:
    """A measure of no project whose newest year is worse than the year before."""
    lead = _person(LEAD)
    measure = measures.create(
        _organization(),
        naming={**NAMING, "name": f"Days to the first visit ({Measure.objects.count()})"},
        definition=WAIT,
        effective_from=date(timezone.localdate().year - 3, 1, 1),
        by=lead,
    )
    first = periods.following(timezone.localdate().replace(day=1), "month", -24)
    log(measure, [(9.0 if step < 12 else 15.0) + step % 4 for step in range(24)], first=first, by=lead)
    return {**places(), "ref": measure.ref, "name": measure.name, "page": measure.get_absolute_url()}


def _organization() -> Organization:
    return Organization.objects.get(roles__user=_person(LEAD), roles__role="lead")


def _person(name: str) -> User:
    return User.objects.get(email=address_of(name))
