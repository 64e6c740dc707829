"""A browser in which a person signed in before: a signed cookie for each, which names nobody and opens nothing.

It only spares its holder from waiting for the wrong tries of others (docs/why/005-accounts.md).
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

LASTS = timedelta(days=365)
SENT_TO = "/accounts/"
"""The only addresses that the cookies of a shared computer's people are sent to."""


def number_of(request: HttpRequest, email: str) -> str:
    """The number this browser was given when this person signed in here; empty in an unknown browser."""
    try:
        return _signer(email).unsign(request.COOKIES.get(_name(email), ""), max_age=LASTS)
    except BadSignature:
        return ""


def remember(response: HttpResponseBase, email: str) -> None:
    """Know this browser from now on; each sign-in gives it a new number."""
    response.set_cookie(
        _name(email),
        _signer(email).sign(secrets.token_urlsafe(12)),
        max_age=LASTS,
        path=SENT_TO,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name(email: str) -> str:
    return f"known_{salted_hmac('p2.known_browsers', email.lower()).hexdigest()[:16]}"


def _signer(email: str) -> TimestampSigner:
    return TimestampSigner(salt=f"p2.known_browsers:{email.lower()}")
