"""The whole demo, floor by floor: people, projects, numbers, published figures, charts."""

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from measures.demo import core, logbook, public
from measures.models import Correction, Measure, Observation
from measures.services import charts
from organizations import demo as organizations_demo
from organizations.models import Collaborative, Organization, User
from p2.errors import RuleViolation
from projects import demo as projects_demo
from projects.models import Project

MONTHS, LOGGED = 36, 12
SMALL_MONTHS, SMALL_LOGGED = 18, 4
SEED = 2001
PUBLISHED_BEFORE = timedelta(days=90)
"""The published figures came in so long before loading: they are no news."""


@transaction.atomic
def load(*, at: datetime, is_small: bool = False, seed: int = SEED, say: Callable[[str], None]) -> None:
    """Load the demo as of `at` into an empty database, in one transaction; `say` is told each step."""
    if Collaborative.objects.exists() or User.objects.exists():
        raise RuleViolation("The demo loads into an empty database only.")
    programme = organizations_demo.load(at=at, is_small=is_small)
    say(f"{len(programme.places)} participants with their people")
    _load_published(programme, say)
    core.make(programme.collaborative, office=programme.office, at=programme.began)
    book = projects_demo.sow(
        programme,
        months=SMALL_MONTHS if is_small else MONTHS,
        logged=SMALL_LOGGED if is_small else LOGGED,
        is_small=is_small,
        random=np.random.default_rng(seed),
    )
    say(f"{Project.objects.count()} projects, {Measure.objects.count()} measures")
    say(logbook.log_history(book))
    projects_demo.tell(book)
    for line in logbook.log_months(book):
        say(line)
    projects_demo.settle(book)
    say(f"{charts.refresh_stale(at=at):,} charts computed")
    say(_summary())


def _load_published(programme: organizations_demo.Programme, say: Callable[[str], None]) -> None:
    collaborative, trusts = organizations_demo.load_trusts(
        admin=programme.admin, office=programme.office, faculty=programme.faculty
    )
    loaded_at = programme.at - PUBLISHED_BEFORE
    report = public.load(collaborative, trusts, by=programme.office, at=loaded_at)
    charts.refresh_stale(at=loaded_at)
    say(f"{collaborative}: {report.new:,} published numbers of {len(trusts)} trusts")


def _summary() -> str:
    return (
        f"{Organization.objects.count()} organizations, {User.objects.count()} people, "
        f"{Project.objects.count()} projects, {Measure.objects.count()} measures, "
        f"{Observation.objects.count():,} numbers, {Correction.objects.count():,} entries in their history"
    )
