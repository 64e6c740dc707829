"""What the tests of the sheet share."""

from datetime import UTC, date, datetime

from django.urls import reverse

from measures import periods
from measures.models import Measure, today_in
from measures.services import measures, months
from organizations.models import Organization
from tests.actors import Cast
from tests.measures.series import NAMING, WAIT


def open_month() -> date:
    """The month that the page opens with on the day of the test."""
    return periods.latest_complete(today_in("UTC", datetime.now(UTC)), "month")


def make(organization: Organization, name: str, *, since: date, words: dict[str, object] = WAIT) -> Measure:
    return measures.create(
        organization, naming={**NAMING, "name": name}, definition=words, effective_from=since, by=None
    )


def address(cast: Cast, page: str = "sheet") -> str:
    return reverse(f"measures:{page}", args=[cast.collaborative.slug, cast.own.ref])


def keep_month(cast: Cast, period: date) -> None:
    months.month_of(cast.collaborative, period).save()
