"""The care processes of a collaborative: the office keeps the list, measures and projects choose from it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from measures import rules
from measures.models import CareProcess
from organizations.models import Collaborative, User, as_of_now
from p2 import audit, edits
from p2.columns.folding import fold
from p2.errors import RuleViolation, ensure


@transaction.atomic
def add(
    collaborative: Collaborative, *, name: str, by: User | None, at: datetime | None = None
) -> CareProcess:
    """Another one to choose: a column of the portfolio once a project names it. `by` None is P2 itself."""
    Collaborative.objects.select_for_update().get(pk=collaborative.pk)
    ensure(by is None or rules.may_keep_care_processes(as_of_now(by), collaborative))
    known = collaborative.care_processes.filter(folded=fold(name)).first()
    if known:
        raise RuleViolation(_("“%(name)s” is on the list already.") % {"name": known})
    added = CareProcess.objects.create(collaborative=collaborative, name=name)
    audit.record("added", added, by=by, at=at)
    return added


@transaction.atomic
def remove(process: CareProcess, *, by: User, at: datetime | None = None) -> None:
    """Take it off the list. What names it keeps it; nothing new can choose it."""
    listed = CareProcess.objects.select_for_update(of=("self",)).filter(pk=process.pk)
    is_listed = bool(listed)  # reads it, and holds it
    ensure(rules.may_keep_care_processes(as_of_now(by), process.collaborative))
    if not is_listed:
        raise RuleViolation(_("“%(name)s” was taken off the list meanwhile.") % {"name": process})
    edits.remove(listed[0], by=by, at=at)


def ensure_listed(collaborative_id: int, name: str, *, kept: str = "") -> None:
    """Refuse a care process that the office has not named; none, and the one that stood there, are taken."""
    if name in {"", kept}:
        return
    if not CareProcess.objects.filter(collaborative=collaborative_id, name=name).exists():
        raise RuleViolation(
            _("The program office has no care process “%(name)s” on its list. Choose one that is there.")
            % {"name": name}
        )
