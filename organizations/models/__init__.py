"""Who takes part and how they got in."""

from organizations.models.collaborative import Collaborative, CollaborativeQuerySet
from organizations.models.organization import OVERSEERS, Organization, OrganizationQuerySet, Unit
from organizations.models.people import Appointment, Invitation, Membership, User, Visit, hash_of
from organizations.models.phase import Participation, Phase
from organizations.models.standing import NOBODY, Standing, forget_standing, standing_of

__all__ = [
    "NOBODY",
    "OVERSEERS",
    "Appointment",
    "Collaborative",
    "CollaborativeQuerySet",
    "Invitation",
    "Membership",
    "Organization",
    "OrganizationQuerySet",
    "Participation",
    "Phase",
    "Standing",
    "Unit",
    "User",
    "Visit",
    "forget_standing",
    "hash_of",
    "standing_of",
]
