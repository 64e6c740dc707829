"""Verbs of measures, their mark-ups and months, in every state."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from measures.services import care_processes, core_measures, markups, measures, months
from organizations.models import User
from tests.actors import LISTED
from tests.measures.series import FIRST, NAMING, WAIT
from tests.permissions.states.scene import BASELINE, EARLY, LATER, Scene, Verb


def define(at: Scene, by: User) -> object:
    words = {**WAIT, "unit": "working days"}
    return measures.define(at.measure, definition=words, effective_from=FIRST, why="Clearer", by=by)


VERBS: dict[str, Verb] = {
    "care_processes.add": lambda at, by: care_processes.add(at.cast.collaborative, name="Falls", by=by),
    "care_processes.add:listed": lambda at, by: care_processes.add(
        at.cast.collaborative, name=LISTED.upper(), by=by
    ),
    "care_processes.remove": lambda at, by: care_processes.remove(at.process, by=by),
    "core_measures.create": lambda at, by: core_measures.create(
        collaborative=at.cast.collaborative, naming={**NAMING, "name": "Falls"}, definition=WAIT, by=by
    ),
    "core_measures.create:taken": lambda at, by: core_measures.create(
        collaborative=at.cast.collaborative, naming={**NAMING, "name": at.core.name}, definition=WAIT, by=by
    ),
    "core_measures.add_benchmark": lambda at, by: core_measures.add_benchmark(
        at.core, label="Best", value=Decimal(1), source="Norway 2024", by=by
    ),
    "core_measures.adopt": lambda at, by: core_measures.adopt(at.own, at.core, by=by),
    "measures.create": lambda at, by: measures.create(
        at.own, naming={**NAMING, "name": "Falls"}, definition=WAIT, by=by
    ),
    "measures.create:taken": lambda at, by: measures.create(
        at.own, naming={**NAMING, "name": at.measure.name}, definition=WAIT, by=by
    ),
    "measures.create:stratum": lambda at, by: measures.create(
        at.own,
        naming={**NAMING, "name": at.measure.name, "stratum_of": at.measure, "stratum_label": "Nights"},
        definition=WAIT,
        by=by,
    ),
    "measures.rename": lambda at, by: measures.rename(at.measure, naming={"name": "Waiting"}, by=by),
    "measures.define": define,
    "measures.share": lambda at, by: measures.share(at.measure, is_shared=True, by=by),
    "measures.share:stop": lambda at, by: measures.share(at.measure, is_shared=False, by=by),
    "measures.retire": lambda at, by: measures.retire(at.measure, by=by),
    "measures.resume": lambda at, by: measures.resume(at.measure, by=by),
    "markups.annotate": lambda at, by: markups.annotate(at.measure, EARLY, kind="note", text="Strike", by=by),
    "markups.rebase": lambda at, by: markups.rebase(at.measure, BASELINE, why="Two clinics", by=by),
    "markups.rebase:there": lambda at, by: markups.rebase(at.measure, LATER, why="Two clinics", by=by),
    "markups.freeze": lambda at, by: markups.freeze(at.measure, BASELINE, why="The baseline", by=by),
    "markups.exclude": lambda at, by: markups.exclude(at.measure, LATER, why="The roof was open", by=by),
    "markups.withdraw:words": lambda at, by: markups.withdraw(at.words, by=by),
    "markups.withdraw:rebase": lambda at, by: markups.withdraw(at.rebase, by=by),
    "markups.withdraw:freeze": lambda at, by: markups.withdraw(at.freeze, by=by),
    "months.close": lambda at, by: months.close(at.month, by=by),
    "months.reopen": lambda at, by: months.reopen(at.month, by=by),
    "months.move": lambda at, by: months.move(at.month, timezone.localdate() + timedelta(days=3), by=by),
}

TABLE = """
                                           str led ent mem oth fac off fun adm
care_processes.add            -            403 403 403 403 403 403 ok  403 ok
care_processes.add            over         403 403 403 403 403 403 ok  403 ok
care_processes.add:listed     -            403 403 403 403 403 403 no  403 no
care_processes.remove         -            403 403 403 403 403 403 ok  403 ok
care_processes.remove         removed      403 403 403 403 403 403 no  403 no
core_measures.create          -            403 403 403 403 403 403 ok  403 403
core_measures.create          over         403 403 403 403 403 403 ok  403 403
core_measures.create:taken    -            403 403 403 403 403 403 no  403 403
core_measures.add_benchmark   -            403 403 403 403 403 403 ok  403 403
core_measures.adopt           -            403 ok  403 403 403 403 403 403 403
core_measures.adopt           adopted      403 no  403 403 403 403 403 403 403
core_measures.adopt           past         403 no  403 403 403 403 403 403 403
core_measures.adopt           applicant    403 ok  403 403 403 403 403 403 403
# --- a measure of one's own: from the end of the last phase on it stays as it is, but for what the office keeps
measures.create               -            403 ok  403 403 403 403 403 403 403
measures.create               past         403 no  403 403 403 403 403 403 403
measures.create               leaving      403 no  403 403 403 403 403 403 403
measures.create               applicant    403 ok  403 403 403 403 403 403 403
measures.create:taken         -            403 no  403 403 403 403 403 403 403
measures.create:taken         retired      403 ok  403 403 403 403 403 403 403
measures.create:stratum       -            403 ok  403 403 403 403 403 403 403
measures.create:stratum       retired      403 no  403 403 403 403 403 403 403
measures.define               -            403 ok  403 403 403 403 403 403 403
measures.define               retired      403 no  403 403 403 403 403 403 403
measures.define               past         403 no  403 403 403 403 403 403 403
measures.define               applicant    403 ok  403 403 403 403 403 403 403
measures.define               core         403 403 403 403 403 403 ok  403 403
measures.define               core-retired 403 403 403 403 403 403 no  403 403
measures.share                -            403 ok  403 403 403 403 403 403 403
measures.share                retired      403 no  403 403 403 403 403 403 403
measures.share                past         403 no  403 403 403 403 403 403 403
measures.share                applicant    403 ok  403 403 403 403 403 403 403
measures.share:stop           -            403 ok  403 403 403 403 403 403 403
measures.share:stop           retired      403 no  403 403 403 403 403 403 403
measures.share:stop           past         403 no  403 403 403 403 403 403 403
# --- a retired one can get another name, so that it can be logged again beside one that took its own
measures.rename               -            403 ok  403 403 403 403 403 403 403
measures.rename               retired      403 ok  403 403 403 403 403 403 403
measures.rename               past         403 no  403 403 403 403 403 403 403
measures.rename               applicant    403 ok  403 403 403 403 403 403 403
measures.rename               core         403 no  403 403 403 403 403 403 403
measures.retire               -            403 ok  403 403 403 403 403 403 403
measures.retire               retired      403 no  403 403 403 403 403 403 403
measures.retire               past         403 no  403 403 403 403 403 403 403
measures.retire               core         403 no  403 403 403 403 403 403 403
measures.resume               -            403 no  403 403 403 403 403 403 403
measures.resume               retired      403 ok  403 403 403 403 403 403 403
measures.resume               core-retired 403 ok  403 403 403 403 403 403 403
measures.resume               past         403 no  403 403 403 403 403 403 403
# --- marks: of a measure that is logged, by who takes part
markups.annotate              -            403 ok  ok  403 403 403 403 403 403
markups.annotate              retired      403 no  no  403 403 403 403 403 403
markups.annotate              past         403 no  no  403 403 403 403 403 403
markups.annotate              leaving      403 no  no  403 403 403 403 403 403
markups.annotate              applicant    403 ok  ok  403 403 403 403 403 403
markups.rebase                -            403 ok  403 403 403 403 403 403 403
markups.rebase                retired      403 no  403 403 403 403 403 403 403
markups.rebase                past         403 no  403 403 403 403 403 403 403
markups.rebase                applicant    403 ok  403 403 403 403 403 403 403
markups.rebase:there          -            403 no  403 403 403 403 403 403 403
markups.rebase:there          unmarked     403 ok  403 403 403 403 403 403 403
markups.freeze                -            403 ok  403 403 403 403 403 403 403
markups.freeze                retired      403 no  403 403 403 403 403 403 403
markups.freeze                past         403 no  403 403 403 403 403 403 403
markups.exclude               -            403 ok  403 403 403 403 403 403 403
markups.exclude               retired      403 no  403 403 403 403 403 403 403
markups.exclude               past         403 no  403 403 403 403 403 403 403
markups.withdraw:words        -            403 ok  ok  403 403 403 403 403 403
markups.withdraw:words        unmarked     403 no  no  403 403 403 403 403 403
markups.withdraw:words        retired      403 no  no  403 403 403 403 403 403
markups.withdraw:words        past         403 no  no  403 403 403 403 403 403
markups.withdraw:rebase       -            403 ok  403 403 403 403 403 403 403
markups.withdraw:rebase       unmarked     403 no  403 403 403 403 403 403 403
markups.withdraw:rebase       retired      403 no  403 403 403 403 403 403 403
markups.withdraw:rebase       past         403 no  403 403 403 403 403 403 403
markups.withdraw:freeze       -            403 ok  403 403 403 403 403 403 403
markups.withdraw:freeze       unmarked     403 no  403 403 403 403 403 403 403
markups.withdraw:freeze       retired      403 no  403 403 403 403 403 403 403
# --- months: the office's
months.close                  -            403 403 403 403 403 403 ok  403 403
months.close                  closed       403 403 403 403 403 403 no  403 403
months.close                  reopened     403 403 403 403 403 403 ok  403 403
months.close                  over         403 403 403 403 403 403 ok  403 403
months.reopen                 -            403 403 403 403 403 403 no  403 403
months.reopen                 closed       403 403 403 403 403 403 ok  403 403
months.reopen                 closed-by    403 403 403 403 403 403 ok  403 403
months.reopen                 reopened     403 403 403 403 403 403 no  403 403
months.move                   -            403 403 403 403 403 403 ok  403 403
months.move                   closed       403 403 403 403 403 403 ok  403 403
months.move                   closed-by    403 403 403 403 403 403 no  403 403
months.move                   reopened     403 403 403 403 403 403 ok  403 403
"""
