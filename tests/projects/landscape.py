"""A whole collaborative in bulk: organizations × projects × measures with two years of numbers and their charts."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from measures import periods
from measures.models import CoreMeasure, Definition, Measure, Month, Observation
from measures.services import charts
from measures.services.months import month_of
from organizations.models import Collaborative, Organization, Participation
from projects.models import Project, ProjectMeasure
from tests.actors import make_collaborative, make_phase

PROCESSES = (
    "Access and flow",
    "Acute care",
    "Chronic care",
    "Cost",
    "Experience",
    "Medicines and harm",
    "Staff",
)
CORES = (
    "Third next available appointment",
    "Falls with injury",
    "Mortality",
    "Readmission",
    "Staff turnover",
)
WORDS = {
    "numerator_words": "Days",
    "shape": "mean",
    "unit": "days",
    "decimals": 1,
    "direction": "down",
    "goal": Decimal(12),
}


@dataclass(frozen=True)
class Landscape:
    collaborative: Collaborative
    organizations: tuple[Organization, ...]


def make_landscape(
    *,
    organizations: int = 13,
    projects: int = 7,
    measures: int = 5,
    months: int = 24,
    names: tuple[tuple[str, str], ...] = (),
    slug: str = "landscape",
    at: datetime | None = None,
) -> Landscape:
    """Every project has `measures` of its own, the first its outcome; every organization adopts five core measures."""
    at = at or timezone.now()
    newest = periods.latest_complete(at.date(), periods.MONTH)
    first = periods.following(newest, periods.MONTH, 1 - months)
    collaborative = make_collaborative(slug, name="Pursuing Perfection")
    places = _organizations(collaborative, first, organizations, names)
    cores = _cores(collaborative)
    made = _measures(places, cores, projects * measures, first)
    _projects(places, made, projects, measures, at.date())
    _numbers(made, first, months, at)
    Month.objects.bulk_create(
        month_of(collaborative, period) for period in periods.between(first, newest, periods.MONTH)
    )
    charts.refresh_stale(at=at)
    return Landscape(collaborative, tuple(places))


def _organizations(
    collaborative: Collaborative, first: date, count: int, names: tuple[tuple[str, str], ...]
) -> list[Organization]:
    """Participants of a phase that is still running in a hundred days."""
    phase = make_phase(collaborative, 1, first, timezone.localdate() + timedelta(days=100))
    named = names or tuple((f"Hospital {number:02}", "US") for number in range(count))
    places = Organization.objects.bulk_create(
        Organization(collaborative=collaborative, name=name, country=country)
        for name, country in named[:count]
    )
    Participation.objects.bulk_create(
        Participation(organization=place, phase=phase, since=phase.starts_on) for place in places
    )
    return places


def _cores(collaborative: Collaborative) -> list[CoreMeasure]:
    return CoreMeasure.objects.bulk_create(
        CoreMeasure(collaborative=collaborative, name=name, area="access", aim="timely", **WORDS)
        for name in CORES
    )


def _measures(
    places: list[Organization], cores: list[CoreMeasure], own: int, first: date
) -> dict[int, list[Measure]]:
    """The measures of each organization, its own first, then the core measures."""
    rows = [
        Measure(
            organization=place,
            core_measure=core,
            name=core.name if core else f"Measure {position:02} of it",
            area="access",
            aim="timely",
            position=position,
            series_version=1,
        )
        for place in places
        for position, core in enumerate([*[None] * own, *cores])
    ]
    made = Measure.objects.bulk_create(rows)
    versions = Definition.objects.bulk_create(
        Definition(measure=measure, number=1, effective_from=first, recorded_at=timezone.now(), **WORDS)
        for measure in made
    )
    for measure, version in zip(made, versions, strict=True):
        measure.definition = version
    Measure.objects.bulk_update(made, ["definition"])
    found: dict[int, list[Measure]] = {}
    for measure in made:
        found.setdefault(measure.organization_id, []).append(measure)
    return found


def _projects(
    places: list[Organization], made: dict[int, list[Measure]], projects: int, measures: int, today: date
) -> None:
    rows = Project.objects.bulk_create(
        Project(
            organization=place,
            name=f"{PROCESSES[number % 7]} for everybody {number}",
            aim="From 20 to 12 days.",
            care_process=PROCESSES[number % 7],
            starts_on=today - timedelta(days=600),
            aim_on=today + timedelta(days=300),
        )
        for place in places
        for number in range(projects)
    )
    ProjectMeasure.objects.bulk_create(
        ProjectMeasure(
            project=project,
            measure=made[project.organization_id][position % projects * measures + step],
            role="process" if step else "outcome",
        )
        for position, project in enumerate(rows)
        for step in range(measures)
    )


def _numbers(made: dict[int, list[Measure]], first: date, months: int, at: datetime) -> None:
    """Noise around 20, and for a fifth of the measures a shift in the last third: half for better, half for worse."""
    chance = random.Random(2004)
    every = periods.between(first, periods.following(first, periods.MONTH, months - 1), periods.MONTH)
    rows = []
    for place, measures in enumerate(made.values()):
        for measure in measures:
            step = chance.choice((6, -6)) if chance.random() < 0.35 else 0
            skipped = (
                set(chance.sample(range(months), k=max(0, months - 6))) if chance.random() < 0.06 else set()
            )
            for number, period in enumerate(every):
                if number in skipped or (place < 2 and number > months - 4 and chance.random() < 0.3):
                    continue
                value = chance.gauss(20 + (step if number > months * 0.6 else 0), 2.5)
                rows.append(
                    Observation(
                        measure=measure,
                        period=period,
                        value=Decimal(str(round(max(value, 0), 1))),
                        recorded_at=at,
                    )
                )
    Observation.objects.bulk_create(rows, batch_size=5000)
