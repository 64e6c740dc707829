"""Verbs of people and of the programme, in every state."""

from django.utils import timezone

from organizations.models import Invitation, User
from organizations.services.people import invitations, persons, roles, rosters
from organizations.services.people.rosters import Enrolment
from organizations.services.programme import collaboratives, organizations, phases, units
from tests.permissions.states.scene import Scene, Verb

DATES = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate().replace(year=2099)}


def accept(at: Scene, by: User) -> object:
    """As the person whom the letter was written to."""
    Invitation.objects.filter(pk=at.invitation.pk).update(email=by.email)
    return invitations.accept(at.token, by=by)


def enroll(at: Scene, by: User, email: str) -> object:
    one = Enrolment(email=email, name="Newt", role="member", place=at.own, since=timezone.now())
    return rosters.enroll([one], password="made-up", by=by)


VERBS: dict[str, Verb] = {
    "invitations.invite": lambda at, by: invitations.invite(
        at.own, email="a@example.org", role="member", by=by
    ),
    "invitations.invite:again": lambda at, by: invitations.invite(
        at.own, email="new@example.org", role="member", by=by
    ),
    "invitations.invite:office": lambda at, by: invitations.invite(
        at.cast.collaborative, email="a@example.org", role="office", by=by
    ),
    "invitations.renew": lambda at, by: invitations.renew(at.invitation, by=by),
    "invitations.withdraw": lambda at, by: invitations.withdraw(at.invitation, by=by),
    "invitations.accept": accept,
    "persons.edit": lambda at, by: persons.edit(at.cast.member, name="Maria", by=by),
    "persons.edit:last-admin": lambda at, by: persons.edit(at.cast.site_admin, is_staff=False, by=by),
    "roles.end": lambda at, by: roles.end(at.membership, by=by),
    "roles.end:last-lead": lambda at, by: roles.end(at.cast.lead.memberships.get(), by=by),
    "roles.end:appointment": lambda at, by: roles.end(at.appointment, by=by),
    "rosters.enroll": lambda at, by: enroll(at, by, "newt@example.org"),
    "rosters.enroll:held": lambda at, by: enroll(at, by, at.cast.member.email),
    "collaboratives.create": lambda at, by: collaboratives.create(slug="new", name="New", by=by),
    "collaboratives.create:taken": lambda at, by: collaboratives.create(
        slug=at.cast.collaborative.slug, name="New", by=by
    ),
    "collaboratives.edit": lambda at, by: collaboratives.edit(at.cast.collaborative, purpose="Better", by=by),
    "organizations.add": lambda at, by: organizations.add(at.cast.collaborative, name="New", by=by),
    "organizations.edit": lambda at, by: organizations.edit(at.own, region="North", by=by),
    "phases.add": lambda at, by: phases.add(at.cast.collaborative, ordinal=9, name="Spread", by=by, **DATES),
    "phases.edit": lambda at, by: phases.edit(at.cast.implementation, purpose="Try", by=by),
    "phases.edit:over": lambda at, by: phases.edit(at.closed_phase, purpose="Tried", by=by),
    "phases.admit": lambda at, by: phases.admit(at.cast.applicant, at.cast.implementation, by=by),
    "phases.admit:over": lambda at, by: phases.admit(at.own, at.closed_phase, by=by),
    "phases.admit:again": lambda at, by: phases.admit(at.own, at.cast.planning, by=by),
    "units.add": lambda at, by: units.add(at.own, name="C2", by=by),
    "units.rename": lambda at, by: units.rename(at.unit, name="C3", by=by),
    "units.remove": lambda at, by: units.remove(at.unit, by=by),
    "units.remove:used": lambda at, by: units.remove(at.used_unit, by=by),
}

TABLE = """
                                           str led ent mem oth fac off fun adm
# --- people come in while the place takes part; the office, and it alone, also afterwards and before
invitations.invite            -            403 ok  403 403 403 403 ok  403 ok
invitations.invite            past         403 no  403 403 403 403 ok  403 ok
invitations.invite            leaving      403 no  403 403 403 403 ok  403 ok
invitations.invite            applicant    403 403 403 403 403 403 ok  403 ok
invitations.invite:again      -            403 no  403 403 403 403 no  403 no
invitations.invite:again      run-out      403 no  403 403 403 403 no  403 no
invitations.invite:office     -            403 403 403 403 403 403 ok  403 ok
invitations.invite:office     over         403 403 403 403 403 403 ok  403 ok
invitations.renew             -            403 ok  403 403 403 403 ok  403 ok
invitations.renew             run-out      403 ok  403 403 403 403 ok  403 ok
invitations.renew             accepted     403 no  403 403 403 403 no  403 no
invitations.renew             withdrawn    403 no  403 403 403 403 no  403 no
invitations.renew             past         403 no  403 403 403 403 ok  403 ok
invitations.renew             applicant    403 403 403 403 403 403 ok  403 ok
# --- who comes in has the letter, and no role yet: whoever it was sent to
invitations.accept            -            ok  ok  ok  ok  ok  ok  ok  ok  ok
invitations.accept            run-out      no  no  no  no  no  no  no  no  no
invitations.accept            accepted     no  no  no  no  no  no  no  no  no
invitations.accept            withdrawn    no  no  no  no  no  no  no  no  no
invitations.accept            past         no  no  no  no  no  no  no  no  no
invitations.accept            office-past  ok  ok  ok  ok  ok  ok  ok  ok  ok
# --- shutting a door stays a past lead's right: taking a letter back, ending a role
invitations.withdraw          -            403 ok  403 403 403 403 ok  403 ok
invitations.withdraw          run-out      403 ok  403 403 403 403 ok  403 ok
invitations.withdraw          accepted     403 no  403 403 403 403 no  403 no
invitations.withdraw          withdrawn    403 no  403 403 403 403 no  403 no
invitations.withdraw          past         403 ok  403 403 403 403 ok  403 ok
invitations.withdraw          applicant    403 403 403 403 403 403 ok  403 ok
roles.end                     -            403 ok  403 403 403 403 ok  403 ok
roles.end                     ended        403 no  403 403 403 403 no  403 no
roles.end                     past         403 ok  403 403 403 403 ok  403 ok
roles.end                     applicant    403 403 403 403 403 403 ok  403 ok
roles.end:last-lead           -            403 no  403 403 403 403 no  403 no
roles.end:appointment         -            403 403 403 403 403 403 ok  403 ok
roles.end:appointment         ended        403 403 403 403 403 403 no  403 no
roles.end:appointment         over         403 403 403 403 403 403 ok  403 ok
persons.edit                  -            403 403 403 403 403 403 403 403 ok
persons.edit                  ended        403 403 403 403 403 403 403 403 ok
persons.edit:last-admin       -            403 403 403 403 403 403 403 403 no
rosters.enroll                -            403 403 403 403 403 403 403 403 ok
rosters.enroll                past         403 403 403 403 403 403 403 403 ok
rosters.enroll:held           -            403 403 403 403 403 403 403 403 no
# --- a collaborative is never past: its office works on when every phase is over
collaboratives.create         -            403 403 403 403 403 403 403 403 ok
collaboratives.create:taken   -            403 403 403 403 403 403 403 403 no
collaboratives.edit           -            403 403 403 403 403 403 ok  403 ok
collaboratives.edit           over         403 403 403 403 403 403 ok  403 ok
organizations.add             -            403 403 403 403 403 403 ok  403 ok
organizations.add             over         403 403 403 403 403 403 ok  403 ok
phases.add                    -            403 403 403 403 403 403 ok  403 ok
phases.add                    over         403 403 403 403 403 403 ok  403 ok
phases.edit                   -            403 403 403 403 403 403 ok  403 ok
phases.edit:over              -            403 403 403 403 403 403 ok  403 ok
phases.admit                  -            403 403 403 403 403 403 ok  403 ok
phases.admit:over             -            403 403 403 403 403 403 ok  403 ok
phases.admit:again            -            403 403 403 403 403 403 no  403 no
# --- an organization's own facts: an applicant's lead too; from the end on the office's alone
organizations.edit            -            403 ok  403 403 403 403 ok  403 ok
organizations.edit            past         403 no  403 403 403 403 ok  403 ok
organizations.edit            applicant    403 ok  403 403 403 403 ok  403 ok
units.add                     -            403 ok  403 403 403 403 ok  403 ok
units.add                     past         403 no  403 403 403 403 ok  403 ok
units.add                     applicant    403 403 403 403 403 403 ok  403 ok
units.rename                  -            403 ok  403 403 403 403 ok  403 ok
units.rename                  past         403 no  403 403 403 403 ok  403 ok
units.rename                  removed      403 no  403 403 403 403 no  403 no
units.remove                  -            403 ok  403 403 403 403 ok  403 ok
units.remove                  past         403 no  403 403 403 403 ok  403 ok
units.remove                  removed      403 no  403 403 403 403 no  403 no
units.remove:used             -            403 no  403 403 403 403 no  403 no
"""
