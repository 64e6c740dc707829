"""The care processes of a collaborative: the office keeps the list, measures and projects choose from it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import rules
from measures.models import CareProcess, CoreMeasure, Measure
from organizations.models import Collaborative, User, as_of_now
from p2 import audit, edits
from p2.columns.folding import fold
from p2.errors import RuleViolation, ensure
from p2.spanning.composition import gather
from p2.spanning.rows import Use
from p2.words.listing import all_of


@transaction.atomic
def add(
    collaborative: Collaborative, *, name: str, by: User | None, at: datetime | None = None
) -> CareProcess:
    """Another one to choose: a column of the portfolio once a project names it. `by` None is P2 itself.

    One that measures or projects still name, since it stood on the list before, is written as they write it.
    """
    name = " ".join(name.split())
    Collaborative.objects.select_for_update().get(pk=collaborative.pk)
    ensure(by is None or rules.may_keep_care_processes(as_of_now(by), collaborative))
    known = collaborative.care_processes.filter(folded=fold(name)).first()
    if known:
        raise RuleViolation(_("“%(name)s” is on the list already.") % {"name": known})
    named = [use for use in gather("CARE_PROCESS_USES", collaborative) if fold(use.name) == fold(name)]
    if named and name not in {use.name for use in named}:
        raise RuleViolation(
            _("“%(name)s” is named by %(uses)s. Write it so, and it is theirs again.")
            % {"uses": all_of(use.words for use in named if use.name == named[0].name), "name": named[0].name}
        )
    added = CareProcess.objects.create(collaborative=collaborative, name=name)
    audit.record("added", added, by=by, at=at)
    return added


@transaction.atomic
def remove(process: CareProcess, *, by: User, at: datetime | None = None) -> None:
    """Take it off the list. What names it keeps it; nothing new can choose it."""
    standing = CareProcess.objects.select_for_update(of=("self",)).filter(pk=process.pk)
    is_listed = bool(standing)  # reads it, and holds it
    ensure(rules.may_keep_care_processes(as_of_now(by), process.collaborative))
    if not is_listed:
        raise RuleViolation(_("“%(name)s” was taken off the list meanwhile.") % {"name": process})
    edits.remove(standing[0], by=by, at=at)


def ensure_listed(collaborative_id: int, name: str, *, kept: str = "") -> None:
    """Refuse a care process that the office has not named; none, and the one that stood there, are taken."""
    if name in {"", kept}:
        return
    if not CareProcess.objects.filter(collaborative=collaborative_id, name=name).exists():
        raise RuleViolation(
            _("The program office has no care process “%(name)s” on its list. Choose one that is there.")
            % {"name": name}
        )


def uses_of_measures(collaborative: Collaborative) -> list[Use]:
    """How many measures and core measures name each, retired ones too. Two queries."""
    own = Measure.objects.filter(organization__collaborative=collaborative)
    core = CoreMeasure.objects.filter(collaborative=collaborative)
    counted = [
        (name, ngettext("%(count)d measure", "%(count)d measures", count) % {"count": count})
        for name, count in own.values_list("care_process").annotate(Count("pk")).order_by()
    ] + [
        (name, ngettext("%(count)d core measure", "%(count)d core measures", count) % {"count": count})
        for name, count in core.values_list("care_process").annotate(Count("pk")).order_by()
    ]
    return [Use(name, words) for name, words in counted if name]
