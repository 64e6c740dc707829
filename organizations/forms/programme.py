"""The forms of a programme's structure. They check what is typed; the verbs check what is allowed."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.models import (
    Collaborative,
    Organization,
    Participation,
    Phase,
    Unit,
)
from p2.web.forms import FactsForm, RowField, zones


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CollaborativeForm(FactsForm, forms.ModelForm):  # type: ignore[type-arg]
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="UTC")
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lambda: settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        help_text=Collaborative._meta.get_field("language").help_text,
    )

    class Meta:
        model = Collaborative
        fields: ClassVar = [
            "name",
            "slug",
            "purpose",
            "time_zone",
            "language",
            "run_rules",
            "closing_day",
            "keeps_months",
            "banner_title",
            "banner_text",
        ]


class CollaborativeEditForm(CollaborativeForm):
    """All but the address, which stays."""

    class Meta(CollaborativeForm.Meta):
        fields: ClassVar = [field for field in CollaborativeForm.Meta.fields if field != "slug"]


class OrganizationForm(FactsForm, forms.ModelForm):  # type: ignore[type-arg]
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="UTC")

    class Meta:
        model = Organization
        fields: ClassVar = [
            "name",
            "short_name",
            "kind",
            "size",
            "region",
            "country",
            "time_zone",
            "code",
            "name_is_invented",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (settings.DEMO_SITE or self.instance.name_is_invented):  # real people have no use for it
            del self.fields["name_is_invented"]

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].upper()
        if country and not (len(country) == 2 and country.isalpha()):
            raise forms.ValidationError(_("Two letters, as in US or SE."))
        return country


class PhaseForm(FactsForm, forms.ModelForm):  # type: ignore[type-arg]
    ordinal = forms.IntegerField(
        label=pgettext_lazy("of a phase", "Number"),
        min_value=1,
        max_value=32_767,  # as the column holds
        error_messages={"min_value": _("Phases are numbered from 1.")},
    )
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))

    class Meta:
        model = Phase
        fields: ClassVar = ["ordinal", "name", "purpose", "starts_on", "ends_on", "min_projects"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "starts_on" in said and "ends_on" in said and said["ends_on"] <= said["starts_on"]:
            self.add_error("ends_on", _("A phase ends after it starts."))
        return said


class AdmitForm(forms.Form):
    organization = RowField(
        Organization.objects.none(), label=_("Organization"), empty_label=_("Choose an organization")
    )
    funding = forms.ChoiceField(label=_("Funding"), choices=Participation.Funding.choices)

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, RowField)  # noqa: S101 - declared above
        everybody = phase.collaborative.organizations.all()
        field.offer(everybody.exclude(participations__phase=phase), of=everybody)


class UnitForm(FactsForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Unit
        fields: ClassVar = ["name", "kind"]
