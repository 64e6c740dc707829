"""The jobs of this app."""

from celery import shared_task
from django.utils import timezone

from organizations.services.people import accounts, limits


@shared_task(name="organizations.answer_password_requests")
def answer_password_requests() -> None:
    """Queue the letters with links to new passwords that were asked for."""
    accounts.answer_password_requests()


@shared_task(name="organizations.forget_attempts")
def forget_attempts() -> None:
    """Delete the counts of tries and letters whose window is over."""
    limits.forget_ended(at=timezone.now())
