"""What the office decides about months and benchmarks."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from measures.models import CoreMeasure, Month
from measures.services import core_measures, months
from p2.errors import RuleViolation
from tests.actors import Cast, make_cast
from tests.measures.series import make_measure

AT = datetime(2004, 2, 21, 15, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def january(cast: Cast) -> Month:
    closed = date(2004, 2, 20)
    return Month.objects.create(
        collaborative=cast.collaborative, period=date(2004, 1, 1), due_on=closed, closes_on=closed
    )


def test_a_month_whose_day_is_over_opens_again_until_its_new_day(cast: Cast, january: Month) -> None:
    assert january.is_closed(AT, "UTC")
    moved = months.move(january, date(2004, 2, 28), by=cast.office, at=AT)
    assert (moved.closes_on, moved.due_on) == (date(2004, 2, 28), date(2004, 2, 28))
    assert not moved.is_closed(AT, "UTC")


def test_a_month_does_not_move_into_the_past(cast: Cast, january: Month) -> None:
    with pytest.raises(RuleViolation, match=r"^19 February 2004 is over\."):
        months.move(january, date(2004, 2, 19), by=cast.office, at=AT)


def test_a_month_that_somebody_closed_is_reopened_not_moved(cast: Cast, january: Month) -> None:
    months.close(january, by=cast.office, at=datetime(2004, 2, 10, tzinfo=UTC))
    with pytest.raises(RuleViolation, match=r"^January 2004 was closed by Ofelia Fice: reopen it instead\.$"):
        months.move(january, date(2004, 2, 28), by=cast.office, at=AT)


@pytest.fixture
def mortality(cast: Cast) -> CoreMeasure:
    return core_measures.create(
        collaborative=cast.collaborative,
        naming={"name": "Mortality", "area": "clinical_outcome", "aim": "effective"},
        definition={"numerator_words": "Deaths", "unit": "%"},
        by=cast.office,
    )


def test_a_benchmark_stands_on_the_core_measure_with_its_source(cast: Cast, mortality: CoreMeasure) -> None:
    core_measures.add_benchmark(
        mortality, label="Top tenth", value=Decimal("1.8"), source="Register", by=cast.office
    )
    assert list(mortality.benchmarks.values_list("label", "value", "source")) == [
        ("Top tenth", Decimal("1.8"), "Register")
    ]
    with pytest.raises(RuleViolation, match=r"^Mortality has a benchmark “Top tenth” already"):
        core_measures.add_benchmark(
            mortality, label="Top tenth", value=Decimal(2), source="Other", by=cast.office
        )


def test_a_benchmark_without_a_source_is_refused(cast: Cast, mortality: CoreMeasure) -> None:
    with pytest.raises(RuleViolation, match="comes from"):
        core_measures.add_benchmark(
            mortality, label="Top tenth", value=Decimal(2), source=" ", by=cast.office
        )
    assert not mortality.benchmarks.exists()


def test_a_core_measure_is_adopted_once(cast: Cast, mortality: CoreMeasure) -> None:
    core_measures.adopt(cast.own, mortality, by=cast.lead)
    with pytest.raises(RuleViolation, match=r"^Own Hospital logs .+ already\.$"):
        core_measures.adopt(cast.own, mortality, by=cast.lead)
    assert cast.own.measures.filter(core_measure=mortality).count() == 1


def test_a_core_measure_of_a_taken_name_is_adopted_with_a_remark(cast: Cast, mortality: CoreMeasure) -> None:
    for name in ("Mortality", "Mortality (core)"):
        make_measure(cast.own, name)
    assert core_measures.adopt(cast.own, mortality, by=cast.lead).name == "Mortality (core 2)"


def test_a_long_name_is_cut_so_that_its_remark_is_kept(cast: Cast, mortality: CoreMeasure) -> None:
    mortality.name = "M" * 120
    mortality.save()
    make_measure(cast.own, mortality.name)
    assert core_measures.adopt(cast.own, mortality, by=cast.lead).name == "M" * 113 + " (core)"


@pytest.mark.parametrize(
    ("kept_in", "name"), [("en", "Mortality (core)"), ("en-xa", "[Mortality (çöŕé)~~~~~]")]
)
def test_a_remark_is_in_the_collaboratives_language_whoever_adopts(
    cast: Cast, mortality: CoreMeasure, kept_in: str, name: str
) -> None:
    cast.collaborative.language = kept_in
    cast.collaborative.save()
    mortality.refresh_from_db()
    make_measure(cast.own, "Mortality")

    with translation.override("sv"):
        assert core_measures.adopt(cast.own, mortality, by=cast.lead).name == name
