"""What is called in a process beside the site: people who save, what they save in, and letters to send."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from measures import periods
from organizations.models import User
from p2 import letters
from tests.actors import make_cast, make_member
from tests.measures.series import log, make_measure

EARLIER = 24
"""Months that each measure has numbers of before anybody saves."""


def set_up(writers: int) -> dict[str, Any]:
    """An organization with a measure, a person and a session for each writer; `period` is the month they save."""
    cast = make_cast()
    period = periods.following(timezone.localdate().replace(day=1), "month", -1)
    first = periods.following(period, "month", -EARLIER)
    cells = []
    for number in range(writers):
        measure = make_measure(cast.own, f"Wait {number}")
        log(measure, [8.0 + step % 3 for step in range(EARLIER)], first=first, by=cast.data_entry)
        cells.append({"measure": measure.ref, "session": session_of(make_member(cast.own, "data_entry"))})
    return {
        "sheet": f"/c/{cast.collaborative.slug}/o/{cast.own.ref}/sheet/",
        "page": f"/c/{cast.collaborative.slug}/m/{cells[0]['measure']}/",
        "period": str(period),
        "cells": cells,
    }


def session_of(person: User) -> str:
    """The cookie of a person who has signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def queue_letters(name: str, number: int) -> int:
    """Put so many letters into the outbox, each with a subject of its own."""
    for one in range(number):
        subject = f"{name} {one}"
        letters.queue(subject, address="reader@example.org", subject=subject, text="News.")
    return number
