"""The sign-in pages: allauth's adapter and forms with our words. By e-mail and password, by invitation only."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from p2 import letters
from p2.columns.refs import new_ref


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up; every mail of the sign-in pages goes through the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail and password do not belong together. Check both; after five tries sign-in is closed "
            "for ten minutes."
        ),
        "too_many_login_attempts": _(
            "Too many tries. Sign-in is closed for ten minutes; or set a new password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        """Refuse an address to which no letter can go, before one is queued."""
        if len(email) > letters.LONGEST_ADDRESS:
            raise ValidationError(
                ngettext(
                    "An address has at most %(most)d character; this one has %(count)d.",
                    "An address has at most %(most)d characters; this one has %(count)d.",
                    letters.LONGEST_ADDRESS,
                )
                % {"most": letters.LONGEST_ADDRESS, "count": len(email)}
            )
        return str(super().clean_email(email))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's letter (a password reset, a notice) instead of sending it from the web process."""
        person = context.get("user")
        with translation.override(person.reads() if person else translation.get_language()):
            message = self.render_mail(template_prefix, email, context)
        letters.queue(
            f"account:{new_ref()}",
            address=email,
            subject=message.subject,
            text=message.body,
            person=person,
        )


def with_labels_alone(form: type[forms.Form]) -> type[forms.Form]:
    """The same form without placeholders."""

    class WithLabels(form):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for name, field in self.fields.items():
                field.widget.attrs.pop("placeholder", None)
                if name in {"login", "email"}:
                    field.label = _("E-mail")

    return WithLabels


SignInForm = with_labels_alone(allauth_forms.LoginForm)
AskForPasswordForm = with_labels_alone(allauth_forms.ResetPasswordForm)
NewPasswordForm = with_labels_alone(allauth_forms.ResetPasswordKeyForm)
ChangePasswordForm = with_labels_alone(allauth_forms.ChangePasswordForm)
