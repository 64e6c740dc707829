"""Months × measures as a file: taken away from the sheet, and uploaded beside the field for a pasted block."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, Observation, today_in
from measures.services.entry import observations
from tests.actors import Cast
from tests.measures.series import WAIT
from tests.measures.sheets import address, make, open_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def wait(cast: Cast) -> Measure:
    measure = make(cast.own, "Väntan", since=periods.following(open_month(), "month", -3))
    observations.record(measure, open_month(), Entry(value=Decimal(9)), by=cast.lead)
    return measure


def upload(client: Client, cast: Cast, content: bytes, **more: object) -> str:
    file = SimpleUploadedFile("months.csv", content)
    return client.post(address(cast, "paste"), {"text": "", "frequency": "month", "file": file, **more}).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_downloaded_file_is_uploaded_in_any_encoding(
    client: Client, cast: Cast, wait: Measure, encoding: str
) -> None:
    client.force_login(cast.data_entry)
    answer = client.get(f"{address(cast, 'months_csv')}?period={open_month()}&frequency=month")
    assert answer["Content-Disposition"] == 'attachment; filename="own-hospital-months-measures.csv"'
    text = answer.content.decode("utf-8-sig")
    page = upload(client, cast, text.encode(encoding))
    assert "<h2>Nothing changes</h2>" in page
    assert "From <b>months.csv</b>.</p>" in page
    assert "1 is the same and stays" in page
    changed = text.replace('"9"', '"12"')
    page = upload(client, cast, changed.encode(encoding))
    assert "From <b>months.csv</b>. Nothing is saved yet." in page
    assert "<b>1</b> number changes or is new" in page
    assert "Väntan (1)" in page


@pytest.mark.parametrize("frequency", ["day", "week", "quarter"])
def test_the_file_of_another_frequency_comes_back_as_it_was(
    client: Client, cast: Cast, frequency: str
) -> None:
    newest = periods.latest_complete(today_in("UTC", timezone.now()), frequency)
    period = periods.following(newest, frequency, -1)
    measure = make(
        cast.own,
        "Väntan",
        since=periods.following(period, frequency, -3),
        words={**WAIT, "frequency": frequency},
    )
    observations.record(measure, period, Entry(value=Decimal(9)), by=cast.lead, why="late")
    client.force_login(cast.data_entry)
    text = client.get(f"{address(cast, 'months_csv')}?period={newest}&frequency={frequency}").text

    assert f'"{periods.in_files(period, frequency)}","9"' in text
    page = upload(client, cast, text.encode(), frequency=frequency)
    assert "1 is the same and stays" in page


def test_what_was_uploaded_stays_with_its_preview_and_is_saved_from_it(
    client: Client, cast: Cast, wait: Measure
) -> None:
    client.force_login(cast.data_entry)
    text = f'"period","Väntan"\r\n"{open_month():%Y-%m}","12"\r\n'
    page = upload(client, cast, text.encode())
    assert 'enctype="multipart/form-data"' in page
    assert (
        f'<textarea name="text" hidden>\n&quot;period&quot;,&quot;Väntan&quot;\r\n&quot;{open_month():%Y-%m}'
        in page
    )
    version = Observation.objects.get().version
    seen = f'[["{wait.ref}", "{open_month()}", {version}]]'
    given = {"text": text, "from": "months.csv", "frequency": "month", "seen": seen}
    client.post(address(cast, "paste_save"), given)
    assert Observation.objects.get().value == 12


REFUSED = {
    "too large": (b"period,W\n" * 120_000, {}, "The file is larger than 1 MB."),
    "a workbook": (b"PK\x03\x04 and more", {}, "This is a workbook. Save its sheet as CSV"),
    "no text": (b"\x00\x01\x02", {}, "This is not a text file."),
    "half of UTF-16": (b"\xff\xfea", {}, "This is not a text file."),
    "beside cells": (b"1", {"text": "12\t13"}, "There are pasted cells and a file."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_taken_is_told_beside_the_field(
    client: Client, cast: Cast, wait: Measure, what: str
) -> None:
    content, more, sentence = REFUSED[what]
    client.force_login(cast.data_entry)
    page = upload(client, cast, content, measure=wait.ref, **more)
    assert sentence in page
    assert f"{more.get('text', '')}</textarea>" in page
    assert f'value="{wait.ref}" selected' in page


def test_the_largest_file_that_is_taken_can_be_answered(client: Client, cast: Cast, wait: Measure) -> None:
    """Its preview sends it back whole: a form that writes each quote as three characters would be refused."""
    client.force_login(cast.data_entry)
    text = '"period","Väntan"\n' + '"2003-12","x"\n' * 150 + '"",""\n' * 160_000
    assert 900_000 < len(text.encode()) < 1_000_000
    page = upload(client, cast, text.encode())
    assert 'enctype="multipart/form-data" action="/c/perfection' in page
    given = {
        "text": text,
        "frequency": "month",
        "seen": "[]",
        "from": "months.csv",
    }
    assert client.post(address(cast, "paste_save"), given).status_code == 200


@pytest.mark.parametrize("actor", ["member", "faculty", "other_lead"])
def test_who_does_not_log_takes_no_table_away(client: Client, cast: Cast, actor: str) -> None:
    client.force_login(getattr(cast, actor))
    assert client.get(address(cast, "months_csv")).status_code == 403
