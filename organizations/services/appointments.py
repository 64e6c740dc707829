"""Ending what a person is in a whole collaborative. Beginning it is an invitation's work."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from organizations import rules
from organizations.models import Appointment, Collaborative, User
from p2 import audit
from p2.errors import RuleViolation
from p2.http import ensure


@transaction.atomic
def end(appointment: Appointment, *, by: User, at: datetime | None = None) -> Appointment:
    """End one appointment; what the person did stays under their name."""
    ensure(rules.may_appoint(by, appointment.collaborative))
    collaborative = Collaborative.objects.select_for_update().get(pk=appointment.collaborative_id)
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.ended_at:
        raise RuleViolation(f"{appointment} has ended already.")
    if appointment.role == Appointment.Role.OFFICE and _officers(collaborative) == 1:
        raise RuleViolation(
            f"{appointment.user} is the only person of the program office. Invite another first."
        )
    appointment.ended_at = at or timezone.now()
    appointment.save(update_fields=["ended_at"])
    audit.record("ended", appointment, by=by, at=at, slug=collaborative.slug)
    return appointment


def _officers(collaborative: Collaborative) -> int:
    return collaborative.appointments.filter(role=Appointment.Role.OFFICE, ended_at__isnull=True).count()
