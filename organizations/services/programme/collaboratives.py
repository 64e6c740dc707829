"""Starting a collaborative and changing what it says of itself."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import Collaborative, User, as_of_now
from p2 import audit, edits, jobs
from p2.errors import RuleViolation, ensure


@transaction.atomic
def create(*, by: User, at: datetime | None = None, **facts: Any) -> Collaborative:
    """Start a collaborative. Its office is invited next."""
    ensure(rules.may_open_collaboratives(as_of_now(by)))
    try:
        with transaction.atomic():
            collaborative = Collaborative.objects.create(**facts)
    except IntegrityError:
        raise RuleViolation(
            _("%(address)s is the address of another collaborative.") % {"address": f"/c/{facts['slug']}/"}
        ) from None
    audit.record("created", collaborative, by=by, at=at)
    return collaborative


@transaction.atomic
def edit(
    collaborative: Collaborative,
    *,
    have: str | None = None,
    by: User,
    at: datetime | None = None,
    **facts: Any,
) -> Collaborative:
    """Change name, purpose, banner, rules. The slug stays: addresses in letters go on working."""
    collaborative = Collaborative.objects.select_for_update().get(pk=collaborative.pk)
    ensure(rules.may_edit_collaborative(as_of_now(by), collaborative))
    if facts.get("slug", collaborative.slug) != collaborative.slug:
        raise RuleViolation(_("The address of a collaborative does not change."))
    edits.apply(collaborative, facts, by=by, at=at, have=have)
    jobs.enqueue("measures.refresh_charts")  # the rules for run charts may be others now
    return collaborative
