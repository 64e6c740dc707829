"""Who takes part and how they got in."""

from organizations.models.attempts import AttemptCount, PasswordRequest
from organizations.models.collaborative import Collaborative, CollaborativeQuerySet
from organizations.models.invitation import Invitation, hash_of
from organizations.models.organization import OVERSEERS, Organization, OrganizationQuerySet, Unit, label_of
from organizations.models.people import (
    ROLES,
    Presence,
    User,
    as_of_now,
    forget_standing,
    know_standings,
    standing_from,
)
from organizations.models.phase import Participation, Phase, last_day_of
from organizations.models.roles import Appointment, HeldRole, Membership, Place
from organizations.models.standing import NOBODY, Person, Standing, standing_of

__all__ = [
    "NOBODY",
    "OVERSEERS",
    "ROLES",
    "Appointment",
    "AttemptCount",
    "Collaborative",
    "CollaborativeQuerySet",
    "HeldRole",
    "Invitation",
    "Membership",
    "Organization",
    "OrganizationQuerySet",
    "Participation",
    "PasswordRequest",
    "Person",
    "Phase",
    "Place",
    "Presence",
    "Standing",
    "Unit",
    "User",
    "as_of_now",
    "forget_standing",
    "hash_of",
    "know_standings",
    "label_of",
    "last_day_of",
    "standing_from",
    "standing_of",
]
