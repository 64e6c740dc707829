"""The doors of the site: allauth's sign-in by e-mail and password, by invitation only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from p2 import letters
from p2.columns.refs import new_ref


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up; every mail of the doors goes through the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "This e-mail and password do not belong together. Check both; after five tries the door rests "
            "for ten minutes."
        ),
        "too_many_login_attempts": "Too many tries. The door rests for ten minutes; or set a new password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        """Refuse an address to which no letter can go, before one is queued."""
        if len(email) > letters.LONGEST_ADDRESS:
            raise ValidationError(
                f"An address has at most {letters.LONGEST_ADDRESS} characters; this one has {len(email)}."
            )
        return str(super().clean_email(email))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's letter (a password reset, a notice) instead of sending it from the web process."""
        message = self.render_mail(template_prefix, email, context)
        letters.queue(
            f"door:{new_ref()}",
            address=email,
            subject=message.subject,
            text=message.body,
            person=context.get("user"),
        )
