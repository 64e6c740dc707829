"""The stage of the permission table with more on it: a row for every state that a page tells apart."""

from dataclasses import fields

from measures.models import Definition
from measures.services import charts
from organizations.models import Collaborative, User
from tests.measures.series import FIRST
from tests.permissions.stage import Stage, make_stage, session_key
from tests.words.greek import write_in_greek
from tests.words.numbers import keep_months, make_charts, make_core_measures, mark_up
from tests.words.people import (
    make_an_empty_programme,
    make_letters,
    make_people,
    make_projects,
    note_visits,
)

LANGUAGE = "en-xa"


def make_full_stage() -> Stage:
    """The stage in Greek letters, its people reading the pseudo-language."""
    stage = make_stage()
    cast = stage.cast
    cast.elsewhere.run_rules = Collaborative.Rules.PERLA
    cast.elsewhere.save()
    make_core_measures(cast)
    for organization, lead in (
        (cast.own, cast.lead),
        (cast.other, cast.other_lead),
        (cast.elsewhere_organization, cast.elsewhere_lead),
    ):
        make_charts(organization, lead)
    keep_months(cast)
    mark_up(cast)
    make_projects(cast)
    make_people(cast)
    make_letters(cast.member)
    note_visits(cast)
    make_an_empty_programme(cast.office)
    Definition.objects.filter(number=1).update(effective_from=FIRST)
    charts.refresh_stale()
    write_in_greek()
    User.objects.update(language=LANGUAGE)
    Collaborative.objects.update(language=LANGUAGE)
    for one in fields(cast):
        getattr(cast, one.name).refresh_from_db()
    cast.site_admin.set_password("walk-the-ward")  # who has one may change it
    cast.site_admin.save()
    stage.keys["adm"] = session_key(cast.site_admin)
    return stage
