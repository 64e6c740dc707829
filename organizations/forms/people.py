"""The forms of people. They check what is typed; the verbs check what is allowed."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organizations.models import (
    Appointment,
    Membership,
    User,
)
from p2.letters import LONGEST_ADDRESS
from p2.web.forms import FactsForm, WatchedForm, zones


class OneLine(forms.CharField):
    """Words without line breaks: a name stands in subjects and in the middle of letters."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


class MemberInvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), max_length=LONGEST_ADDRESS, help_text=_("The letter with the link goes here.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER)


class AppointmentInvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), max_length=LONGEST_ADDRESS, help_text=_("The letter with the link goes here.")
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=Appointment.Role.choices, initial=Appointment.Role.FACULTY
    )


class WholeAddress(forms.EmailInput):
    """An address in words that wrap, however long it is; its field stands behind them for what keeps passwords."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, {**(attrs or {}), "class": "visually-hidden"}, renderer)
        return format_html('<span class="whole" aria-hidden="true">{}</span>{}', value, field)


class NewPersonForm(WatchedForm):
    """Name and password of a person who accepts an invitation."""

    address = forms.EmailField(
        label=_("You sign in with"),
        disabled=True,
        required=False,
        widget=WholeAddress(attrs={"autocomplete": "username"}),
    )
    name = OneLine(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters; a sentence is easy to remember."),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = self.fields["address"].initial = email

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "password" in said:
            try:
                validate_password(said["password"], User(email=self.email, name=said.get("name", "")))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return said

    def person(self) -> dict[str, Any]:
        """What a new account needs beside the address, which is the invitation's."""
        return {"name": self.cleaned_data["name"], "password": self.cleaned_data["password"]}


class ProfileForm(FactsForm, forms.ModelForm):  # type: ignore[type-arg]
    name = OneLine(label=_("Your name"), max_length=120)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, help_text=_("Times are shown to you in this zone.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: [("", _("As my browser asks")), *settings.LANGUAGES],
        required=False,
        help_text=_("Pages and letters speak it."),
    )

    class Meta:
        model = User
        fields: ClassVar = ["name", "time_zone", "language", "wants_digest"]
        labels: ClassVar = {"wants_digest": _("Send me what changed, on Mondays")}
