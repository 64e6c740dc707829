"""The programme on which the bench runs, with its people signed in; made in a process beside the site."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from measures.models import Measure, Month
from organizations.models import User
from tests.actors import make_appointee, make_member
from tests.projects.landscape import make_landscape

SAVERS = 50


def set_stage() -> dict[str, Any]:
    """The programme with its people signed in; called in a process beside the site."""
    landscape = make_landscape(months=36)
    Month.objects.update(closes_on=timezone.localdate() + timedelta(days=7))
    month = Month.objects.latest("period").period
    places = landscape.organizations
    savers = [
        _known(
            make_member(places[at % len(places)], "data_entry"),
            places[at % len(places)].measures.all()[at // len(places)],
            month,
        )
        for at in range(SAVERS)
    ]
    measures = Measure.objects.select_related("organization__collaborative")
    reader = _session(make_appointee(landscape.collaborative, "faculty"))
    pages = [measure.get_absolute_url() for measure in measures]
    return {"savers": savers, "pages": pages, "reader": reader, "month": str(month)}


def _known(person: User, measure: Measure, month: date) -> dict[str, Any]:
    newest = measure.observations.filter(period=month).first()
    return {
        "session": _session(person),
        "sheet": f"/c/landscape/o/{measure.organization.ref}/sheet/",
        "ref": measure.ref,
        "have": newest.version if newest else 0,
        "series": measure.series_version,
    }


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return str(client.cookies["sessionid"].value)
