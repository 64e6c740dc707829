"""Who sees a measure's chart, in words. They say what `Measure.objects.visible_to` does."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from measures.models import Measure
from organizations.models import Person, standing_of


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who sees the chart, and what the button does that shares it, or stops it."""

    readers: str
    verb: str


def who_sees(measure: Measure, reader: Person) -> str:
    """The readers of the chart and of what is written on it."""
    if is_applicants(measure, reader):
        if measure.is_shared:
            return _(
                "The organization and site admins, while it is an applicant. Once it is admitted to a phase, its "
                "faculty, the office, the funder and the other participants, past ones too."
            )
        return _(
            "The organization and site admins, while it is an applicant. Once it is admitted to a phase, its faculty, "
            "the office and the funder too."
        )
    if measure.is_shared:
        return _(
            "The organization, its faculty, the office, the funder, the other participants, past ones too, and site "
            "admins."
        )
    return _("The organization, its faculty, the office, the funder and site admins.")


def told_of_sharing(measure: Measure, reader: Person) -> str:
    """What its lead is told who shared the chart, or stopped it."""
    if is_applicants(measure, reader):
        said = {"organization": measure.organization}
        if measure.is_shared:
            words = _(
                "Once %(organization)s is admitted to a phase, the other participants see this chart too."
            )
        else:
            words = _(
                "Once %(organization)s is admitted to a phase, its faculty, the office and the funder see this chart, "
                "and no other participant."
            )
        return words % said
    if measure.is_shared:
        return _("From now on the other participants see this chart.")
    return _(
        "From now on only your organization, its faculty, the office, the funder and site admins see this chart."
    )


def sharing_of(measure: Measure, reader: Person) -> Sharing:
    return Sharing(who_sees(measure, reader), _verb(measure, reader))


def _verb(measure: Measure, reader: Person) -> str:
    if is_applicants(measure, reader):
        return _("Do not share it then") if measure.is_shared else _("Share it then")
    return _("Stop sharing") if measure.is_shared else _("Share the chart")


def is_applicants(measure: Measure, reader: Person) -> bool:
    """Whether its organization was never admitted to a phase: then nobody else sees it, shared or not.

    A query for a site admin alone, who sees it without a role there; else the person's roles tell.
    """
    standing = standing_of(reader)
    if standing.is_site_admin:
        return measure.organization.last_day() is None
    return measure.organization_id in standing.organizations - standing.participants
