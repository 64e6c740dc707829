"""What people wrote on the demo's charts, once their numbers are there."""

from measures.demo import markings
from measures.demo.logbook import Book, Sown
from measures.demo.series import ratios
from measures.services import markups, measures
from measures.services.entry import observations
from organizations.demo import Participant
from projects.demo import cincinnati, discharges, safety
from projects.demo.programme import aim_date


def tell(book: Book) -> None:
    """Mark up the charts of every place."""
    for place in book.programme.places:
        markings.mark(book, place)
        if place.key == "cincinnati":
            _as_pictured(book, place)
    markings.change_definitions(book)
    safety.tell(book)
    discharges.tell(book)


def settle(book: Book) -> None:
    """Two numbers of drug events: one corrected a little later, and the lowest ever, confirmed to be right."""
    for place in book.programme.places:
        if place.key == "cincinnati":
            measure, clerk = _drug_events(book, place).measure, place.data_entry
            corrected = ratios(cincinnati.DRUG_EVENTS)[-2]
            at, why = book.day(len(book.months) - 2, 19), cincinnati.WHY_CORRECTED
            observations.record(measure, book.months[-2], corrected, by=clerk, at=at, why=why)
            newest = measure.observations.get(period=book.months[-1])
            observations.confirm(measure, newest.period, have=newest.version, by=clerk)


def _drug_events(book: Book, place: Participant) -> Sown:
    return next(one for one in book.sown[place.organization.pk] if one.wanted == cincinnati.EVENTS)


def _as_pictured(book: Book, place: Participant) -> None:
    """The chart of the design's picture: three changes, a baseline, and a definition that changed with the first."""
    sown = _drug_events(book, place)
    newest = len(book.months) - 1
    for back, text in cincinnati.NOTES:
        period, at = book.months[newest - back], book.day(newest - back, 4)
        markups.annotate(sown.measure, period, kind="change", text=text, by=place.lead, at=at)
    markings.freeze(book, place, sown, base=cincinnati.BEFORE_CHANGES)
    changed = newest - cincinnati.NOTES[0][0]
    measures.define(
        sown.measure,
        definition={
            **cincinnati.NEW_DEFINITION,
            "goal": cincinnati.EVENTS.goal,
            "goal_on": aim_date(book.programme.at),
        },
        effective_from=book.months[changed],
        why=cincinnati.WHY_NEW,
        by=book.programme.office,
        at=book.day(changed, 3),
    )
