"""Making the projects, their measures and their teams in every participant, and the numbers to be logged."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from measures import periods
from measures.demo.core import MANDATORY, access_of
from measures.demo.logbook import Book, Sown
from measures.demo.series import YOUNG_MONTHS, drawn, ratios
from measures.demo.wanted import Story, Wanted
from measures.exchange.entries import Entry
from measures.models import CoreMeasure, Measure
from measures.services import care_processes, core_measures, measures
from organizations.demo import Participant, Programme
from projects.demo import cincinnati, discharges, safety
from projects.demo.charters import PROCESSES, Charter
from projects.demo.portfolio import plan, story_of
from projects.models import Project
from projects.services import projects, teams

LEAST_TIME = timedelta(days=120)
"""Aims end on 31 December: of this year while so much of it is left."""


def sow(
    programme: Programme, *, months: int, logged: int, is_small: bool, random: np.random.Generator
) -> Book:
    """Make everything that numbers hang on; the book returned holds the numbers themselves."""
    first = periods.following(programme.newest, periods.MONTH, 1 - months)
    book = Book(
        programme=programme,
        sown={},
        months=periods.between(first, programme.newest, periods.MONTH),
        logged=logged,
        random=random,
    )
    for process in PROCESSES:
        care_processes.add(programme.collaborative, name=process, by=programme.office, at=programme.began)
    for number, place in enumerate(programme.places):
        field = _Field(book, place)
        for charter, story in plan(place.key, number, is_small=is_small, random=random):
            field.start(charter, story)
        field.fill_core()
        if place.key == "cincinnati":
            field.set_in_order()
            safety.sow(book, place)
            discharges.sow(book, place)
        book.sown[place.organization.pk] = list(field.sown.values())
    return book


class _Field:
    """The measures of one participant as they come into being."""

    def __init__(self, book: Book, place: Participant) -> None:
        self.book, self.place = book, place
        self.began = book.programme.began
        self.aim_on = aim_date(book.programme.at)
        self.sown: dict[tuple[str, str], Sown] = {}
        own = Measure.objects.filter(organization=place.organization)
        self.adopted = {measure.name: measure for measure in own.select_related("definition")}
        optional = CoreMeasure.objects.filter(collaborative=book.programme.collaborative, is_mandatory=False)
        self.optional = {core.name: core for core in optional}

    def start(self, charter: Charter, story: Story) -> None:
        """A project, its team, and its measures in their roles."""
        random = self.book.random
        outcome = self.measure(charter.outcome, story_of("outcome", charter.outcome, story, random), charter)
        units = random.choice(len(self.place.units), size=min(3, len(self.place.units)), replace=False)
        project = projects.create(
            self.place.organization,
            by=self.place.lead,
            at=self.began + timedelta(days=int(random.integers(3, 60))),
            units=[self.place.units[unit] for unit in units],
            name=charter.name,
            aim=_aim(charter, outcome, self.aim_on),
            care_process=charter.care_process,
            starts_on=self.began.date() + timedelta(days=int(random.integers(0, 60))),
            aim_on=self.aim_on,
        )
        self._name_team(project)
        for role, wanted in charter.measures:
            measure = self.measure(wanted, story_of(role, wanted, story, random), charter)
            projects.link_measure(project, measure, role=role, by=self.place.lead, at=self.began)
            if wanted.also:
                self.measure(wanted.of(wanted.also, wanted.level * 0.88), Story.COMMON, charter)

    def measure(self, wanted: Wanted, story: Story, charter: Charter) -> Measure:
        """The measure, made or adopted the first time it is wanted."""
        known = self.sown.get((wanted.name, wanted.stratum))
        if known:
            return known.measure
        measure = self.adopted.get(wanted.name) if not wanted.stratum else None
        if measure is None and wanted.name in self.optional and not wanted.stratum:
            core = self.optional[wanted.name]
            measure = core_measures.adopt(self.place.organization, core, by=self.place.lead, at=self._first)
        measure = measure or self._create(wanted, charter, story)
        self._sow(measure, wanted, story, is_outcome=wanted == charter.outcome)
        return measure

    def fill_core(self) -> None:
        """Numbers for the mandatory core measures that no project took; and what is measured beside projects."""
        for wanted in MANDATORY:
            if (wanted.name, "") not in self.sown:
                here = access_of(self.place.key) if wanted == MANDATORY[0] else wanted
                self._sow(self.adopted[wanted.name], here, Story.COMMON)
        if self.place.key == "cincinnati":
            for wanted in cincinnati.BESIDE:
                self.measure(wanted, Story.COMMON, cincinnati.CHARTERS[0])

    def set_in_order(self) -> None:
        """The sheet's picture first, the rest behind it."""
        pictured = [(wanted.name, wanted.stratum) for wanted in cincinnati.SHEET]
        rest = [key for key in self.sown if key not in pictured]
        for position, key in enumerate([*pictured, *rest], start=1):
            if key in self.sown:
                measures.rename(
                    self.sown[key].measure, naming={"position": position}, by=self.place.lead, at=self.began
                )

    @property
    def _first(self) -> datetime:
        return datetime.combine(self.book.months[0], time(15), UTC)

    def _create(self, wanted: Wanted, charter: Charter, story: Story) -> Measure:
        begins = -YOUNG_MONTHS if story == Story.YOUNG else 0
        naming = wanted.naming(charter.care_process)
        if wanted.stratum:
            naming |= {"stratum_of": self.sown[wanted.name, ""].measure, "stratum_label": wanted.stratum}
        return measures.create(
            self.place.organization,
            naming=naming,
            definition=wanted.definition(self.aim_on),
            effective_from=self.book.months[begins],
            by=self.place.lead,
            at=self.began,
        )

    def _sow(self, measure: Measure, wanted: Wanted, story: Story, *, is_outcome: bool = False) -> None:
        months, random = len(self.book.months), self.book.random
        changes_at = int(months * random.uniform(0.5, 0.56 if is_outcome else 0.76))
        entries = drawn(wanted, months, story, changes_at, random)
        is_fixed = bool(wanted.tail) or wanted == cincinnati.EVENTS
        if self.place.key == "cincinnati":
            entries = _as_pictured(wanted, entries)
        self.sown[wanted.name, wanted.stratum] = Sown(
            measure, wanted, story, changes_at, tuple(entries), is_fixed, is_outcome
        )

    def _name_team(self, project: Project) -> None:
        named = [(member.user.name, "", member.role == "lead") for member in self.place.members]
        if self.place.key == "cincinnati":
            named = list(cincinnati.TEAM)
        members = {member.user.name: member for member in self.place.members}
        for name, task, is_leader in named:
            teams.add(
                project, members[name], task=task, is_leader=is_leader, by=self.place.lead, at=self.began
            )


def _as_pictured(wanted: Wanted, entries: list[Entry]) -> list[Entry]:
    """The numbers of the design's pictures: the last months, the open one, and the one that is late."""
    if wanted == cincinnati.EVENTS:
        known = ratios([*cincinnati.DRUG_EVENTS[:-2], cincinnati.FIRST_COUNT, cincinnati.DRUG_EVENTS[-1]])
        known = known[-len(entries) :]
        entries = [Entry()] * (len(entries) - len(known)) + known
    entries[-1] = cincinnati.OPEN_MONTH.get(wanted.stratum or wanted.name, Entry())
    if wanted.name == cincinnati.LATE:
        entries[-2] = Entry()
    return entries


def _aim(charter: Charter, outcome: Measure, by_day: date) -> str:
    """How much, by when: from 2.48 to 1.30 events per 1,000 doses by 31 December 2004."""
    decimals, counted = charter.outcome.decimals, charter.counted
    start, end = f"{charter.outcome.level:,.{decimals}f}", f"{outcome.words.goal:,.{decimals}f}"
    if counted.startswith("% "):
        start, end, counted = f"{start}%", f"{end}%", counted.removeprefix("% ")
    elif counted.startswith("US$ "):
        start, end, counted = f"US$ {start}", f"US$ {end}", counted.removeprefix("US$ ")
    return f"from {start} to {end} {counted} by {by_day:%-d %B %Y}"


def aim_date(at: datetime) -> date:
    """The 31 December by which the demo's aims are to be reached."""
    return date((at + LEAST_TIME).year, 12, 31)
