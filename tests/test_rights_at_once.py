"""A right that ends while its holder's request waits for a lock: what was asked is no longer done."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from measures.exchange.entries import Entry
from measures.models import Measure, Observation
from measures.selectors.sheet_place import loggable
from measures.services import markups, measures
from measures.services.entry import observations, sheets
from measures.services.entry.sheets import Typed
from organizations.models import Membership, Organization, User, standing_of
from organizations.services.programme import units
from projects.models import Project
from projects.services import projects
from tests.actors import Cast, make_cast, make_project
from tests.at_once import while_it_waits
from tests.measures.series import FIRST, WAIT, make_measure

pytestmark = pytest.mark.django_db(transaction=True)

Verb = Callable[[Measure, Project, User], object]

NEW_WORDS = {**WAIT, "unit": "working days"}

VERBS: dict[str, tuple[type[Measure | Organization | Project], Verb]] = {
    "a number": (Measure, lambda measure, _, by: observations.record(measure, FIRST, FIVE, by=by)),
    "a row of the sheet": (
        Measure,
        lambda measure, _, by: sheets.log({measure: Typed(value="5")}, FIRST, by=by),
    ),
    "a definition": (
        Measure,
        lambda measure, _, by: measures.define(
            measure, definition=NEW_WORDS, effective_from=FIRST, why="Clearer", by=by
        ),
    ),
    "a note": (
        Measure,
        lambda measure, _, by: markups.annotate(measure, FIRST, kind="note", text="Strike", by=by),
    ),
    "a project": (Project, lambda _, project, by: projects.edit(project, name="Another", by=by)),
    "a unit": (Organization, lambda measure, _, by: units.add(measure.organization, name="B2", by=by)),
}
FIVE = Entry(value=Decimal(5))


def dismiss(cast: Cast, held: Measure | Organization | Project) -> None:
    """Hold a row, and end the lead's role before it is let go."""
    type(held)._default_manager.select_for_update().get(pk=held.pk)
    assert Membership.objects.filter(user=cast.lead).update(ended_at=timezone.now()) == 1


@pytest.mark.parametrize("what", VERBS)
def test_who_is_dismissed_while_their_request_waits_changes_nothing(what: str) -> None:
    cast = make_cast()
    project = make_project(cast.own)
    measure = loggable(cast.lead).get(pk=make_measure(cast.own).pk)
    assert standing_of(cast.lead).is_in(cast.own.pk, "lead")  # as the request found it
    kind, verb = VERBS[what]
    held = {Measure: measure, Project: project, Organization: cast.own}[kind]

    def refused() -> bool:
        with pytest.raises(PermissionDenied):
            verb(measure, project, cast.lead)
        return True

    assert while_it_waits(lambda: dismiss(cast, held), refused)
    project.refresh_from_db()
    assert not Observation.objects.exists()
    assert (measure.definitions.count(), measure.annotations.count()) == (1, 0)
    assert (project.name, cast.own.units.count()) == ("No child harmed", 0)
