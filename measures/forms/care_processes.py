"""Care processes: a new one for the list, and one chosen from it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from measures.models import CareProcess
from organizations.models import Collaborative
from p2.web.forms import WatchedForm

NONE = ("", gettext_lazy("No care process"))
CHOOSE = ("", gettext_lazy("Choose …"))


class CareProcessForm(WatchedForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = CareProcess
        fields: ClassVar = ["name"]


class CareProcessField(forms.ChoiceField):
    """One of the collaborative's, by its name; `offer` says whose."""

    def __init__(self, **kwargs: Any) -> None:
        told = gettext_lazy("From the list that the program office keeps.")
        gone = {
            "invalid_choice": gettext_lazy(
                "“%(value)s” is not on the list any more. Choose one that is there."
            )
        }
        label = gettext_lazy("Care process")
        super().__init__(**{"label": label, "help_text": told, "error_messages": gone, **kwargs})

    def offer(self, collaborative: Collaborative, *, kept: str = "") -> None:
        """Those of the list, and the one that is kept where it was taken off."""
        names = list(collaborative.care_processes.values_list("name", flat=True))
        kept_too = [] if kept in {"", *names} else [kept]
        self.choices = [CHOOSE if self.required else NONE, *((name, name) for name in [*names, *kept_too])]


def offer(form: forms.BaseForm, collaborative: Collaborative, *, kept: str = "") -> None:
    """Fill the field `care_process` of a form."""
    field = form.fields["care_process"]
    assert isinstance(field, CareProcessField)  # noqa: S101 - a form with this field declares it so
    field.offer(collaborative, kept=kept)
