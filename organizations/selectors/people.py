"""Who is known here: by an invitation's key, by an address."""

from __future__ import annotations

from organizations.models import Invitation, User, hash_of

DEMO_ADDRESSES = "@demo.example"


def invitation_with(token: str) -> Invitation | None:
    """The invitation that this key opens, whatever became of it."""
    known = Invitation.objects.select_related("organization", "collaborative", "invited_by")
    return known.filter(token_hash=hash_of(token)).first()


def account_of(email: str) -> User | None:
    """Who has this address here, their account closed or not."""
    return User.objects.filter(email=email).first()


def demo_person(email: str) -> User | None:
    """Somebody whom a demo site signs in without a password: under the reserved name, without the site's keys."""
    if not email.endswith(DEMO_ADDRESSES) or "\x00" in email:
        return None
    return User.objects.filter(email=email, is_active=True, is_staff=False).first()
