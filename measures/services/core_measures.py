"""The office's core measures come into being here, and organizations adopt them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from itertools import chain, repeat
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from measures import rules
from measures.models import Benchmark, CoreMeasure, Measure, MeasureQuerySet
from measures.services import care_processes, measures
from measures.services.measures import DEFINING, NAMING
from measures.services.rights import ensure_may
from organizations.models import Collaborative, Organization, Participation, User, as_of_now
from p2 import audit, jobs, pulse
from p2.errors import RuleViolation, ensure
from p2.jobs.apart import alone
from p2.words.languages import first_installed


def adopt_missing(*, at: datetime | None = None) -> int:
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
    adopted = 0
    for organization in missing:
        with alone("measures.adopt_core_measures", organization):
            adopted += len(_adopt_all(organization, at=at))
        pulse.go_on()
    return adopted


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
    ensure_may(rules.may_make_measures, organization, by=by, at=at)
    logged = Measure.objects.filter(organization=organization, stratum_label="").kept()
    if logged.filter(core_measure=core).exists():
        raise RuleViolation(
            _("%(organization)s logs %(core)s already.") % {"organization": organization, "core": core}
        )
    return measures.create(
        organization,
        naming={field: getattr(core, field) for field in NAMING} | {"name": _free_name(core, logged)},
        definition={field: getattr(core, field) for field in DEFINING},
        core_measure=core,
        by=by,
        at=at,
    )


def _free_name(core: CoreMeasure, logged: MeasureQuerySet) -> str:
    """The core measure's name; where the organization logs another measure of that name, with a remark.

    A name is kept: its remark is in the collaborative's language, whoever asks for the measure.
    """
    taken = set(logged.values_list("name", flat=True))
    if core.name not in taken:
        return core.name
    longest = CoreMeasure._meta.get_field("name").max_length or 0
    with translation.override(first_installed(core.collaborative.language)):
        remarks = chain([_("%(name)s (core)")], repeat(_("%(name)s (core %(number)s)")))
    names = (_fitting(words, core.name, number, longest) for number, words in enumerate(remarks, start=1))
    return next(name for name in names if name not in taken)


def _fitting(words: str, name: str, number: int, longest: int) -> str:
    """A name with its remark, cut to the length that is kept."""
    room = longest - len(words % {"name": "", "number": number})
    return words % {"name": name[:room], "number": number}


@transaction.atomic
def create(
    *, collaborative: Any, naming: Mapping[str, Any], definition: Mapping[str, Any], by: User | None
) -> CoreMeasure:
    """A new core measure; participants adopt a mandatory one by the next job."""
    collaborative = Collaborative.objects.select_for_update().get(pk=collaborative.pk)
    ensure(by is None or rules.may_edit_core_measures(as_of_now(by), collaborative))
    if CoreMeasure.objects.filter(collaborative=collaborative, name=naming["name"]).exists():
        raise RuleViolation(
            _("There is a core measure “%(name)s” already. Give this one another name.")
            % {"name": naming["name"]}
        )
    care_processes.ensure_listed(collaborative.pk, naming.get("care_process", ""))
    core = CoreMeasure.objects.create(collaborative=collaborative, **naming, **definition)
    audit.record("created", core, by=by)
    jobs.enqueue("measures.adopt_core_measures")
    return core


@transaction.atomic
def add_benchmark(
    core: CoreMeasure, *, label: str, value: Decimal, source: str, by: User | None
) -> Benchmark:
    """What others reach on a core measure; the source says where that is known from."""
    core = CoreMeasure.objects.select_for_update(of=("self",)).select_related("collaborative").get(pk=core.pk)
    ensure(by is None or rules.may_edit_core_measures(as_of_now(by), core.collaborative))
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
