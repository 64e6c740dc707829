"""For whoever watches the site: a proxy, a container, a monitor. No session is read, no page's connection used."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from p2 import vitals
from p2.vitals.hanging import watch
from p2.web.away import place

PATIENCE, PATIENCE_WITH_BROKER = 1.0, 0.4
"""Seconds that database and broker have to answer."""


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503; without the broker the site works more slowly."""
    found = _read()
    state = {"database": _word(found.database), "broker": _word(found.broker)}
    return JsonResponse(state, status=200 if found.database else 503)


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 while everything does its work, else 503. `pulse`: seconds since the worker last showed that it works."""
    found = _read()
    state = {
        "database": _word(found.database),
        "broker": _word(found.broker),
        "beat": _word(found.beat),
        "worker": _word(found.worker),
        "pulse": None if found.pulse is None else round(found.pulse, 1),
    }
    return JsonResponse(state, status=200 if found.ground and found.worker else 503)


def _read() -> vitals.Vitals:
    has_broker, has_beat = vitals.broker.signs(settings.REDIS_URL, within=PATIENCE_WITH_BROKER)
    has_database, pulse = False, None
    if not watch.hangs_now():
        has_database, pulse = vitals.database.pulse(place(), within=PATIENCE)
    return vitals.Vitals(has_database, has_broker, has_beat, pulse)


def _word(answers: bool) -> str:
    return "up" if answers else "away"
