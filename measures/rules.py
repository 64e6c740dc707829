"""May-questions about measures. None asks the clock; when-questions belong to the verbs."""

from collections.abc import Collection

from measures.models import Measure
from organizations.models import OVERSEERS, Collaborative, Organization, Person, standing_of
from organizations.rules import is_office


def may_record(person: Person, organization: Organization) -> bool:
    """Log and correct numbers: data entry and lead of the organization; the office, in its own name."""
    standing = standing_of(person)
    return standing.is_in(organization.pk, "data_entry", "lead") or standing.is_appointed(
        organization.collaborative_id, "office"
    )


def may_sign_off(person: Person, organization: Organization) -> bool:
    """Say that a sheet is complete, and take it back: whoever logs on it."""
    return may_record(person, organization)


def may_annotate(person: Person, organization: Organization) -> bool:
    """Write a note on a chart: data entry and lead of the organization."""
    return standing_of(person).is_in(organization.pk, "data_entry", "lead")


def may_annotate_chart(person: Person, measure: Measure) -> bool:
    """The same, of a measure."""
    return may_annotate(person, measure.organization)


def may_make_measures(person: Person, organization: Organization) -> bool:
    """Make a measure of one's own, change what it is called, retire it: the lead."""
    return standing_of(person).is_in(organization.pk, "lead")


def may_define(person: Person, measure: Measure) -> bool:
    """Give a measure a new definition: the lead; that of a core measure, the office alone."""
    if measure.core_measure_id:
        return may_edit_core_measures(person, measure.organization.collaborative)
    return may_make_measures(person, measure.organization)


def may_mark_up(person: Person, measure: Measure) -> bool:
    """Decide the median: rebase, freeze, exclude. It is the lead's decision."""
    return standing_of(person).is_in(measure.organization_id, "lead")


def may_share(person: Person, measure: Measure) -> bool:
    """Share a measure with the other participants, or stop: the lead."""
    return standing_of(person).is_in(measure.organization_id, "lead")


def may_edit_core_measures(person: Person, collaborative: Collaborative) -> bool:
    """The office keeps the shared definitions."""
    return standing_of(person).is_appointed(collaborative.pk, "office")


def may_keep_care_processes(person: Person, collaborative: Collaborative) -> bool:
    """Say which care processes there are: the office, since each is a column of everybody's portfolio."""
    return is_office(person, collaborative.pk)


def may_keep_months(person: Person, collaborative: Collaborative) -> bool:
    """Close a month, open it again, let it close on another day: the office."""
    return standing_of(person).is_appointed(collaborative.pk, "office")


def may_read_history(person: Person, measure: Measure) -> bool:
    """Corrections and private notes: the organization itself, the office and the faculty."""
    return _is_insider(person, measure.organization_id, measure.organization.collaborative_id)


def may_read_sign_offs(person: Person, organization: Organization) -> bool:
    """Who said when that a sheet is complete: the organization itself, the office and the faculty."""
    return _is_insider(person, organization.pk, organization.collaborative_id)


def _is_insider(person: Person, organization: int, collaborative: int) -> bool:
    """Whether the person may read what is an organization's own."""
    standing = standing_of(person)
    return (
        organization in standing.organizations
        or standing.is_site_admin
        or standing.is_appointed(collaborative, "office", "faculty")
    )


def sees_measures_of(person: Person, organization: Organization, *, takes_or_took_part: bool) -> bool:
    """Whether `visible_to` hides no measure of this organization from the person."""
    standing = standing_of(person)
    is_own = organization.pk in standing.organizations or standing.is_site_admin
    return is_own or (takes_or_took_part and standing.is_appointed(organization.collaborative_id, *OVERSEERS))


def sees_every_measure(person: Person, collaboratives: Collection[int]) -> bool:
    """Whether `visible_to` hides no participant's measure of these collaboratives from the person."""
    standing = standing_of(person)
    return standing.is_site_admin or standing.appointed_as(*OVERSEERS).issuperset(collaboratives)
