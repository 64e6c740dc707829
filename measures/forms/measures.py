"""What a measure is called and where it belongs; for a new one, version 1 of its definition too."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.forms.care_processes import CHOOSE, CareProcessField, offer
from measures.forms.numbers import NumberField, NumberInput
from measures.models import RATIOS, Aim, Area, Definition, Direction, Measure, Shape
from measures.services.measures import NAMING
from organizations.models import Collaborative, Organization
from p2.spanning.rows import OfferedPart
from p2.web.forms import FactsForm, WatchedForm
from p2.words.wording import in_language

MULTIPLIERS = {Shape.PROPORTION: Decimal(100), Shape.RATE: Decimal(1000)}
NEITHER = "neither"
"""Chosen; the model's empty word for it would be no choice."""


def kept_decimals(decimals: int) -> int:
    """As many as the database keeps, or a sentence for the form."""
    if decimals > 6:
        raise forms.ValidationError(_("Numbers are kept to 6 decimals: choose 0 to 6."))
    return decimals


def check_goal(form: forms.BaseForm, given: Mapping[str, Any]) -> None:
    """A goal that can be reached, with its date or without."""
    goal, multiplier = given.get("goal"), given.get("multiplier")
    if given.get("goal_on") and "goal" in given and goal is None:
        form.add_error("goal", _("A goal date needs its goal."))
    if given.get("shape") != Shape.PROPORTION or goal is None or multiplier is None:
        return
    if not 0 <= goal <= multiplier:
        words = _("A proportion lies between 0 and %(most)s: so does its goal.")
        form.add_error("goal", words % {"most": in_language(f"{multiplier.normalize():f}")})


def check_denominator(form: forms.BaseForm, given: Mapping[str, Any]) -> None:
    """A proportion or a rate says out of what."""
    if given.get("shape") in RATIOS and not given.get("denominator_words"):
        form.add_error("denominator_words", _("A ratio is out of something: say out of what."))


class NameForm(WatchedForm):
    """What a measure is called and where it belongs."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("As people call it: Adverse drug events"),
    )
    area = forms.ChoiceField(label=gettext_lazy("Area"), choices=[CHOOSE, *Area.choices])
    aim = forms.ChoiceField(
        label=gettext_lazy("IOM aim"),
        choices=[CHOOSE, *Aim.choices],
        help_text=gettext_lazy("Of the six aims of Crossing the Quality Chasm."),
    )
    care_process = CareProcessField(required=False)

    def __init__(self, *args: Any, collaborative: Collaborative, kept: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, collaborative, kept=kept)

    def naming(self) -> dict[str, Any]:
        """The same, as the verbs take it."""
        return {field: self.cleaned_data[field] for field in NAMING if field in self.fields}


class RenameForm(NameForm, FactsForm):
    """The same for a measure that is there. A stratum is called as what it is a part of, a core measure as the office
    calls it."""

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        self.measure = measure
        stands = {field: getattr(measure, field) for field in NAMING}
        here = {"collaborative": measure.home, "kept": measure.care_process}
        super().__init__(*args, **{"initial": stands, **here, **kwargs})
        if measure.stratum_of_id or measure.core_measure_id:
            del self.fields["name"]

    def made_from(self) -> Measure:
        return self.measure

    @property
    def facts(self) -> list[str]:
        return [name for name in NAMING if name in self.fields]


class MeasureForm(NameForm, forms.ModelForm):  # type: ignore[type-arg]
    """Everything a measure needs; the multiplier follows from its shape where none is given."""

    part = forms.ChoiceField(
        label=gettext_lazy("Project"),
        required=False,
        help_text=gettext_lazy("What it shows of a project; it can be linked later too."),
        error_messages={
            "invalid_choice": gettext_lazy("This project takes no measure any more. Choose again.")
        },
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("What is better"),
        choices=[
            CHOOSE,
            (Direction.UP, Direction.UP.label),
            (Direction.DOWN, Direction.DOWN.label),
            (NEITHER, Direction.NONE.label),
        ],
        help_text=gettext_lazy("Without a better side the chart never says improvement or concern."),
    )
    multiplier = NumberField(
        label=gettext_lazy("Multiplier"),
        required=False,
        min_value=Decimal("0.001"),
        max_digits=12,
        decimal_places=3,
        help_text=gettext_lazy(
            "100 for percent, 1000 for a rate per 1,000. Left empty it follows from the shape."
        ),
    )

    class Meta:
        model = Definition
        fields = (
            "shape", "numerator_words", "denominator_words", "inclusions", "data_source", "sampling", "unit",
            "multiplier", "decimals", "direction", "goal", "goal_on", "frequency",
        )  # fmt: skip
        field_classes = {"goal": NumberField}
        widgets = {"goal": NumberInput, "goal_on": forms.DateInput(attrs={"type": "date"})}

    field_order = ("name", "area", "aim", "care_process", "part")

    def __init__(
        self, *args: Any, organization: Organization, parts: Sequence[OfferedPart] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, collaborative=organization.collaborative, **kwargs)
        _offer_parts(self, parts)

    def clean_decimals(self) -> int:
        return kept_decimals(self.cleaned_data["decimals"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        shape = given.get("shape", "")
        check_denominator(self, given)
        if not given.get("multiplier"):
            given["multiplier"] = MULTIPLIERS.get(Shape(shape), Decimal(1)) if shape else Decimal(1)
        check_goal(self, given)
        return given

    def clean_direction(self) -> str:
        chosen: str = self.cleaned_data["direction"]
        return Direction.NONE if chosen == NEITHER else chosen

    def words(self) -> dict[str, Any]:
        """Its definition, as the verb takes it."""
        return {field: self.cleaned_data[field] for field in self._meta.fields or ()}

    def part_taken(self) -> str:
        """The key of its part in a project; none is no part."""
        return str(self.cleaned_data.get("part", ""))


def _offer_parts(form: forms.BaseForm, parts: Sequence[OfferedPart]) -> None:
    """The parts that a measure may take, by their project; no field where there is none."""
    if not parts:
        del form.fields["part"]
        return
    groups: dict[str, list[tuple[str, str]]] = {}
    for part in parts:
        groups.setdefault(part.of, []).append((part.key, part.words))
    field = form.fields["part"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
    field.choices = [("", _("No project yet")), *groups.items()]
