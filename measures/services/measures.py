"""Measures come into being, change their definition, are shared and retired here."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, repeat
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import periods, rules
from measures.models import (
    Benchmark,
    CoreMeasure,
    Definition,
    DefinitionWords,
    Measure,
    MeasureQuerySet,
    today_in,
)
from measures.services.observations import bump
from measures.services.rights import ensure_may
from organizations.models import Organization, Participation, User
from p2 import audit, edits, jobs
from p2.errors import RuleViolation, ensure

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
    by: User | None,
    at: datetime | None = None,
) -> Measure:
    """A new measure with version 1 of its definition. `naming` and `definition` hold the fields of their models."""
    at = at or timezone.now()
    ensure_may(rules.may_make_measures, organization, by=by, at=at)
    Organization.objects.select_for_update().get(pk=organization.pk)
    label = naming.get("stratum_label", "")
    kept = Measure.objects.filter(organization=organization).kept()
    if kept.filter(name=naming["name"], stratum_label=label).exists():
        raise RuleViolation(
            _("%(organization)s already has a measure “%(name)s”. Give this one another name.")
            % {"organization": organization, "name": naming["name"]}
        )
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
    return measure


@transaction.atomic
def rename(measure: Measure, *, naming: Mapping[str, Any], by: User, at: datetime | None = None) -> Measure:
    """Change what a measure is called and where it belongs; its definition stays."""
    ensure_may(rules.may_make_measures, measure.organization, by=by, at=at)
    measure = _locked(measure)
    if measure.core_measure_id and "name" in naming and naming["name"] != measure.name:
        raise RuleViolation(
            _(
                "The program office keeps the name of a core measure, so that it is found in every organization."
            )
        )
    taken = Measure.objects.filter(
        organization=measure.organization, stratum_label=measure.stratum_label
    ).kept()
    if taken.filter(name=naming.get("name", measure.name)).exclude(pk=measure.pk).exists():
        raise RuleViolation(
            _("Another measure is called “%(name)s”. Choose another name.") % {"name": naming["name"]}
        )
    edits.apply(measure, naming, verb="renamed", by=by, at=at)
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
    by: User | None,
    at: datetime | None = None,
) -> Definition:
    """A new version of what a measure is, from a period on. The old one stays readable; the chart says so."""
    ensure_may(rules.may_define, measure, by=by, at=at)
    measure, at = _locked(measure), at or timezone.now()
    old = measure.words
    new = {field: definition.get(field, getattr(old, field)) for field in DEFINING}
    changes = audit.differences(old, new)
    if not changes:
        raise RuleViolation(_("Nothing changed, so there is no new version."))
    if not why.strip():
        raise RuleViolation(_("Say why the definition changes: readers of the chart will ask."))
    is_reshaped = old.is_ratio != (new["shape"] in {"proportion", "rate"}) or any(
        getattr(old, field) != new[field] for field in ("frequency", "multiplier")
    )
    if is_reshaped and measure.observations.exists():
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


@transaction.atomic
def share(measure: Measure, *, is_shared: bool, by: User, at: datetime | None = None) -> Measure:
    """Let the other participants see the chart and those of its strata, or stop it."""
    ensure_may(rules.may_share, measure, by=by, at=at)
    measure = _locked(measure)
    if is_shared and measure.stratum_of and not measure.stratum_of.is_shared:
        raise RuleViolation(
            _("%(stratum_of)s is not shared: share it first, its strata with it.")
            % {"stratum_of": measure.stratum_of}
        )
    if measure.is_shared != is_shared:
        measure.is_shared = is_shared
        measure.save(update_fields=["is_shared", "updated_at"])
        audit.record("shared" if is_shared else "unshared", measure, by=by, at=at)
    for stratum in measure.strata.all():
        share(stratum, is_shared=is_shared, by=by, at=at)
    return measure


@transaction.atomic
def retire(measure: Measure, *, by: User, at: datetime | None = None) -> Measure:
    """Stop logging a measure. Its numbers and chart stay."""
    ensure_may(rules.may_make_measures, measure.organization, by=by, at=at)
    measure, at = _locked(measure), at or timezone.now()
    if measure.core_measure and measure.core_measure.is_mandatory:
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
    ensure_may(rules.may_make_measures, measure.organization, by=by, at=at)
    measure = _locked(measure)
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


def adopt_core_measures(*, at: datetime | None = None) -> int:
    """Give every present participant the mandatory core measures that it lacks. May run twice. Returns the count."""
    today = (at or timezone.now()).date()
    missing = Organization.objects.filter(
        Exists(Participation.objects.filter(organization=OuterRef("pk"), phase__ends_on__gte=today)),
        Exists(
            CoreMeasure.objects.filter(collaborative=OuterRef("collaborative"), is_mandatory=True).exclude(
                Exists(
                    Measure.objects.filter(organization=OuterRef(OuterRef("pk")), core_measure=OuterRef("pk"))
                )
            )
        ),
    ).select_related("collaborative")
    return sum(len(_adopt_all(organization, at=at)) for organization in missing)


@transaction.atomic
def _adopt_all(organization: Organization, *, at: datetime | None) -> list[Measure]:
    Organization.objects.select_for_update().get(pk=organization.pk)
    wanted = CoreMeasure.objects.filter(collaborative=organization.collaborative, is_mandatory=True).exclude(
        measures__organization=organization
    )
    return [adopt(organization, core, by=None, at=at) for core in wanted]


@transaction.atomic
def adopt(
    organization: Organization, core: CoreMeasure, *, by: User | None, at: datetime | None = None
) -> Measure:
    """The organization logs a core measure, with the office's definition as its version 1."""
    Organization.objects.select_for_update().get(pk=organization.pk)
    logged = Measure.objects.filter(organization=organization, stratum_label="").kept()
    if logged.filter(core_measure=core).exists():
        raise RuleViolation(
            _("%(organization)s logs %(core)s already.") % {"organization": organization, "core": core}
        )
    return create(
        organization,
        naming={field: getattr(core, field) for field in NAMING} | {"name": _free_name(core, logged)},
        definition={field: getattr(core, field) for field in DEFINING},
        core_measure=core,
        by=by,
        at=at,
    )


def _free_name(core: CoreMeasure, logged: MeasureQuerySet) -> str:
    """The core measure's name; where the organization logs another measure of that name, with a remark."""
    taken = set(logged.values_list("name", flat=True))
    longest = CoreMeasure._meta.get_field("name").max_length or 0
    remarks = chain(["%(name)s", _("%(name)s (core)")], repeat(_("%(name)s (core %(number)s)")))
    names = (_fitting(words, core.name, number, longest) for number, words in enumerate(remarks))
    return next(name for name in names if name not in taken)


def _fitting(words: str, name: str, number: int, longest: int) -> str:
    """A name with its remark, cut to the length that is kept."""
    room = longest - len(words % {"name": "", "number": number})
    return words % {"name": name[:room], "number": number}


@transaction.atomic
def create_core(
    *, collaborative: Any, naming: Mapping[str, Any], definition: Mapping[str, Any], by: User | None
) -> CoreMeasure:
    """A new core measure; participants adopt a mandatory one by the next job."""
    ensure(by is None or rules.may_edit_core_measures(by, collaborative))
    if CoreMeasure.objects.filter(collaborative=collaborative, name=naming["name"]).exists():
        raise RuleViolation(
            _("There is a core measure “%(name)s” already. Give this one another name.")
            % {"name": naming["name"]}
        )
    core = CoreMeasure.objects.create(collaborative=collaborative, **naming, **definition)
    audit.record("created", core, by=by)
    jobs.enqueue("measures.adopt_core_measures")
    return core


@transaction.atomic
def add_benchmark(
    core: CoreMeasure, *, label: str, value: Decimal, source: str, by: User | None
) -> Benchmark:
    """What others reach on a core measure; the source says where that is known from."""
    ensure(by is None or rules.may_edit_core_measures(by, core.collaborative))
    if not source.strip():
        raise RuleViolation(_("Say where the benchmark comes from: readers of the chart will ask."))
    if core.benchmarks.filter(label=label).exists():
        raise RuleViolation(
            _("%(core)s has a benchmark “%(label)s” already. Give this one another name.")
            % {"core": core, "label": label}
        )
    benchmark = Benchmark.objects.create(core_measure=core, label=label, value=value, source=source.strip())
    audit.record("added", benchmark, by=by)
    return benchmark


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


def _locked(measure: Measure) -> Measure:
    return (
        Measure.objects.select_for_update(of=("self",))
        .select_related("organization__collaborative", "core_measure")
        .prefetch_related("definition")  # joined, one made while the lock was waited for would be missed
        .get(pk=measure.pk)
    )
