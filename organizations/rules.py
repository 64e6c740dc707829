"""Who may do what (docs/build/roles.md): predicates over a person and a row. They ask nothing of the clock.

An organization without a Participation is an applicant: here its lead edits the facts, and no more. Its own measures
are the lead's too (measures.rules): charts are what an application shows.
"""

from organizations.models import (
    OVERSEERS,
    Collaborative,
    Invitation,
    Membership,
    Organization,
    Person,
    Place,
    standing_of,
)


def may_open_collaboratives(user: Person) -> bool:
    """List and start collaboratives: the site's admins."""
    return standing_of(user).is_site_admin


def may_keep_accounts(user: Person) -> bool:
    """Close and open people's accounts, make them site admins: the site's admins."""
    return standing_of(user).is_site_admin


def may_edit_collaborative(user: Person, collaborative: Collaborative) -> bool:
    return is_office(user, collaborative.pk)


def may_edit_phases(user: Person, collaborative: Collaborative) -> bool:
    """Plan phases, and admit organizations to them."""
    return is_office(user, collaborative.pk)


def may_add_organization(user: Person, collaborative: Collaborative) -> bool:
    return is_office(user, collaborative.pk)


def may_see_roster(user: Person, collaborative: Collaborative) -> bool:
    """Who takes part in it: participants and overseers. An applicant sees itself alone, the committee nobody: it judges
    by what applications say."""
    return collaborative.pk in standing_of(user).sharing or oversees(user, collaborative.pk)


def may_see_committee(user: Person, collaborative: Collaborative) -> bool:
    """Who judges applications: who is appointed there, and nobody who may apply."""
    standing = standing_of(user)
    return standing.is_site_admin or collaborative.pk in standing.appointments


def may_edit_organization(user: Person, organization: Organization) -> bool:
    """Its facts: name, kind, size, place. The one right in this app that an applicant's lead has."""
    return standing_of(user).is_in(organization.pk, Membership.Role.LEAD) or is_office(
        user, organization.collaborative_id
    )


def may_edit_units(user: Person, organization: Organization) -> bool:
    return leads_participant(user, organization) or is_office(user, organization.collaborative_id)


def may_manage_people(user: Person, place: Place) -> bool:
    """See its people with their addresses, invite, withdraw and end: the office, and a participant's own lead."""
    return place.is_led_by(standing_of(user)) or is_office(user, place.home.pk)


def may_invite(user: Person, place: Place, role: str) -> bool:
    """Into an organization with a membership role, or into the collaborative with an appointment."""
    return role in place.roles.model.Role.values and may_manage_people(user, place)


def is_backed(invitation: Invitation) -> bool:
    """Whether who sent it might still send it: an invitation ends with its sender's right."""
    return may_invite(invitation.invited_by, invitation.place, invitation.role)


def holds(user: Person, invitation: Invitation) -> bool:
    """Whether the role that it gives is this person's now."""
    standing = standing_of(user)
    if invitation.organization_id:
        return standing.is_in(invitation.organization_id, invitation.role)
    return standing.is_appointed(invitation.collaborative_id, invitation.role)


def may_read_portfolio(user: Person, collaborative: Collaborative) -> bool:
    return oversees(user, collaborative.pk)


def leads_participant(user: Person, organization: Organization) -> bool:
    """Lead of an organization that takes or took part."""
    return organization.is_led_by(standing_of(user))


def is_office(user: Person, collaborative_id: int) -> bool:
    """The office of a collaborative; a site admin may what an office may."""
    standing = standing_of(user)
    return standing.is_site_admin or standing.is_appointed(collaborative_id, "office")


def oversees(user: Person, collaborative_id: int) -> bool:
    """Office, faculty or funder of a collaborative, or a site admin."""
    standing = standing_of(user)
    return standing.is_site_admin or standing.is_appointed(collaborative_id, *OVERSEERS)
