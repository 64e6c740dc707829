"""allauth's forms with our words: labels stand above the fields, and no placeholder repeats them."""

from typing import Any

from allauth.account import forms as doors
from django import forms


def with_labels_alone(door: type[forms.Form]) -> type[forms.Form]:
    """The same form without placeholders."""

    class Door(door):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            for name, field in self.fields.items():
                field.widget.attrs.pop("placeholder", None)
                if name in {"login", "email"}:
                    field.label = "E-mail"

    return Door


SignInForm = with_labels_alone(doors.LoginForm)
AskForPasswordForm = with_labels_alone(doors.ResetPasswordForm)
NewPasswordForm = with_labels_alone(doors.ResetPasswordKeyForm)
ChangePasswordForm = with_labels_alone(doors.ChangePasswordForm)
