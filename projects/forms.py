"""The forms of projects. They check what is typed; the verbs check what is allowed."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from measures.forms.care_processes import CareProcessField, offer
from measures.models import Measure
from organizations.models import Membership, Organization, Unit
from p2.web.forms import CHOICE_GONE, FactsForm, RowField, WatchedForm
from projects.models import Project, ProjectMeasure


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ProjectForm(FactsForm, forms.ModelForm):  # type: ignore[type-arg]
    starts_on = _day(_("First day"))
    aim_on = _day(_("Aim date"))
    care_process = CareProcessField()
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Where it is done"),
        error_messages={
            "invalid_choice": _("A unit that you chose was removed meanwhile. Look at the others again."),
            "invalid_pk_value": CHOICE_GONE,
        },
    )

    class Meta:
        model = Project
        fields: ClassVar = ["name", "aim", "care_process", "starts_on", "aim_on", "units"]

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, organization.collaborative, kept=self.instance.care_process)
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        field.queryset = organization.units.all()
        if not organization.units.exists():
            del self.fields["units"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "starts_on" in said and "aim_on" in said and said["aim_on"] <= said["starts_on"]:
            self.add_error("aim_on", _("The aim date lies after the start."))
        return said


class TeamForm(WatchedForm):
    membership = RowField(Membership.objects.none(), label=_("Person"), empty_label=_("Choose a person"))
    task = forms.CharField(
        label=_("Task"),
        max_length=80,
        required=False,
        help_text=_("What they do in the team: pharmacist, analyst."),
    )
    is_leader = forms.BooleanField(
        required=False,
        label=_("Leads the project"),
        help_text=_("Whoever led it until now stays in the team."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(organization=project.organization)
        free = members.filter(ended_at__isnull=True).exclude(user__memberships__teams__project=project)
        shown = free.select_related("user", "organization").order_by("user__name", "role")
        _offer(self, "membership", shown, of=members)


class LinkForm(forms.Form):
    measure = RowField(Measure.objects.none(), label=_("Measure"), empty_label=_("Choose a measure"))
    role = forms.ChoiceField(label=_("Role"), choices=ProjectMeasure.Role.choices)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = Measure.objects.filter(organization=project.organization)
        _offer(self, "measure", measures.kept().exclude(project_measures__project=project), of=measures)


def _offer(form: forms.BaseForm, name: str, rows: QuerySet[Any], *, of: QuerySet[Any]) -> None:
    """The rows that a choice offers, known only once the place is."""
    field = form.fields[name]
    assert isinstance(field, RowField)  # noqa: S101 - declared above
    field.offer(rows, of=of)
