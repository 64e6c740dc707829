"""Verbs by which numbers come in, in every state."""

from copy import copy
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.exchange.tables import read_table
from measures.models import Correction, Observation
from measures.selectors.sheet_place import place_of
from measures.services.entry import imports, observations, pastes, sheets, sign_offs, undos
from measures.services.entry.imports import tables
from measures.services.entry.observations import Cell
from measures.services.entry.pastes import PastedBlock
from measures.services.entry.sheets import Typed
from measures.services.entry.undos import Batch
from organizations.models import User
from tests.measures.series import confirm
from tests.permissions.states.scene import Scene, Verb

SEVEN = Entry(value=Decimal(7))


def cell(at: Scene, why: str = "") -> Cell:
    return Cell(at.measure.pk, at.period, SEVEN, why=why)


def typed(at: Scene, by: User, why: str = "") -> object:
    """A row of a sheet that was opened before the measure came into its state."""
    have = Observation.objects.get(measure=at.measure, period=at.period).version
    return sheets.log({copy(at.shown): Typed(value="7", have=have, why=why)}, at.period, by=by)


def pasted(at: Scene, by: User, why: str = "") -> object:
    block = PastedBlock("7", at.measure.ref, at.period, "month", open=at.period)
    stands = Observation.objects.get(measure=at.measure, period=at.period)
    seen = {(at.measure.ref, at.period): stands.version}
    return pastes.save(at.own, block, seen=seen, why=why, by=by)


def loaded(at: Scene, by: User, why: str = "") -> object:
    content = f"organization,measure,period,value,why\n{at.own.ref},{at.measure.ref},{at.period},7,{why}\n"
    return imports.load(at.cast.collaborative, [read_table("numbers.csv", content.encode())], by=by)


def taken_back(at: Scene, by: User, why: str = "") -> object:
    """What this person saved a minute ago."""
    saved_at = timezone.now() - timedelta(minutes=1)
    row = Observation.objects.get(measure=at.measure, period=at.period)
    Correction.objects.create(
        measure=at.measure, period=at.period, old_value=Decimal(9), new_value=row.value, version=row.version,
        by=by, at=saved_at,
    )  # fmt: skip
    return undos.take_back(at.own, Batch(at.period, "month", saved_at), why=why, by=by)


def signed(at: Scene, by: User) -> object:
    return sign_offs.sign(at.own, at.place, without=[at.spare.ref, at.freeze.measure.ref], by=by)


def signed_early(at: Scene, by: User) -> object:
    now = timezone.now()
    running = periods.start_of(timezone.localdate(), "month")
    return sign_offs.sign(at.own, place_of(at.own, running, frequency="month", at=now), by=by)


VERBS: dict[str, Verb] = {
    "observations.record": lambda at, by: observations.record(at.measure, at.period, SEVEN, by=by),
    "observations.record:why": lambda at, by: observations.record(
        at.measure, at.period, SEVEN, why="A slip", by=by
    ),
    "observations.record_many": lambda at, by: observations.record_many([cell(at)], by=by),
    "observations.record_each": lambda at, by: observations.record_each([cell(at)], by=by),
    "observations.confirm": lambda at, by: confirm(at.measure, at.period, by=by),
    "sheets.log": typed,
    "sheets.log:why": lambda at, by: typed(at, by, "A slip"),
    "pastes.save": pasted,
    "pastes.save:why": lambda at, by: pasted(at, by, "A slip"),
    "imports.load": loaded,
    "tables.record": lambda at, by: tables.record([cell(at)], by=by),
    "tables.record:why": lambda at, by: tables.record([cell(at, "A slip")], by=by),
    "undos.take_back": taken_back,
    "undos.take_back:why": lambda at, by: taken_back(at, by, "A slip"),
    "sign_offs.sign": signed,
    "sign_offs.sign:running": signed_early,
    "sign_offs.withdraw": lambda at, by: sign_offs.withdraw(at.own, at.signed.ref, by=by),
}

TABLE = """
                                           str led ent mem oth fac off fun adm
# --- a number: of a measure that is logged, until the last month closes; in a closed month with its reason
observations.record           -            403 ok  ok  403 403 403 ok  403 403
observations.record           retired      403 no  no  403 403 403 no  403 403
observations.record           leaving      403 ok  ok  403 403 403 ok  403 403
observations.record           past         403 no  no  403 403 403 ok  403 403
observations.record           applicant    403 ok  ok  403 403 403 ok  403 403
observations.record           closed       403 no  no  403 403 403 no  403 403
observations.record           reopened     403 ok  ok  403 403 403 ok  403 403
observations.record:why       closed       403 ok  ok  403 403 403 ok  403 403
observations.record:why       closed-by    403 ok  ok  403 403 403 ok  403 403
observations.record_many      -            403 ok  ok  403 403 403 ok  403 403
observations.record_many      retired      403 no  no  403 403 403 no  403 403
observations.record_many      past         403 no  no  403 403 403 ok  403 403
observations.record_many      closed       403 no  no  403 403 403 no  403 403
observations.record_each      -            403 ok  ok  403 403 403 ok  403 403
observations.record_each      retired      403 no  no  403 403 403 no  403 403
observations.record_each      past         403 no  no  403 403 403 ok  403 403
observations.record_each      closed       403 no  no  403 403 403 no  403 403
observations.confirm          -            403 ok  ok  403 403 403 ok  403 403
observations.confirm          unlogged     403 no  no  403 403 403 no  403 403
observations.confirm          retired      403 no  no  403 403 403 no  403 403
observations.confirm          leaving      403 ok  ok  403 403 403 ok  403 403
observations.confirm          past         403 no  no  403 403 403 ok  403 403
observations.confirm          applicant    403 ok  ok  403 403 403 ok  403 403
observations.confirm          closed       403 ok  ok  403 403 403 ok  403 403
sheets.log                    -            403 ok  ok  403 403 403 ok  403 403
sheets.log                    retired      403 no  no  403 403 403 no  403 403
sheets.log                    leaving      403 ok  ok  403 403 403 ok  403 403
sheets.log                    past         403 no  no  403 403 403 ok  403 403
sheets.log                    closed       403 no  no  403 403 403 no  403 403
sheets.log:why                closed       403 ok  ok  403 403 403 ok  403 403
# --- a block, a file and an undo name what stands on the sheet: who sees none of it is told that there is nothing
pastes.save                   -            no  ok  ok  403 403 403 ok  403 403
pastes.save                   retired      no  no  no  no  no  no  no  no  no
pastes.save                   past         no  no  no  403 403 403 ok  403 403
pastes.save                   closed       no  no  no  403 403 403 no  403 403
pastes.save:why               closed       no  ok  ok  403 403 403 ok  403 403
imports.load                  -            no  ok  ok  no  no  no  ok  no  no
imports.load                  retired      no  no  no  no  no  no  no  no  no
imports.load                  past         no  no  no  no  no  no  ok  no  no
imports.load                  closed       no  no  no  no  no  no  no  no  no
tables.record                 -            403 ok  ok  403 403 403 ok  403 403
tables.record                 retired      403 no  no  403 403 403 no  403 403
tables.record                 past         403 no  no  403 403 403 ok  403 403
tables.record                 closed       403 no  no  403 403 403 no  403 403
tables.record:why             closed       403 ok  ok  403 403 403 ok  403 403
undos.take_back               -            403 ok  ok  403 403 403 ok  403 403
undos.take_back               retired      403 no  no  403 403 403 no  403 403
undos.take_back               past         403 no  no  403 403 403 ok  403 403
undos.take_back               closed       403 no  no  403 403 403 no  403 403
undos.take_back:why           closed       403 ok  ok  403 403 403 ok  403 403
# --- a sheet is signed as long as its numbers change: the last month too, that is over when the phase is
sign_offs.sign                -            403 ok  ok  403 403 403 ok  403 403
sign_offs.sign                signed       403 no  no  403 403 403 no  403 403
sign_offs.sign                retired      403 no  no  403 403 403 no  403 403
sign_offs.sign                leaving      403 ok  ok  403 403 403 ok  403 403
sign_offs.sign                past         403 no  no  403 403 403 ok  403 403
sign_offs.sign                closed       403 ok  ok  403 403 403 ok  403 403
sign_offs.sign:running        -            403 no  no  403 403 403 no  403 403
sign_offs.withdraw            -            403 ok  ok  403 403 403 ok  403 403
sign_offs.withdraw            unsigned     403 no  no  403 403 403 no  403 403
sign_offs.withdraw            lifted       403 no  no  403 403 403 no  403 403
sign_offs.withdraw            leaving      403 ok  ok  403 403 403 ok  403 403
sign_offs.withdraw            past         403 no  no  403 403 403 ok  403 403
"""
