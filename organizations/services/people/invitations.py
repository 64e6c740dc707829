"""Invitations: the only way into the site. The key travels in the letter; here only its hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import emails, rules
from organizations.models import Invitation, Place, User, as_of_now, forget_standing, hash_of
from organizations.services.people import limits
from organizations.services.people.limits import DAY, Limit
from organizations.services.programme import phases
from p2 import audit
from p2.errors import RuleViolation, ensure
from p2.words.wording import written_day

LIFETIME = timedelta(days=14)
FROM_ONE_TO_ADDRESS = Limit("invitations from one to address", 3, DAY)
TO_ADDRESS = Limit("invitations to address", 10, DAY)
FROM_ONE = Limit("invitations from one", 100, DAY)


@transaction.atomic
def invite(place: Place, *, email: str, role: str, by: User, at: datetime | None = None) -> Invitation:
    """Invite a person to an organization (a membership role) or to the collaborative (an appointment)."""
    at, email = at or timezone.now(), email.strip().lower()
    place = type(place).objects.select_for_update().get(pk=place.pk)
    ensure(rules.may_invite(as_of_now(by), place, role))
    phases.ensure_not_past(place, by=by, at=at)
    _refuse_again(place, email, role, by)
    token = secrets.token_urlsafe(32)
    invitation = place.invitations.create(
        collaborative=place.home,
        email=email,
        role=role,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + LIFETIME,
    )
    _count_letter(invitation, by=by, at=at)
    audit.record("invited", invitation, by=by, at=at)
    emails.queue_invitation(invitation, token=token, at=at)
    return invitation


@transaction.atomic
def renew(invitation: Invitation, *, by: User, at: datetime | None = None) -> Invitation:
    """Send a new key that lives another 14 days; the old one opens nothing any more."""
    at = at or timezone.now()
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    ensure(rules.may_invite(as_of_now(by), invitation.place, invitation.role))
    phases.ensure_not_past(invitation.place, by=by, at=at)
    _ensure_waiting(invitation, by)
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.invited_by = hash_of(token), by
    invitation.invited_at, invitation.expires_at = at, at + LIFETIME
    invitation.save(update_fields=["token_hash", "invited_by", "invited_at", "expires_at"])
    _count_letter(invitation, by=by, at=at)
    audit.record("renewed", invitation, by=by, at=at)
    emails.queue_invitation(invitation, token=token, at=at)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, at: datetime | None = None) -> Invitation:
    """Take an open invitation back: its key opens nothing any more. A past participant's lead may still do that."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    ensure(rules.may_invite(as_of_now(by), invitation.place, invitation.role))
    _ensure_waiting(invitation, by)
    invitation.withdrawn_by, invitation.withdrawn_at = by, at or timezone.now()
    invitation.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record("withdrew", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def accept(
    token: str, *, by: User | None = None, name: str = "", password: str = "", at: datetime | None = None
) -> Invitation:
    """Take up an invitation, once: as the person signed in, or as a new one with this name and password.

    Its `accepted_by` is the person, to be signed in by the view.
    """
    at = at or timezone.now()
    invitation = Invitation.objects.select_for_update(of=("self",)).filter(token_hash=hash_of(token)).first()
    if invitation is None:
        raise RuleViolation(_("This invitation is not known. A newer letter may hold the link that counts."))
    _ensure_open(invitation)
    if at >= invitation.expires_at:
        raise RuleViolation(
            _("This invitation ran out on %(day)s. Ask %(person)s for a new one.")
            % {"day": written_day(invitation.expires_at), "person": invitation.invited_by}
        )
    phases.ensure_not_past(invitation.place, by=invitation.invited_by, at=at)
    if not rules.is_backed(invitation):
        raise RuleViolation(
            _(
                "%(person)s may not invite to %(place)s any more, so this invitation has ended. "
                "Ask for a new one there."
            )
            % {"person": invitation.invited_by, "place": invitation.place}
        )
    person = _the_same_person(invitation, by) if by else _a_new_person(invitation, name, password)
    if by is None:
        audit.record("added", person, by=person, at=at)
    invitation.accepted_by, invitation.accepted_at = person, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    _give_role(invitation, person, at)
    audit.record("accepted", invitation, by=person, at=at)
    return invitation


def _count_letter(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Nobody is sent letters without end: three a day to an address, ten from all together, a hundred by one person."""
    email = invitation.email
    if until := limits.take([FROM_ONE_TO_ADDRESS.on(by.ref, email), TO_ADDRESS.on(email)], at=at):
        hours = limits.hours(until - at)
        raise RuleViolation(
            ngettext(
                "%(email)s was sent enough letters today. The next one can go in %(count)d hour.",
                "%(email)s was sent enough letters today. The next one can go in %(count)d hours.",
                hours,
            )
            % {"email": email, "count": hours}
        )
    if until := limits.take([FROM_ONE.on(by.ref)], at=at):
        hours = limits.hours(until - at)
        raise RuleViolation(
            ngettext(
                "You have sent enough invitations today. The next one can go in %(count)d hour.",
                "You have sent enough invitations today. The next one can go in %(count)d hours.",
                hours,
            )
            % {"count": hours}
        )


def _refuse_again(place: Place, email: str, role: str, by: User) -> None:
    """One open invitation and one role of a kind are enough; the place's row is locked by the caller."""
    open_ones = place.invitations.filter(
        email=email, role=role, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if open_ones.exists():
        raise RuleViolation(
            _("%(email)s has an open invitation in this role. Renew it to send a new letter.")
            % {"email": email}
        )
    if place.roles.filter(user__email__iexact=email, role=role, ended_at__isnull=True).exists():
        if by.email.lower() == email:
            raise RuleViolation(_("You hold this role yourself already."))
        raise RuleViolation(_("%(email)s holds this role already.") % {"email": email})


def _ensure_waiting(invitation: Invitation, by: User) -> None:
    """Refuse what those who invite want to do with one that waits no more."""
    if invitation.accepted_at:
        said = {"email": invitation.email, "day": written_day(invitation.accepted_at)}
        raise RuleViolation(_("%(email)s used this invitation on %(day)s.") % said)
    if invitation.withdrawn_at:
        who = invitation.withdrawn_by
        said = {"person": str(who), "day": written_day(invitation.withdrawn_at)}
        words = (
            _("You withdrew this invitation on %(day)s. Send a new one instead.")
            if who == by
            else _("%(person)s withdrew this invitation on %(day)s. Send a new one instead.")
        )
        raise RuleViolation(words % said)


def _ensure_open(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise RuleViolation(
            _("This invitation was used on %(day)s. Sign in instead.")
            % {"day": written_day(invitation.accepted_at)}
        )
    if invitation.withdrawn_at:
        raise RuleViolation(
            _("This invitation was withdrawn. Ask %(person)s about it.") % {"person": invitation.invited_by}
        )


def _the_same_person(invitation: Invitation, by: User) -> User:
    if by.email.lower() != invitation.email:
        raise RuleViolation(
            _(
                "This invitation is for %(email)s, and you are signed in as %(own)s. "
                "Sign out and open the link again."
            )
            % {"email": invitation.email, "own": by.email}
        )
    return by


def _a_new_person(invitation: Invitation, name: str, password: str) -> User:
    zone = invitation.place.time_zone
    try:
        with transaction.atomic():  # two invitations of one address may be taken up at the same moment
            return User.objects.create_user(invitation.email, password, name=name, time_zone=zone)
    except IntegrityError:
        raise RuleViolation(
            _("%(email)s has an account here. Sign in first, then accept.") % {"email": invitation.email}
        ) from None


def _give_role(invitation: Invitation, person: User, at: datetime) -> None:
    """The role that the invitation names; one that the person holds already is left as it is."""
    role, is_new = invitation.place.roles.get_or_create(
        user=person, role=invitation.role, ended_at=None, defaults={"since": at}
    )
    if is_new:
        audit.record("enrolled", role, by=person, at=at)
    forget_standing(person)
