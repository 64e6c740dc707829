"""The ground's own jobs."""

from celery import shared_task

from p2 import letters
from p2 import pulse as workers_pulse
from p2.spanning import digests


@shared_task(name="p2.send_letters")
def send_letters() -> None:
    """Send what the outbox holds."""
    letters.send_due()


@shared_task(name="p2.send_digests")
def send_digests() -> None:
    """Queue the digest of everybody whose day has come."""
    digests.queue_due()


@shared_task(name="p2.pulse")
def pulse() -> None:
    """Show that the worker works."""
    workers_pulse.write()
