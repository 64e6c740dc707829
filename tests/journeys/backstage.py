"""What the fault tests call in a process beside the site: its stage, and a mail server that never answers."""

import os
import signal
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from organizations.models import User
from tests.actors import Cast, make_cast
from tests.measures.series import log, make_measure

PASSWORD = "an-open-door-7"
NAMES = ("lead", "data_entry", "faculty", "office")
MANY = 30


def set_stage() -> dict[str, str]:
    """A small collaborative, a measure to log, many that have a chart; returns refs and the people's addresses."""
    cast = make_cast()
    people = _with_passwords(cast)
    first = timezone.localdate().replace(month=1, day=1).replace(year=timezone.localdate().year - 3)
    logged = make_measure(cast.own, "Wait", goal=5)
    log(logged, [12.0 + step % 3 for step in range(24)], first=first, by=cast.data_entry)
    for number in range(MANY):
        log(make_measure(cast.own, f"Wait {number}"), [7.0 + step % 5 for step in range(24)], first=first)
    slug = cast.collaborative.slug
    return {"slug": slug, "organization": cast.own.ref, "measure": logged.ref, **people}


def _with_passwords(cast: Cast) -> dict[str, str]:
    people: dict[str, User] = {name: getattr(cast, name) for name in NAMES}
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    return {name: person.email for name, person in people.items()}


class LastBreath(BaseEmailBackend):
    """Takes the letter, and the process ends before it hears that it was taken."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return len(email_messages)
