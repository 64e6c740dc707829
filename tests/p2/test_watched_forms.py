"""Words that look like an identifier: the form comes back with a warning, and saves them only as the person says."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import Annotation, Definition, Observation
from p2.models import AuditEntry
from projects.models import Project
from tests.actors import LISTED, Cast
from tests.measures.series import SHARE, log, make_measure
from tests.measures.sheets import address, keep_month, make, open_month
from tests.shown_forms import fields_in, shown

pytestmark = pytest.mark.django_db

NUMBER = "123-45-6789"
WARNING = f"“{NUMBER}” looks like a social security number. P2 keeps no patient data."
JANUARY = date(2004, 1, 1)


def mark_in(page: str) -> str:
    """The value of the page's button "Save as it is"."""
    found = re.search(r'name="(?:\w+-)?as_it_is" value="(\w+)"', page)
    return found[1] if found else ""


def project(aim: str, name: str = "No falls") -> dict[str, str]:
    return {
        "name": name,
        "aim": aim,
        "care_process": LISTED,
        "starts_on": "2004-01-01",
        "aim_on": "2004-12-31",
    }


@pytest.fixture
def new_project(client: Client, cast: Cast) -> str:
    client.force_login(cast.lead)
    return reverse("projects:new_project", args=[cast.collaborative.slug, cast.own.ref])


def test_the_form_comes_back_with_its_words_and_saves_them_only_as_chosen(
    client: Client, new_project: str
) -> None:
    first = client.post(new_project, project(f"Halve falls as {NUMBER} had")).text

    assert (WARNING in first, f"Halve falls as {NUMBER} had</textarea>" in first) == (True, True)
    assert re.search(r'aria-describedby="[^"]*id_aim_warning"', first)
    assert Project.objects.count() == 0

    client.post(new_project, project(f"Halve falls as {NUMBER} had") | {"as_it_is": mark_in(first)})

    assert [one.aim for one in Project.objects.all()] == [f"Halve falls as {NUMBER} had"]


def test_the_choice_is_for_what_was_shown_and_not_for_what_is_typed_after(
    client: Client, new_project: str
) -> None:
    mark = mark_in(client.post(new_project, project(NUMBER)).text)

    again = client.post(new_project, project("MRN 4471234") | {"as_it_is": mark}).text

    assert "“MRN 4471234” looks like a patient&#x27;s record number." in again
    assert Project.objects.count() == 0


def test_edited_words_save_without_a_choice(client: Client, new_project: str) -> None:
    client.post(new_project, project(NUMBER))
    client.post(new_project, project("Halve falls"))

    assert [one.aim for one in Project.objects.all()] == ["Halve falls"]


def test_words_that_were_kept_are_not_asked_about_again(client: Client, new_project: str) -> None:
    mark = mark_in(client.post(new_project, project(NUMBER)).text)
    client.post(new_project, project(NUMBER) | {"as_it_is": mark})
    made = Project.objects.get()

    edit = reverse("projects:edit_project", args=[made.organization.collaborative.slug, made.ref])
    client.post(edit, {**shown(client, edit), **project(NUMBER, name="Fewer falls")})

    made.refresh_from_db()
    assert made.name == "Fewer falls"


def test_words_on_a_chart_are_asked_about(client: Client, cast: Cast) -> None:
    wait = make_measure(cast.own, "Wait")
    log(wait, [9, 8], first=JANUARY)
    client.force_login(cast.lead)
    page = reverse("measures:annotation", args=[cast.collaborative.slug, wait.ref])
    typed = {"period": "2004-01-01", "kind": "note", "text": "John Smith, b. 3/4/1951"}

    answer = client.post(page, typed).text
    assert "“John Smith, b. 3/4/1951” looks like a person&#x27;s date of birth." in answer
    assert Annotation.objects.count() == 0

    client.post(page, typed | {"as_it_is": mark_in(answer)})
    assert Annotation.objects.count() == 1


def test_a_definitions_words_are_asked_about(client: Client, cast: Cast) -> None:
    share = make_measure(cast.own, "Seen in time", **SHARE)
    log(share, [(9, 10)], first=JANUARY)
    client.force_login(cast.lead)
    page = reverse("measures:define", args=[cast.collaborative.slug, share.ref])
    typed = {**SHARE, "numerator_words": NUMBER, "why": "New form", "effective_from": "2004-01-01", "goal": "",
             "decimals": 1, "frequency": "month"}  # fmt: skip

    assert WARNING in client.post(page, typed).text
    assert Definition.objects.filter(numerator_words=NUMBER).count() == 0


@pytest.mark.parametrize("is_alone", [True, False], ids=["by its script", "without"])
def test_a_note_on_the_sheet_is_asked_about_in_its_row(client: Client, cast: Cast, is_alone: bool) -> None:
    wait = make(cast.own, "Wait", since=JANUARY)
    client.force_login(cast.lead)
    ref = wait.ref
    typed = {"period": open_month(), f"{ref}-value": "9", f"{ref}-have": 0, f"{ref}-note-had": "",
             f"{ref}-note": f"one was {NUMBER}"} | ({"row": ref} if is_alone else {})  # fmt: skip

    answer = client.post(address(cast), typed).text
    assert (WARNING in answer, f"one was {NUMBER}</textarea>" in answer) == (True, True)
    assert f'name="{ref}-value" value="9"' in answer
    assert Observation.objects.count() == 0

    client.post(address(cast), typed | {f"{ref}-as_it_is": mark_in(answer), f"{ref}-note": "MRN 7654321"})
    assert Observation.objects.count() == 0

    client.post(address(cast), typed | {f"{ref}-as_it_is": mark_in(answer)})
    assert [(one.value, one.note) for one in Observation.objects.all()] == [(9, f"one was {NUMBER}")]


def test_a_reason_for_a_closed_month_is_asked_about(client: Client, cast: Cast) -> None:
    wait, period = make(cast.own, "Wait", since=JANUARY), open_month()
    log(wait, [9], first=period)
    keep_month(cast, period)
    client.force_login(cast.lead)
    version = Observation.objects.get().version
    block = {"text": f"{period}\t7", "measure": wait.ref, "frequency": "month", "why": f"{NUMBER} was late",
             "seen": f'[["{wait.ref}", "{period}", {version}]]'}  # fmt: skip

    answer = client.post(address(cast, "paste_save"), block).text
    assert (WARNING in answer, f'value="{NUMBER} was late"' in answer) == (True, True)
    assert Observation.objects.get().value == 9

    client.post(address(cast, "paste_save"), block | {"as_it_is": mark_in(answer)})
    assert Observation.objects.get().value == 7


def test_a_reason_for_an_undo_is_asked_about(client: Client, cast: Cast) -> None:
    wait, period = make(cast.own, "Wait", since=JANUARY), open_month()
    client.force_login(cast.lead)
    client.post(address(cast), {"period": period, f"{wait.ref}-value": 9, f"{wait.ref}-have": 0})
    number = Observation.objects.get()
    client.post(address(cast), {"period": period, f"{wait.ref}-value": 7, f"{wait.ref}-have": number.version})
    keep_month(cast, period)
    undo = {"period": period, "frequency": "month", "why": NUMBER}

    answer = client.post(address(cast, "undo"), undo).text
    assert (WARNING in answer, Observation.objects.count()) == (True, 1)

    client.post(address(cast, "undo"), undo | {"as_it_is": mark_in(answer) or "none"})
    assert Observation.objects.count() == 0


def test_the_admin_asks_too(client: Client, cast: Cast) -> None:
    client.force_login(cast.site_admin)
    phase = cast.planning
    page = reverse("admin:organizations_phase_change", args=[phase.pk])
    typed = fields_in(client.get(page).text, css="phase_form") | {"purpose": NUMBER}

    assert WARNING in client.post(page, typed).text
    phase.refresh_from_db()
    assert phase.purpose != NUMBER

    client.post(page, typed | {"as_it_is": "on"})
    phase.refresh_from_db()
    assert (phase.purpose, AuditEntry.objects.get().changes) == (NUMBER, {"purpose": ["", NUMBER]})


def test_what_was_seen_is_in_no_log_and_in_no_trail(
    client: Client, new_project: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        client.post(new_project, project(NUMBER))

    trail = [str(entry.changes) + entry.subject_label for entry in AuditEntry.objects.all()]
    assert [line for line in (*caplog.messages, *trail) if NUMBER in line and "INSERT" not in line] == []


def focused(page: str) -> list[str]:
    """The names of the fields that have the focus when the page comes."""
    return re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"[^>]* autofocus', page)


def test_a_form_comes_back_with_the_focus_in_the_first_field_to_be_mended(
    client: Client, new_project: str
) -> None:
    fine = project("Halve falls")
    for wrong, lands in (
        ({"aim_on": "soon", "aim": ""}, ["aim"]),
        ({"aim_on": "2003-01-01"}, ["aim_on"]),
        ({"aim": f"Halve falls as {NUMBER} had"}, ["aim"]),
    ):
        assert focused(client.post(new_project, fine | wrong).text) == lands

    assert focused(client.get(new_project).text) == []


def test_a_sentence_above_all_fields_leaves_the_focus_at_the_top(client: Client, new_project: str) -> None:
    client.post(new_project, project("Halve falls"))

    again = client.post(new_project, project("Halve falls")).text

    assert ("There is a project No falls already." in again, focused(again)) == (True, [])
