"""Who typed last in this browser: a signed cookie by which a form is known to be of one person's own pages.

It opens nothing: it only says whose a form is that is sent after a session ended (docs/why/019-unsent-forms.md).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware import csrf
from django.utils.crypto import salted_hmac

COOKIE = "typist"
SALT = "p2.web.unsent.typist"
LASTS = timedelta(days=28)
"""Longer than a session, whose forms are to be known after it."""

MOST_SECRETS = 5
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a field's name
WHOLE_TOKEN = re.compile(r"[A-Za-z0-9]{64}")
SIGN_OUTS = {"account_logout", "admin:logout"}


@dataclass(frozen=True, slots=True)
class Typist:
    """The person who was signed in here last, hashes of the secrets of their pages, and whether they signed out."""

    person: int
    secrets: tuple[str, ...]
    has_left: bool = False

    def opened(self, token: str) -> bool:
        """Whether the form with this token stood on a page that was shown to this person here."""
        return bool(WHOLE_TOKEN.fullmatch(token)) and _hash(_secret_of(token)) in self.secrets

    def seen_with(self, secret: str) -> "Typist":
        """This person signed in, with the secret that their pages have now."""
        known = (_hash(secret),) if secret else ()
        older = tuple(one for one in self.secrets if one not in known)
        return replace(self, secrets=(*known, *older)[:MOST_SECRETS], has_left=False)

    def left(self) -> "Typist":
        """This person signed out: no page is theirs any more, also none that somebody opens at this computer now."""
        return replace(self, secrets=(), has_left=True)


def typist_of(request: HttpRequest) -> Typist | None:
    """Who typed last in the browser of this request, as its cookie says."""
    try:
        person, secrets, has_left = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return Typist(person, tuple(secrets), has_left)


class TypistMiddleware:
    """Writes the cookie: at each sign-in, whatever its road, and at a sign-out by the person's own press."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user.pk
        response = self.get_response(request)
        was = typist_of(request)
        now = _now(request, was)
        if request.user.pk is None and (person is not None or _has_signed_out(request, response)):
            now = now and now.left()
        if now and now != was:
            _write(response, now)
        return response


def _now(request: HttpRequest, was: Typist | None) -> Typist | None:
    person = request.user.pk
    if person is None:
        return was
    mine = was if was and was.person == person else Typist(person, ())
    return mine.seen_with(request.META.get("CSRF_COOKIE", ""))


def is_sign_out(request: HttpRequest) -> bool:
    """Whether somebody says that they go."""
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.view_name in SIGN_OUTS


def _has_signed_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Also by somebody whose session had ended before."""
    return is_sign_out(request) and response.status_code < 400


def _write(response: HttpResponse, typist: Typist) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps((typist.person, typist.secrets, typist.has_left), salt=SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _secret_of(token: str) -> str:
    """By Django's own function, which is private: it has no public way back from a token to its secret."""
    secret: str = csrf._unmask_cipher_token(token)  # type: ignore[attr-defined]
    return secret


def _hash(secret: str) -> str:
    return salted_hmac(SALT, secret).hexdigest()[:20]
