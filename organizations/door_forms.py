"""allauth's forms with our words: labels stand above the fields, and no placeholder repeats them."""

from typing import Any

from allauth.account import forms as doors
from django import forms


class SignInForm(doors.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_placeholders_away(self)


class AskForPasswordForm(doors.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_placeholders_away(self)


class NewPasswordForm(doors.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_placeholders_away(self)


class ChangePasswordForm(doors.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_placeholders_away(self)


def _take_placeholders_away(form: forms.Form) -> None:
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in {"login", "email"}:
            field.label = "E-mail"
