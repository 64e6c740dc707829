"""What a process remembers of the portfolio is what a process that has just begun reads."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures.models import ChartSnapshot, CoreMeasure, Definition, Measure
from measures.selectors.completeness import memory
from measures.selectors.completeness.memory import Memory
from organizations.models import Collaborative, Organization, Participation, Phase, User
from projects.models import Project, ProjectMeasure
from projects.pages.portfolio import summaries as module
from projects.pages.portfolio.summaries import Summaries, summaries
from tests.actors import make_appointee, make_collaborative, make_member, make_organization
from tests.projects.landscape import Landscape, make_landscape

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _new_process() -> Iterator[None]:
    module.remembered.forget()
    yield
    module.remembered.forget()


@pytest.fixture
def landscape(db: None) -> Landscape:
    return make_landscape(organizations=3, projects=2, measures=2, months=2)


@pytest.fixture
def faculty(landscape: Landscape) -> User:
    return make_appointee(landscape.collaborative, "faculty")


def seen(person: User, home: Collaborative) -> Summaries:
    return summaries(person, home, at=timezone.now())


def of(number: int) -> Organization:
    return Organization.objects.get(name=f"Hospital {number:02}")


def first(number: int = 0, **asked: Any) -> Measure:
    return Measure.objects.filter(organization=of(number), **asked).earliest("pk")


def charts(number: int = 0) -> Any:
    return ChartSnapshot.objects.filter(measure=first(number))


def changed(rows: Any, **fields: Any) -> Callable[[], Any]:
    return lambda: rows().update(**fields)


def one(of_these: Callable[[], Measure]) -> Any:
    return lambda: Measure.objects.filter(pk=of_these().pk)


def _a_core_measure_comes() -> None:
    core = CoreMeasure.objects.earliest("pk")
    core.pk, core.ref, core.name = None, "another12345", "Another"
    core.save()
    one(partial(first, core_measure=None))().update(core_measure=core)


def _a_project_comes() -> None:
    project = Project.objects.earliest("pk")
    project.pk, project.ref, project.name = None, "anotherproje", "Another"
    project.save()


def _emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE projects_projectmeasure CASCADE")


projects, links = Project.objects.all, ProjectMeasure.objects.all
CHANGES: dict[str, Callable[[], Any]] = {
    "a chart becomes a concern": changed(charts, state="concern"),
    "since another moment": changed(charts, state_since=timezone.now()),
    "other rules": changed(charts, rejudged_at=timezone.now()),
    "its median": changed(partial(charts, 1), median=12.5),
    "its words": changed(charts, useful=99),
    "a chart goes": lambda: charts().delete(),
    "a measure is renamed": changed(one(first), name="Renamed"),
    "a definition": lambda: Definition.objects.filter(measure=first()).update(goal=5),
    "a place on the sheet": changed(one(partial(first, core_measure__isnull=False)), position=77),
    "it is retired": changed(one(first), retired_at=timezone.now()),
    "it is taken up again": changed(one(first), retired_at=None),
    "a core measure comes": _a_core_measure_comes,
    "a core measure is renamed": lambda: CoreMeasure.objects.filter(name="Another").update(name="Other"),
    "a project comes": _a_project_comes,
    "a project is renamed": lambda: Project.objects.filter(name="Another").update(name="Other"),
    "it has another care process": lambda: Project.objects.filter(pk=projects().earliest("pk").pk).update(
        care_process="Other"
    ),
    "one is completed": lambda: Project.objects.filter(name="Other").update(state="completed"),
    "a project goes to another": lambda: Project.objects.filter(pk=projects().earliest("pk").pk).update(
        organization=of(2), name="Moved"
    ),
    "a link goes": lambda: links().latest("pk").delete(),
    "a link has another role": lambda: links().filter(role="process").update(role="outcome"),
    "all links go": _emptied,
    "an organization is renamed": lambda: Organization.objects.filter(pk=of(2).pk).update(short_name="Third"),
    "it moves away": lambda: Organization.objects.filter(pk=of(2).pk).update(
        collaborative=Collaborative.objects.get(slug="elsewhere")
    ),
    "it comes back": lambda: Organization.objects.filter(pk=of(2).pk).update(
        collaborative=Collaborative.objects.get(slug="landscape")
    ),
    "it takes part no more": lambda: Participation.objects.filter(organization=of(2)).delete(),
    "the phase is over": lambda: Phase.objects.filter(collaborative__slug="landscape").update(
        starts_on="2001-01-01", ends_on="2001-12-31"
    ),
}
"""Every kind of change of what the portfolio chooses from, each after the other."""


def test_after_every_change_the_memory_tells_what_a_new_process_reads(
    landscape: Landscape, faculty: User
) -> None:
    make_collaborative("elsewhere")
    home = landscape.collaborative
    before = seen(faculty, home)
    unseen = []
    for what, change in CHANGES.items():
        change()
        remembered = seen(faculty, home)
        with transaction.atomic():  # where nothing is remembered
            assert remembered == seen(faculty, home), what
        if remembered == before:
            unseen.append(what)
        before = remembered
    assert unseen == ["the phase is over"]  # after the last phase stands who took part in it


def test_a_second_look_reads_nothing_again_and_a_third_the_changed_alone(
    landscape: Landscape, faculty: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # other tests in other databases of this server have transactions under way too
    monkeypatch.setattr(memory, "LOOK", memory.LOOK.replace("pg_snapshot_xmin", "pg_snapshot_xmax"))

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            seen(faculty, landscape.collaborative)
        return [query["sql"] for query in captured]

    assert len(queries()) == 2 + 1  # of them one for the person's standing
    assert len(queries()) == 1
    charts(1).update(state="concern")
    asked = queries()
    assert len(asked) == 2
    assert f"id = ANY(ARRAY[{of(1).pk}])" in asked[1]


def test_a_number_saved_again_draws_no_organization_anew(landscape: Landscape) -> None:
    module_changes = "SELECT count(*) FROM measures_change"
    with connection.cursor() as cursor:
        cursor.execute(module_changes)
        before = cursor.fetchone()
        Measure.objects.update(series_version=9, updated_at=timezone.now())
        cursor.execute(module_changes)
        assert cursor.fetchone() == before


def test_who_sees_a_part_is_told_of_that_part_and_nothing_of_it_is_remembered(landscape: Landscape) -> None:
    Measure.objects.filter(organization=of(1)).update(is_shared=False)
    lead = make_member(of(0), "lead")

    found = seen(lead, landscape.collaborative)

    assert {summary.name: len(summary.adopted) for summary in found.every.values()} == {
        "Hospital 00": 5,
        "Hospital 01": 0,
        "Hospital 02": 5,
    }
    assert not module.remembered._known


def test_an_applicant_has_no_board(landscape: Landscape, faculty: User) -> None:
    make_organization(landscape.collaborative, "Applicant", phases=())

    assert "Applicant" not in {
        summary.name for summary in seen(faculty, landscape.collaborative).every.values()
    }


def test_a_memory_is_thrown_away_where_it_does_not_hold() -> None:
    rows: Memory[int] = Memory(lambda about, some: {1: about}, most=2)
    for about in (1, 2, 3):
        assert rows.rows(about)[0] == {1: about}
    assert [about for _, about in rows._known] == [2, 3]
