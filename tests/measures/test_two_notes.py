"""Notes beside numbers: two people write one, a closed month asks why, and the history keeps each."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from measures.exchange.entries import Entry
from measures.models import Correction, Measure, Month, Observation
from measures.services.entry import observations
from measures.services.entry.observations import ReasonMissing
from p2.models import AuditEntry
from tests.actors import Cast
from tests.measures.sheets import address, keep_month, make, open_month
from tests.shown_forms import Fields, fields_in


@pytest.fixture
def wait(cast: Cast) -> Measure:
    """A number with a note, of the month that the sheet opens with."""
    made = make(cast.own, "Wait", since=date(2003, 1, 1))
    observations.record(made, open_month(), Entry(value=Decimal(9), note="A strike"), by=cast.lead)
    return made


def opened(client: Client, cast: Cast) -> Fields:
    client.force_login(cast.data_entry)
    return fields_in(client.get(address(cast)).text, css="sheet-form")


def send(client: Client, cast: Cast, measure: Measure, fields: Fields, **changed: str) -> str:
    typed = {f"{measure.ref}-{name.replace('_had', '-had')}": words for name, words in changed.items()}
    return client.post(address(cast), {**fields, **typed, "row": measure.ref}).text


def standing(measure: Measure) -> tuple[Decimal | None, str]:
    row = measure.observations.get()
    return row.value, row.note


def told(answer: str) -> list[tuple[str, str]]:
    """The two notes of a row, each under whose it is."""
    both = re.findall(r'<p class="whose"[^>]*>(.*?)</p>\s*(?:<div class="written"[^>]*>(.*?)</div>)?', answer)
    return [(whose, words) for whose, words in both]


def noted(measure: Measure) -> list[tuple[str, str]]:
    """What the notes were and became, oldest first."""
    rows = Correction.objects.filter(measure=measure).exclude(old_note="", new_note="").order_by("id")
    return [(row.old_note, row.new_note) for row in rows]


def test_a_note_that_somebody_else_wrote_meanwhile_is_shown_and_nothing_is_lost(
    client: Client, cast: Cast, wait: Measure
) -> None:
    fields = opened(client, cast)
    observations.record(wait, open_month(), Entry(value=Decimal(9), note="A strike of nurses"), by=cast.lead)

    answer = send(client, cast, wait, fields, value="8", note="A holiday")

    assert standing(wait) == (Decimal(9), "A strike of nurses")
    assert told(answer) == [
        ("Lea Lead wrote while you had it open", "A strike of nurses"), ("Your note, not saved", "A holiday"),
    ]  # fmt: skip
    assert (">A holiday</textarea>" in answer, 'value="8"' in answer) == (True, True)


@pytest.mark.parametrize(
    ("press", "stands"),
    [({"note": "A strike"}, "A strike of nurses"), ({"note_had": "A strike of nurses"}, "A holiday")],
    ids=["keep the note that is saved", "save my note"],
)
def test_one_press_keeps_their_note_or_saves_mine_and_the_number_either_way(
    client: Client, cast: Cast, wait: Measure, press: dict[str, str], stands: str
) -> None:
    fields = opened(client, cast)
    observations.record(wait, open_month(), Entry(value=Decimal(9), note="A strike of nurses"), by=cast.lead)
    typed = {"value": "8", "note": "A holiday"}
    answer = send(client, cast, wait, fields, **typed)
    ((name, value),) = press.items()
    button = f'name="{wait.ref}-{name.replace("_", "-")}" value="{value}" data-over="{wait.ref}"'
    assert button in answer

    send(client, cast, wait, fields, **(typed | press))

    assert standing(wait) == (Decimal(8), stands)


def test_who_clears_a_cell_saw_the_note_that_goes_with_it(client: Client, cast: Cast, wait: Measure) -> None:
    fields = opened(client, cast)
    observations.record(wait, open_month(), Entry(value=Decimal(9), note="A strike of nurses"), by=cast.lead)
    answer = send(client, cast, wait, fields, value="")
    assert told(answer) == [
        ("Lea Lead wrote while you had it open", "A strike of nurses"), ("Yours, not saved: no note", ""),
    ]  # fmt: skip
    assert standing(wait) == (Decimal(9), "A strike of nurses")


def test_a_cleared_cell_keeps_its_note_in_the_history_and_an_undo_brings_it_back(
    client: Client, cast: Cast, wait: Measure
) -> None:
    fields = opened(client, cast)
    send(client, cast, wait, fields, value="")
    assert (wait.observations.exists(), noted(wait)) == (False, [("", "A strike"), ("A strike", "")])

    undo = {"period": str(open_month()), "frequency": "month"}
    client.post(reverse("measures:undo", args=["perfection", cast.own.ref]), undo)
    assert standing(wait) == (Decimal(9), "A strike")


def test_every_note_has_its_row_in_the_history_with_who_wrote_it(cast: Cast, wait: Measure) -> None:
    for note in ("A strike of nurses", "", "Over"):
        observations.record(wait, open_month(), Entry(value=Decimal(9), note=note), by=cast.data_entry)
    assert noted(wait) == [
        ("", "A strike"), ("A strike", "A strike of nurses"), ("A strike of nurses", ""), ("", "Over"),
    ]  # fmt: skip
    alone = Correction.objects.filter(by=cast.data_entry)
    assert [row.is_of_note for row in alone] == [True] * 3
    assert list(Correction.objects.of_numbers()) == [Correction.objects.get(by=cast.lead)]


def close(cast: Cast) -> None:
    keep_month(cast, open_month())
    Month.objects.update(closes_on=open_month())


@pytest.fixture
def closed(cast: Cast) -> Measure:
    """A number with a note, of a month that is over."""
    made = make(cast.own, "Wait", since=date(2003, 1, 1))
    close(cast)
    observations.record(made, open_month(), Entry(value=Decimal(9), note="A strike"), by=cast.lead)
    return made


@pytest.mark.parametrize("note", ["A strike of nurses", ""])
def test_a_note_of_a_closed_month_changes_with_a_reason(cast: Cast, closed: Measure, note: str) -> None:
    entry = Entry(value=Decimal(9), note=note)
    with pytest.raises(ReasonMissing, match=f"{open_month():%B %Y} is closed: say why this note changes"):
        observations.record(closed, open_month(), entry, by=cast.data_entry)
    assert standing(closed) == (Decimal(9), "A strike")

    observations.record(closed, open_month(), entry, why="Said more clearly", by=cast.data_entry)
    assert (standing(closed)[1], Correction.objects.latest("id").why) == (note, "Said more clearly")


def test_a_first_note_of_a_closed_month_needs_no_reason(cast: Cast) -> None:
    made = make(cast.own, "Wait", since=date(2003, 1, 1))
    close(cast)
    observations.record(made, open_month(), Entry(value=Decimal(9)), by=cast.lead)
    observations.record(made, open_month(), Entry(value=Decimal(9), note="A strike"), by=cast.data_entry)
    assert standing(made) == (Decimal(9), "A strike")


FILE = "organization,measure,period,value,note,why\nOwn Hospital,Wait,{month},{value},{note},{why}\n"


def import_file(path: Path, **cells: str) -> None:
    path.write_text(FILE.format(month=f"{open_month():%Y-%m}", **cells), encoding="utf-8")
    call_command("import_observations", str(path), collaborative="perfection", verbosity=0)


def test_an_import_leaves_the_history_of_its_notes(cast: Cast, closed: Measure, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    for cells in ({"value": "9", "note": "A holiday"}, {"value": "7", "note": "Two holidays"}):
        import_file(path, **cells, why="From the ward's log")
    assert noted(closed)[1:] == [("A strike", "A holiday"), ("A holiday", "Two holidays")]
    assert [row.is_of_note for row in Correction.objects.order_by("id")] == [False, True, False]


@pytest.mark.parametrize("reader", ["lead", "member", "faculty", "office", "site_admin"])
def test_the_history_of_a_note_is_read_by_who_may_read_notes(
    client: Client, cast: Cast, wait: Measure, reader: str
) -> None:
    observations.record(wait, open_month(), Entry(value=Decimal(9), note="Over"), by=cast.lead)
    client.force_login(getattr(cast, reader))
    for more in ("", "?format=csv"):
        told = client.get(f"{wait.get_absolute_url()}history{more}").text
        assert "wrote a note at" in told
        assert "from “A strike” to “Over”" in told


@pytest.mark.parametrize("reader", ["other_lead", "funder", "committee", "stranger", "elsewhere_office"])
def test_nobody_else_reads_it_anywhere(client: Client, cast: Cast, wait: Measure, reader: str) -> None:
    observations.record(wait, open_month(), Entry(value=Decimal(9), note="Over"), by=cast.lead)
    client.force_login(getattr(cast, reader))
    page = wait.get_absolute_url()
    places = [
        page,
        f"{page}history",
        f"{page}history?format=csv",
        f"{page}points.csv",
        f"{page}live",
        "/",
        "/api/v1/",
    ]
    answers = [client.get(place) for place in places]
    assert [place for place, answer in zip(places, answers, strict=True) if "A strike" in answer.text] == []
    assert answers[1].status_code in {403, 404}


def test_a_stale_row_confirms_nobodys_number(client: Client, cast: Cast, wait: Measure) -> None:
    fields = opened(client, cast)
    observations.record(wait, open_month(), Entry(value=Decimal(60)), by=cast.lead)
    typed = {f"{wait.ref}-value": "50", "confirm": wait.ref}
    client.post(address(cast), {**fields, **typed})
    row = Observation.objects.get()
    assert (row.value, row.is_confirmed) == (Decimal(60), False)


def test_a_number_is_called_right_once_and_the_second_one_is_answered_alike(
    client: Client, cast: Cast, wait: Measure
) -> None:
    version = Observation.objects.get().version
    row = {"measure": wait.ref, "row": wait.ref, "period": open_month(), f"{wait.ref}-have": version}
    answers = []
    for person in (cast.data_entry, cast.lead):
        client.force_login(person)
        answers.append(client.post(address(cast, "sheet_confirm"), row))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all(f'data-row="{wait.ref}" data-state="saved"' in answer.text for answer in answers)
    assert Observation.objects.get().is_confirmed
    assert [entry.by for entry in AuditEntry.objects.filter(verb="confirmed")] == [cast.data_entry]


@pytest.mark.parametrize("have", [None, "", "0", "abc"])
def test_who_says_no_version_confirms_nothing(
    client: Client, cast: Cast, wait: Measure, have: str | None
) -> None:
    client.force_login(cast.data_entry)
    sent = {"measure": wait.ref, "row": wait.ref, "period": str(open_month())}
    sent |= {} if have is None else {f"{wait.ref}-have": have}
    answer = client.post(address(cast, "sheet_confirm"), sent, headers={"X-Requested-With": "fetch"})
    assert 'data-state="changed"' in answer.text
    assert not Observation.objects.get().is_confirmed
