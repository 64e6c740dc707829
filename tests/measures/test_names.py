"""What a measure is called, taken up again after it was retired, and the choices of a new one."""

import pytest
from django.test import Client
from django.urls import reverse

from measures.forms.measures import MeasureForm
from measures.models import CoreMeasure, Measure
from measures.services import core_measures, measures
from p2.errors import RuleViolation
from p2.models import AuditEntry
from tests.actors import LISTED, Cast
from tests.measures.series import WAIT, make_measure
from tests.shown_forms import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def core(cast: Cast) -> CoreMeasure:
    return core_measures.create(
        collaborative=cast.collaborative,
        naming={"name": "Mortality", "area": "clinical_outcome", "aim": "effective"},
        definition={"numerator_words": "Deaths", "unit": "%", "is_mandatory": False},
        by=cast.office,
    )


def at(measure: Measure, page: str) -> str:
    return reverse(f"measures:{page}", args=[measure.organization.collaborative.slug, measure.ref])


def test_the_question_before_a_measure_is_retired_names_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.lead)
    page = client.get(at(make_measure(cast.own, "Wait"), "retire")).text
    assert page.count("<h1>") == page.count("<h1>Retire “Wait”?</h1>") == 1


def test_a_lead_renames_a_measure_and_its_strata_follow(client: Client, cast: Cast) -> None:
    measure = make_measure(cast.own, "Wait")
    stratum = Measure.objects.create(
        organization=cast.own, name="Wait", area=measure.area, aim=measure.aim, stratum_of=measure,
        stratum_label="Medicaid families",
    )  # fmt: skip
    client.force_login(cast.lead)
    naming = {"name": "Days to an appointment", "area": "access", "aim": "timely", "care_process": LISTED}

    form = at(measure, "rename")
    answer = client.post(form, {**naming, "have": shown(client, form)["have"]}, follow=True)

    assert "Days to an appointment" in answer.text
    measure.refresh_from_db()
    stratum.refresh_from_db()
    assert {field: getattr(measure, field) for field in naming} == naming
    assert str(stratum) == "Days to an appointment, Medicaid families"
    changed = AuditEntry.objects.get(verb="renamed", subject_ref=measure.ref)
    assert changed.changes["name"] == ["Wait", "Days to an appointment"]


def test_a_name_that_another_measure_has_is_refused_beside_the_form(client: Client, cast: Cast) -> None:
    make_measure(cast.own, "Wait")
    other = make_measure(cast.own, "Falls")
    client.force_login(cast.lead)
    answer = client.post(
        at(other, "rename"), {"name": "Wait", "area": other.area, "aim": other.aim, "care_process": ""}
    )
    assert answer.status_code == 422
    assert "Another measure is called “Wait”. Choose another name." in answer.text


def test_the_name_of_a_core_measure_is_the_offices(cast: Cast, core: CoreMeasure) -> None:
    measure = core_measures.adopt(cast.own, core, by=cast.lead)
    with pytest.raises(RuleViolation, match="The program office keeps the name of a core measure"):
        measures.rename(measure, naming={"name": "Ours"}, by=cast.lead)
    measures.rename(measure, naming={"name": measure.name, "care_process": ""}, by=cast.lead)


def test_a_mandatory_core_measure_is_not_retired(cast: Cast, core: CoreMeasure) -> None:
    measure = core_measures.adopt(cast.own, core, by=cast.lead)
    CoreMeasure.objects.update(is_mandatory=True)
    with pytest.raises(
        RuleViolation, match="Mortality is a mandatory core measure: every participant logs it"
    ):
        measures.retire(measure, by=cast.lead)


def test_a_retired_measure_is_taken_up_again(client: Client, cast: Cast) -> None:
    measure = make_measure(cast.own, "Wait")
    measures.retire(measure, by=cast.lead)
    client.force_login(cast.lead)
    assert "Log it again" in client.get(measure.get_absolute_url()).text

    answer = client.post(at(measure, "resume"), follow=True)

    assert "Wait is on the sheet again." in answer.text
    assert "Log it again" not in answer.text
    assert Measure.objects.kept().filter(pk=measure.pk).exists()
    assert AuditEntry.objects.filter(verb="resumed", subject_ref=measure.ref).count() == 1
    with pytest.raises(RuleViolation, match="Wait is logged already"):
        measures.resume(measure, by=cast.lead)


def test_a_retired_measure_whose_name_is_taken_or_whose_core_is_logged_stays_retired(
    cast: Cast, core: CoreMeasure
) -> None:
    measure = make_measure(cast.own, "Wait")
    adopted = core_measures.adopt(cast.own, core, by=cast.lead)
    for one in (measure, adopted):
        measures.retire(one, by=cast.lead)
    make_measure(cast.own, "Wait")
    with pytest.raises(RuleViolation, match="Another measure is called “Wait” now"):
        measures.resume(measure, by=cast.lead)
    core.name = "Deaths in hospital"
    again = core_measures.adopt(cast.own, core, by=cast.lead)
    with pytest.raises(RuleViolation, match="Another measure is logged for this core measure"):
        measures.resume(adopted, by=cast.lead)
    measures.retire(again, by=cast.lead)
    assert measures.resume(adopted, by=cast.lead).retired_at is None


def test_what_keeps_its_name_may_change_its_area_though_another_has_taken_the_name(
    cast: Cast, core: CoreMeasure
) -> None:
    adopted = core_measures.adopt(cast.own, core, by=cast.lead)
    measures.retire(adopted, by=cast.lead)
    make_measure(cast.own, "Mortality")

    measures.rename(adopted, naming={"area": "access"}, by=cast.lead)

    adopted.refresh_from_db()
    assert adopted.area == "access"


@pytest.mark.parametrize(("chosen", "kept"), [("up", "up"), ("down", "down"), ("neither", "")])
def test_which_side_is_better_is_chosen(cast: Cast, chosen: str, kept: str) -> None:
    given = {**WAIT, "name": "Wait", "area": "access", "aim": "timely", "frequency": "month"}
    del given["direction"]
    form = MeasureForm({**given, "direction": chosen}, organization=cast.own)
    assert form.is_valid(), form.errors
    assert form.words()["direction"] == kept
    assert "direction" in MeasureForm({**given, "direction": ""}, organization=cast.own).errors
    assert "direction" in MeasureForm(given, organization=cast.own).errors
