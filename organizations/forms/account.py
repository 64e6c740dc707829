"""The sign-in pages: allauth's adapter and forms with our words. By e-mail and password, by invitation only."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organizations.services.people import accounts, attempts
from p2 import letters
from p2.errors import RuleViolation
from p2.web import known_browsers
from p2.web.http import network_of


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up; tries are counted by our verbs, and who comes in and goes out is written down."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail and password do not belong together. Check both; after five wrong tries you wait "
            "ten minutes."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's own count, by the request's host: `authenticate` counts instead."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The person of this address and password, or nobody; ValidationError where it is to be tried later."""
        email = credentials["email"]
        browser = known_browsers.number_of(request, email)
        try:
            counts = attempts.begin(email, network=network_of(request), browser=browser)
        except RuleViolation as refused:
            raise ValidationError(str(refused)) from None
        person: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if person:
            attempts.forgive(counts)
        else:
            attempts.failed(email, counts)
        return person

    def post_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().post_login(request, user, **how)
        known_browsers.remember(answer, user.email)
        return answer

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        accounts.signed_in(user)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            accounts.signed_out(request.user)
        super().logout(request)


class AskForPasswordForm(forms.Form):
    """The address that a link to a new password is to go to."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=None, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        """Refuse an address to which no letter can go."""
        email: str = self.cleaned_data["email"]
        if len(email) > letters.LONGEST_ADDRESS:
            raise ValidationError(
                ngettext(
                    "An address has at most %(most)d character; this one has %(count)d.",
                    "An address has at most %(most)d characters; this one has %(count)d.",
                    letters.LONGEST_ADDRESS,
                )
                % {"most": letters.LONGEST_ADDRESS, "count": len(email)}
            )
        return email


LABELS = {
    "login": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


def with_labels_alone(form: type[forms.Form]) -> type[forms.Form]:
    """The same form without placeholders, its labels written as sentences are."""

    class WithLabels(form):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for name, field in self.fields.items():
                field.widget.attrs.pop("placeholder", None)
                field.label = LABELS.get(name, field.label)

    return WithLabels


SignInForm = with_labels_alone(allauth_forms.LoginForm)


class NewPasswordForm(with_labels_alone(allauth_forms.ResetPasswordKeyForm)):  # type: ignore[misc]
    def save(self) -> None:
        accounts.reset_password(self.user, self.cleaned_data["password1"])


class ChangePasswordForm(with_labels_alone(allauth_forms.ChangePasswordForm)):  # type: ignore[misc]
    def clean_oldpassword(self) -> str:
        """The old password, whose tries are counted: an open session may be another's."""
        try:
            counts = attempts.begin_change(self.user)
        except RuleViolation as refused:
            raise ValidationError(str(refused)) from None
        given: str = super().clean_oldpassword()
        attempts.forgive(counts)
        return given

    def save(self) -> None:
        accounts.change_password(self.user, self.cleaned_data["password1"])
