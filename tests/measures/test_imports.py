"""Numbers from files: all or nothing, and every bad line told."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.exchange.tables import Table, read_table
from measures.models import Correction, Measure, Month, Observation
from measures.services import measures
from measures.services.entry import imports
from organizations.models import Organization, Phase
from tests.actors import Cast, make_cast

AT = datetime(2004, 2, 12, 15, tzinfo=UTC)
HEAD = "organization,measure,period,numerator,denominator,value,sd,size,no_data,note,why\n"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(AT.date())


def made(organization: Organization, name: str, shape: str = "proportion") -> Measure:
    return measures.create(
        organization,
        naming={"name": name, "area": "patient_safety", "aim": "safe"},
        definition={"numerator_words": "Events", "unit": "", "shape": shape, "multiplier": 1},
        by=None,
        at=datetime(2002, 1, 1, tzinfo=UTC),
    )


@pytest.fixture
def falls(cast: Cast) -> Measure:
    return made(cast.own, "Falls with injury")


def table(*lines: str, name: str = "july.csv") -> Table:
    return read_table(name, (HEAD + "".join(f"{line}\n" for line in lines)).encode())


def load(cast: Cast, *lines: str, **more: object) -> imports.ImportReport:
    return imports.load(cast.collaborative, [table(*lines)], at=AT, **more)  # type: ignore[arg-type]


def told(report: imports.ImportReport) -> list[str]:
    return [str(mistake) for mistake in report.mistakes]


def test_a_file_is_written_through_the_one_verb_with_its_corrections(cast: Cast, falls: Measure) -> None:
    wait = made(cast.own, "Wait", shape="mean")
    report = load(
        cast,
        "Own Hospital,Falls with injury,2004-01,3,120,,,,,a note,",
        "own hospital,FALLS WITH INJURY,Dec 2003,1.000,1.250,,,,,,",
        f"{cast.own.ref},{wait.ref},01.01.2004,,,12.5,2.5,40,,,",
        f"Own Hospital,{wait.ref},2003-12,,,,,,vendor late,,",
        by=cast.data_entry,
    )
    assert (report.new, report.changed, report.same, report.mistakes) == (4, 0, 0, ())
    rows = Observation.objects.order_by("measure", "period")
    assert [(row.period, row.words, row.note, row.recorded_by) for row in rows] == [
        (date(2003, 12, 1), "1 of 1.25", "", cast.data_entry),
        (date(2004, 1, 1), "3 of 120", "a note", cast.data_entry),
        (date(2003, 12, 1), "no data (vendor late)", "", cast.data_entry),
        (date(2004, 1, 1), "12.5", "", cast.data_entry),
    ]
    assert (rows[3].sd, rows[3].size) == (Decimal("2.5"), 40)
    assert Correction.objects.count() == 4


def test_one_bad_line_keeps_the_whole_of_all_files_out(cast: Cast, falls: Measure) -> None:
    good = table("Own Hospital,Falls with injury,2004-01,3,120,,,,,,", name="good.csv")
    bad = table("Own Hospital,Falls with injury,2003-12,130,120,,,,,,", name="bad.csv")
    report = imports.load(cast.collaborative, [good, bad], at=AT)
    assert told(report) == [
        "bad.csv, line 2: 130 of 120: the numerator is greater than the denominator. "
        "Correct one of them and it saves."
    ]
    assert Observation.objects.count() == 0
    assert Correction.objects.count() == 0
    falls.refresh_from_db()
    assert falls.series_version == 0


def test_every_bad_line_is_told_in_its_own_words(cast: Cast, falls: Measure) -> None:
    made(cast.own, "Deaths", shape="count")
    report = load(
        cast,
        "Own Hospitel,Falls with injury,2004-01,3,120,,,,,,",
        "Own Hospital,Falls with injuries,2004-01,3,120,,,,,,",
        "Own Hospital,Falls with injury,soon,3,120,,,,,,",
        "Own Hospital,Falls with injury,2004-03,3,120,,,,,,",
        "Own Hospital,Falls with injury,2004-01,NaN,120,,,,,,",
        "Own Hospital,Falls with injury,2003-12,=1+2,120,,,,,,",
        "Own Hospital,Falls with injury,2003-11,3,,,,,,,",
        "Own Hospital,Falls with injury,2003-10,,,,,,,,",
        "Own Hospital,Falls with injury,2003-09,3,120,,,,,,",
        "Own Hospital,Falls with injury,1 Sep 2003,4,120,,,,,,",
        "Own Hospital,Deaths,2004-01,,,1.5,,,,,",
        "Own Hospital,Deaths,2003-12,,,2,,0,,,",
        f"Own Hospital,Deaths,2003-11,,,2,,,,{'x' * 1001},",
        ",Deaths,2003-10,,,2,,,,,",
        by=cast.lead,
    )
    assert told(report) == [
        "july.csv, line 2: There is no organization “Own Hospitel” in Perfection. Did you mean Own Hospital?",
        "july.csv, line 3: Own Hospital has no measure “Falls with injuries”. "
        "Did you mean Falls with injury?",
        "july.csv, line 4: “soon” is no period. Write it as 2004-01-01, 2004-01 or Jan 2004.",
        "july.csv, line 5: March 2004 lies in the future. Numbers are taken from its first day.",
        "july.csv, line 6: “NaN” is not a number. Type digits, or choose no data and a reason.",
        "july.csv, line 7: “=1+2” is a formula. Paste its value instead.",
        "july.csv, line 8: 3 alone is not enough: this measure takes a numerator and a denominator, "
        "side by side or as 12/388.",
        "july.csv, line 9: There is no number on this line, and no reason for missing data.",
        "july.csv, line 11: September 2003 of Falls with injury stands on line 10 already. "
        "Keep one of the two.",
        "july.csv, line 12: 1.5 is not whole: this measure counts, so it takes 0, 1, 2 …",
        "july.csv, line 13: “0” is no subgroup size: it takes 1, 2, 3 …",
        "july.csv, line 14: The note has 1,001 characters; 1,000 are kept. Shorten it.",
        "july.csv, line 15: The organization is missing: write its name, its code or its ref.",
    ]
    assert Observation.objects.count() == 0


def test_a_hundred_mistakes_are_told_and_the_rest_is_counted(cast: Cast, falls: Measure) -> None:
    report = load(cast, *["Nowhere,Falls with injury,2004-01,3,120,,,,,,"] * 130)
    assert (len(report.mistakes), report.mistakes_found) == (100, 130)


def test_a_rehearsal_counts_what_would_change_and_writes_nothing(cast: Cast, falls: Measure) -> None:
    load(
        cast,
        f"{cast.own.ref},{falls.ref},2003-12,3,120,,,,,,",
        f"{cast.own.ref},{falls.ref},2003-11,3,110,,,,,,",
    )
    report = load(
        cast,
        f"{cast.own.ref},{falls.ref},2003-12,4,120,,,,,,",
        f"{cast.own.ref},{falls.ref},2003-11,3,110,,,,,,",
        f"{cast.own.ref},{falls.ref},2004-01,5,100,,,,,,",
        is_rehearsal=True,
    )
    assert (report.new, report.changed, report.same) == (1, 1, 1)
    assert [row.words for row in falls.observations.all()] == ["3 of 110", "3 of 120"]


def test_a_change_in_a_closed_month_needs_the_reason_column(cast: Cast, falls: Measure) -> None:
    line = f"{cast.own.ref},{falls.ref},2003-11,3,110,,,,,"
    load(cast, f"{line},")
    closed = date(2003, 12, 20)
    Month.objects.create(
        collaborative=cast.collaborative, period=date(2003, 11, 1), due_on=closed, closes_on=closed
    )
    changed = line.replace("3,110", "4,110")
    assert told(load(cast, f"{changed},")) == [
        "july.csv, line 2: November 2003 is closed: say why this number changes."
    ]
    assert load(cast, f"{changed},one late chart").changed == 1
    assert Correction.objects.first().why == "one late chart"  # type: ignore[union-attr]


@pytest.mark.parametrize("role", ["member", "sponsor", "faculty", "other_lead", "stranger"])
def test_nobody_imports_in_the_name_of_who_may_not_record(cast: Cast, falls: Measure, role: str) -> None:
    person = getattr(cast, role)
    report = load(cast, f"{cast.own.ref},{falls.ref},2004-01,3,120,,,,,,", by=person)
    assert told(report) == [f"july.csv, line 2: {person} may not record numbers for Own Hospital."]


def test_measures_of_another_collaborative_are_not_found(cast: Cast) -> None:
    abroad = made(cast.elsewhere_organization, "Falls abroad")
    report = load(cast, f"{cast.elsewhere_organization.ref},{abroad.ref},2004-01,3,120,,,,,,")
    assert report.mistakes_found == 1


def test_the_number_of_queries_does_not_grow_with_the_lines(cast: Cast, falls: Measure) -> None:
    def queries(*lines: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            load(cast, *lines)
        return len(seen)

    one = queries(f"{cast.own.ref},{falls.ref},2004-01,3,120,,,,,,")
    many = queries(
        *[
            f"{cast.own.ref},{falls.ref},{year}-{month:02},3,120,,,,,,"
            for year in (2001, 2002)
            for month in range(1, 13)
        ]
    )
    assert one == many


def test_a_table_larger_than_one_portion_is_still_written_whole_or_not_at_all(
    cast: Cast, falls: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("measures.services.entry.imports.tables.CELLS_AT_ONCE", 1)
    wait = made(cast.own, "Wait", shape="mean")
    first = f"{cast.own.ref},{falls.ref},2004-01,3,120,,,,,,"
    assert load(cast, first, f"{cast.own.ref},{wait.ref},2004-03,,,1,,,,,").mistakes_found == 1
    assert Observation.objects.count() == 0
    assert load(cast, first, f"{cast.own.ref},{wait.ref},2004-01,,,1,,,,,").new == 2
    assert Observation.objects.count() == 2


class TestCommand:
    def run(self, *arguments: object) -> tuple[str, str]:
        out, err = StringIO(), StringIO()
        try:
            call_command("import_observations", *map(str, arguments), stdout=out, stderr=err)
        except CommandError as failure:
            err.write(str(failure))
        return out.getvalue(), err.getvalue()

    def file(self, folder: Path, *lines: str) -> Path:
        path = folder / "july.csv"
        path.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def test_it_imports_in_a_persons_name(self, cast: Cast, falls: Measure, tmp_path: Path) -> None:
        Phase.objects.filter(pk=cast.implementation.pk).update(ends_on=date(2999, 1, 1))
        path = self.file(tmp_path, f"{cast.own.ref},{falls.ref},2003-12,3,120,,,,,,")
        options = ("--collaborative", "perfection", "--by", cast.lead.email)
        assert self.run(path, *options, "--dry-run") == (
            "Nothing was written; it would be 1 new, 0 changed, 0 same.\n",
            "",
        )
        assert self.run(path, *options) == ("Imported: 1 new, 0 changed, 0 same.\n", "")
        assert [row.recorded_by for row in falls.observations.all()] == [cast.lead]

    def test_it_tells_bad_lines_and_writes_nothing(self, cast: Cast, falls: Measure, tmp_path: Path) -> None:
        path = self.file(tmp_path, f"{cast.own.ref},{falls.ref},2003-12,x,120,,,,,,")
        assert self.run(path, "--collaborative", "perfection") == (
            "",
            "july.csv, line 2: “x” is not a number. Type digits, or choose no data and a reason.\n"
            "1 line to correct; nothing was written.",
        )

    def test_it_asks_which_collaborative_is_meant(self, cast: Cast, tmp_path: Path) -> None:
        path = self.file(tmp_path)
        assert self.run(path)[1] == (
            "This site runs several collaboratives. "
            "Choose with --collaborative one of: elsewhere, perfection."
        )

    def test_it_names_a_file_that_is_not_there_and_a_person_nobody_knows(
        self, cast: Cast, tmp_path: Path
    ) -> None:
        gone = tmp_path / "gone.csv"
        assert self.run(gone, "--collaborative", "perfection")[1] == (
            f"{gone} cannot be read: No such file or directory."
        )
        path = self.file(tmp_path)
        assert self.run(path, "--collaborative", "perfection", "--by", "x@example.org")[1] == (
            "Nobody here has the address x@example.org."
        )


def test_notes_that_look_like_a_patients_are_told_without_their_digits_and_imported(
    cast: Cast, falls: Measure
) -> None:
    line = "Own Hospital,Falls with injury,2004-01,3,120,,,,,one was 123-45-6789,"
    rehearsed, report = load(cast, line, is_rehearsal=True), load(cast, line)

    words = "july.csv, line 2: “•••-••-••••” looks like a social security number. P2 keeps no patient data."
    assert [str(one) for one in rehearsed.warnings] == [str(one) for one in report.warnings] == [words]
    assert (report.new, Observation.objects.get().note) == (1, "one was 123-45-6789")
