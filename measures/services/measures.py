"""Measures come into being, change their definition, are shared and retired here."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import periods, rules
from measures.models import (
    RATIOS,
    CoreMeasure,
    Definition,
    DefinitionWords,
    Measure,
    MeasureQuerySet,
    Shape,
    today_in,
)
from measures.selectors.months import first_counted
from measures.sentences.periods import label as period_label
from measures.services import care_processes
from measures.services.entry.observations import bump
from measures.services.rights import ensure_kept, ensure_may
from organizations.models import Organization, User
from p2 import audit, edits
from p2.errors import RuleViolation
from p2.spanning.composition import call

DEFINING = tuple(field.name for field in DefinitionWords._meta.get_fields())
NAMING = ("name", "area", "aim", "care_process")


@transaction.atomic
def create(
    organization: Organization,
    *,
    naming: Mapping[str, Any],
    definition: Mapping[str, Any],
    core_measure: CoreMeasure | None = None,
    effective_from: date | None = None,
    part: str = "",
    by: User | None,
    at: datetime | None = None,
) -> Measure:
    """A new measure with version 1 of its definition. `naming` and `definition` hold the fields of their models.

    `part` is the key of its part in something above measures, one of `PARTS_OFFERED` (docs/build/composition.md).
    """
    at = at or timezone.now()
    Organization.objects.select_for_update().get(pk=organization.pk)
    ensure_may(rules.may_make_measures, organization, by=by, at=at)
    care_processes.ensure_listed(
        organization.collaborative_id,
        naming.get("care_process", ""),
        kept=core_measure.care_process if core_measure else "",
    )
    kept = Measure.objects.filter(organization=organization).kept()
    _refuse_taken(organization, kept, naming)
    last = kept.aggregate(last=Max("position"))["last"] or 0
    measure = Measure.objects.create(
        organization=organization, core_measure=core_measure, **{"position": last + 1, **naming}
    )
    frequency = definition.get("frequency", "month")
    _add_version(
        measure,
        definition,
        number=1,
        effective_from=effective_from or periods.start_of(today_in(organization.time_zone, at), frequency),
        why="",
        by=by,
        at=at,
    )
    audit.record("created", measure, by=by, at=at)
    if part:
        call("TAKE_PART", measure, part, by=by, at=at)
    return measure


def _refuse_taken(organization: Organization, kept: MeasureQuerySet, naming: Mapping[str, Any]) -> None:
    """Two measures that are logged have two names, or are two strata, of one that is logged itself."""
    if whole := naming.get("stratum_of"):
        ensure_kept(_locked(whole))
    name, label = naming["name"], naming.get("stratum_label", "")
    if kept.filter(name=name, stratum_label=label).exists():
        raise RuleViolation(
            _("%(organization)s already has a measure “%(name)s”. Give this one another name.")
            % {"organization": organization, "name": name}
        )


@transaction.atomic
def rename(
    measure: Measure,
    *,
    naming: Mapping[str, Any],
    have: str | None = None,
    by: User,
    at: datetime | None = None,
) -> Measure:
    """Change what a measure is called and where it belongs; its definition stays."""
    _lock_names(measure.organization_id)
    measure = _locked(measure)
    ensure_may(rules.may_make_measures, measure.organization, by=by, at=at)
    listed = naming.get("care_process", measure.care_process)
    care_processes.ensure_listed(measure.organization.collaborative_id, listed, kept=measure.care_process)
    if measure.core_measure_id and "name" in naming and naming["name"] != measure.name:
        raise RuleViolation(
            _(
                "The program office keeps the name of a core measure, so that it is found in every organization."
            )
        )
    taken = Measure.objects.filter(
        organization=measure.organization, stratum_label=measure.stratum_label
    ).kept()
    name = naming.get("name", measure.name)
    if name != measure.name and taken.filter(name=name).exclude(pk=measure.pk).exists():
        raise RuleViolation(_("Another measure is called “%(name)s”. Choose another name.") % {"name": name})
    edits.apply(measure, naming, verb="renamed", by=by, at=at, have=have)
    for stratum in measure.strata.select_for_update():
        edits.apply(stratum, {"name": measure.name}, verb="renamed", by=by, at=at)
    return measure


@transaction.atomic
def define(
    measure: Measure,
    *,
    definition: Mapping[str, Any],
    effective_from: date,
    why: str,
    have: str | None = None,
    by: User | None,
    at: datetime | None = None,
) -> Definition:
    """A new version of what a measure is, from a period on. The old one stays readable; the chart says so."""
    measure, at = _locked(measure), at or timezone.now()
    ensure_may(rules.may_define, measure, by=by, at=at)
    ensure_kept(measure)
    old = measure.words
    new = {field: definition.get(field, getattr(old, field)) for field in DEFINING}
    changes = edits.changes_of(old, new, have, by=by, told_of=measure)
    if not changes:
        raise RuleViolation(_("Nothing changed, so there is no new version."))
    _ensure_follows(measure, effective_from)
    if not why.strip():
        raise RuleViolation(_("Say why the definition changes: readers of the chart will ask."))
    if _is_reshaped(old, new) and measure.observations.exists():
        raise RuleViolation(
            _(
                "Numbers are logged in the present shape, frequency and multiplier: another "
                "one would change every month "
                "of the chart. Retire this measure and make a new one."
            )
        )
    version = _add_version(
        measure, new, number=old.number + 1, effective_from=effective_from, why=why.strip(), by=by, at=at
    )
    bump([measure])
    audit.record("defined", measure, by=by, at=at, changes=changes)
    return version


def _ensure_follows(measure: Measure, effective_from: date) -> None:
    """A version counts from where the one before it does, or later."""
    if effective_from < (first := first_counted(measure)):
        words = measure.words
        said = {"number": words.number, "period": period_label(first, words.frequency, long=True)}
        raise RuleViolation(
            _("Version %(number)s counts from %(period)s: one that follows it begins then, or later.") % said
        )


def _is_reshaped(old: Definition, new: Mapping[str, Any]) -> bool:
    """Whether numbers of the old definition would mean something else in the new one."""
    shape = Shape(new["shape"])
    kept = all(getattr(old, field) == new[field] for field in ("frequency", "multiplier"))
    is_dated = shape == Shape.TIME_BETWEEN
    return not kept or old.is_ratio != (shape in RATIOS) or old.is_dated != is_dated


@transaction.atomic
def share(measure: Measure, *, is_shared: bool, by: User, at: datetime | None = None) -> Measure:
    """Let the other participants see the chart and those of its strata, or stop it."""
    measure = _locked(measure)
    ensure_may(rules.may_share, measure, by=by, at=at)
    ensure_kept(measure)
    if is_shared and measure.stratum_of and not measure.stratum_of.is_shared:
        raise RuleViolation(
            _("%(stratum_of)s is not shared: share it first, its strata with it.")
            % {"stratum_of": measure.stratum_of}
        )
    for one in (measure, *measure.strata.select_for_update().order_by("pk")):
        edits.apply(one, {"is_shared": is_shared}, verb="shared" if is_shared else "unshared", by=by, at=at)
    return measure


@transaction.atomic
def retire(measure: Measure, *, by: User, at: datetime | None = None) -> Measure:
    """Stop logging a measure. Its numbers and chart stay."""
    measure, at = _locked(measure), at or timezone.now()
    ensure_may(rules.may_make_measures, measure.organization, by=by, at=at)
    if measure.is_mandatory:
        raise RuleViolation(
            _(
                "%(measure)s is a mandatory core measure: every participant logs it. Where there "
                "is nothing to count, give the reason “no cases”."
            )
            % {"measure": measure}
        )
    if measure.retired_at:
        raise RuleViolation(_("%(measure)s is already retired.") % {"measure": measure})
    measure.retired_at = at
    measure.save(update_fields=["retired_at", "updated_at"])
    audit.record("retired", measure, by=by, at=at)
    return measure


@transaction.atomic
def resume(measure: Measure, *, by: User, at: datetime | None = None) -> Measure:
    """Log a retired measure again. The months since then are asked for like any others."""
    _lock_names(measure.organization_id)
    measure = _locked(measure)
    ensure_may(rules.may_make_measures, measure.organization, by=by, at=at)
    if not measure.retired_at:
        raise RuleViolation(_("%(measure)s is logged already.") % {"measure": measure})
    kept = Measure.objects.filter(
        organization=measure.organization, stratum_label=measure.stratum_label
    ).kept()
    if kept.filter(name=measure.name).exists():
        raise RuleViolation(
            _("Another measure is called “%(name)s” now. Rename one of them, then take this one up again.")
            % {"name": measure.name}
        )
    if measure.core_measure_id and kept.filter(core_measure=measure.core_measure_id).exists():
        raise RuleViolation(_("Another measure is logged for this core measure. Retire that one first."))
    measure.retired_at = None
    measure.save(update_fields=["retired_at", "updated_at"])
    audit.record("resumed", measure, by=by, at=at)
    return measure


def _add_version(
    measure: Measure,
    words: Mapping[str, Any],
    *,
    number: int,
    effective_from: date,
    why: str,
    by: User | None,
    at: datetime,
) -> Definition:
    version = Definition.objects.create(
        measure=measure,
        number=number,
        effective_from=effective_from,
        why=why,
        recorded_by=by,
        recorded_at=at,
        **words,
    )
    measure.definition = version
    measure.save(update_fields=["definition", "updated_at"])
    return version


def _lock_names(organization_id: int) -> None:
    """One names its measures at a time. Rows that point at the organization may come meanwhile, a sign-off's too."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization_id)


def _locked(measure: Measure) -> Measure:
    return (
        Measure.objects.select_for_update(of=("self",))
        .select_related("organization__collaborative", "core_measure")
        .prefetch_related("definition")  # joined, one made while the lock was waited for would be missed
        .get(pk=measure.pk)
    )
