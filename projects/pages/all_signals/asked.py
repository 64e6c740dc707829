"""What the address of *All signals* may ask for: the tables of its filters, and what they ask of the measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, DateField, Exists, F, Func, IntegerField, OuterRef, Value, When
from django.db.models.functions import Coalesce, Lower, NullIf, TruncDate
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures import periods
from measures.models import Area, MeasureQuerySet
from measures.selectors.news import RANKS
from organizations.models import User
from projects.models import Project, ProjectMeasure

NO_PROJECT = "none"
STATES: Mapping[str, int] = {state.value: rank for state, rank in RANKS.items()}
"""The states that are signals, with the place of each."""
AREAS = {area.value: area.label for area in Area}
ROLES = {
    **{role.value: role.label for role in ProjectMeasure.Role},
    NO_PROJECT: _("In no project"),
}
AGES: Mapping[str, tuple[Any, int, int | None]] = {
    "month": (_("Up to 30 days"), 0, 30),
    "quarter": (_("31 to 90 days"), 31, 90),
    "year": (_("91 to 365 days"), 91, 365),
    "older": (_("Over a year"), 366, None),
}
"""Words, and how many days lie, least and most, since the period that completed a signal; the last has no end."""
PERIODS = {
    periods.DAY: "1 day",
    periods.WEEK: "7 days",
    periods.MONTH: "1 month",
    periods.QUARTER: "3 months",
}
COMPLETED_ON = Coalesce(
    Case(
        *(
            When(
                definition__frequency=frequency,
                then=Func(
                    F("snapshot__signal_completed"),
                    template=f"(%(expressions)s + INTERVAL '{length}' - INTERVAL '1 day')::date",
                ),
            )
            for frequency, length in PERIODS.items()
        ),
        output_field=DateField(),
    ),
    TruncDate("snapshot__state_since"),
)
"""The last day of the period that completed the signal; of a chart that was not judged since, when the signal came."""
NEWEST_FIRST = COMPLETED_ON.desc()
SORTS: Mapping[str, Any] = {
    "need": _("Concern first"),
    "old": _("Oldest first"),
    "organization": _("By organization"),
}


@dataclass(frozen=True, slots=True)
class SignalsAsked:
    """Keys of the tables above; empty is all."""

    state: str = ""
    area: str = ""
    role: str = ""
    organization: str = ""  # ref
    age: str = ""
    sort: str = "need"
    page: int = 1  # 0: all of them, as the table has them

    @property
    def is_filtered(self) -> bool:
        return any((self.state, self.area, self.role, self.organization, self.age))


def signalling(kept: MeasureQuerySet) -> MeasureQuerySet:
    """Those of the measures on which a signal stands."""
    return kept.filter(snapshot__state__in=list(STATES))


def narrowed(signals: MeasureQuerySet, user: User, asked: SignalsAsked, at: datetime) -> MeasureQuerySet:
    """What is asked for, of every state."""
    if asked.area:
        signals = signals.filter(area=asked.area)
    if asked.organization:
        signals = signals.filter(organization__ref=asked.organization)
    if asked.age:
        signals = _of_age(signals, asked.age, at)
    if asked.role:
        links = ProjectMeasure.objects.filter(
            measure=OuterRef("pk"), project__in=Project.objects.visible_to(user)
        )
        if asked.role == NO_PROJECT:
            return signals.filter(~Exists(links))
        return signals.filter(Exists(links.filter(role=asked.role)))
    return signals


def _of_age(signals: MeasureQuerySet, age: str, at: datetime) -> MeasureQuerySet:
    """Counted in days of the calendar, as the list writes them."""
    _words, least, most = AGES[age]
    today = timezone.localtime(at).date()
    if least:
        signals = signals.filter(LessThanOrEqual(COMPLETED_ON, today - timedelta(days=least)))
    if most is not None:
        signals = signals.filter(GreaterThanOrEqual(COMPLETED_ON, today - timedelta(days=most)))
    return signals


def sorted_by(signals: MeasureQuerySet, sort: str) -> MeasureQuerySet:
    """Concern first and the newest of each, the oldest first, or by organization; the key makes it one order."""
    rank = Case(
        *(When(snapshot__state=state, then=Value(place)) for state, place in STATES.items()),
        output_field=IntegerField(),
    )
    place = Lower(Coalesce(NullIf("organization__short_name", Value("")), "organization__name"))
    orders: Mapping[str, tuple[Any, ...]] = {
        "need": (rank, NEWEST_FIRST),
        "old": (COMPLETED_ON.asc(), rank),
        "organization": (place, "organization_id", rank, NEWEST_FIRST),
    }
    return signals.order_by(*orders[sort], "name", "pk")
