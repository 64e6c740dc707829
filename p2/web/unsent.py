"""A form that was sent and not taken, because its sender was signed out: the next page carries what was typed.

Nothing is stored, on the site or in the browser: the page holds it, and is gone with it (docs/why/019-unsent-forms.md).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from p2.web.http import wants_fragment

CARRIER = "unsent"
"""The field of the sign-in page that carries the form."""

LONGEST = 2_000_000
"""Bytes of a carried form as it is sent: below what a request may hold (DATA_UPLOAD_MAX_MEMORY_SIZE)."""

NOT_CARRIED = ("csrfmiddlewaretoken", "password", CARRIER)
"""What a field's name may not hold: a password is typed anew."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """What was typed into a form, where the form goes, and the page that it stands on."""

    address: str
    back: str
    fields: tuple[tuple[str, str], ...]

    @property
    def packed(self) -> str:
        return json.dumps([self.address, self.back, self.fields], ensure_ascii=False)


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in is sent to the sign-in page; a form that is sent comes along."""

    def handle_no_permission(  # type: ignore[override]  # the sign-in page itself, not the way to it
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.method != "POST" or wants_fragment(request):
            return super().handle_no_permission(request, view_func)
        if form := typed(request):
            return _sign_in_with(request, form)
        messages.warning(
            request, _("You were signed out, so the last step was not taken. Sign in and repeat it.")
        )
        return redirect_to_login(_page_before(request))


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a form whose token is not this session's (`CSRF_FAILURE_VIEW`).

    A form of our own pages is shown again: where a form comes from, the browser says, and no page can make it lie.
    """
    form = carried(request) or typed(request)
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if form is None or not is_ours or not request.COOKIES or wants_fragment(request):
        return csrf_failure(request, reason)
    if request.user.is_authenticated:
        return once_more(request, form, status=403)
    return _sign_in_with(request, form)


def once_more(request: HttpRequest, form: Unsent, *, status: int = 200) -> HttpResponse:
    """The page from which the form is sent by one press, by whoever is signed in now."""
    return render(request, "account/unsent.html", {"unsent": form}, status=status)


def typed(request: HttpRequest) -> Unsent | None:
    """The form of this request; none where nothing was typed, and none with a file: no page can hold that."""
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name for word in NOT_CARRIED)
    )
    is_sign_in = request.path == resolve_url(settings.LOGIN_URL)
    if is_sign_in or request.FILES or not any(value.strip() for name, value in fields):
        return None
    form = Unsent(request.get_full_path(), _page_before(request), fields)
    return form if len(quote_plus(form.packed)) <= LONGEST else None


def carried(request: HttpRequest) -> Unsent | None:
    """The form that the sign-in page carried here; none where it is not one of ours."""
    try:
        address, back, fields = json.loads(request.POST.get(CARRIER, ""))
        form = Unsent(str(address), str(back), tuple((str(name), str(value)) for name, value in fields))
    except (ValueError, TypeError, RecursionError):
        return None
    return form if _is_here(form.address) and _is_here(form.back) else None


def _sign_in_with(request: HttpRequest, form: Unsent) -> HttpResponse:
    """403 as the sign-in page, which keeps the form until somebody is signed in."""
    sign_in = import_string(settings.ACCOUNT_FORMS["login"])
    context = {"form": sign_in(request=request), "unsent": form}
    return render(request, "account/login.html", context, status=403)


def _page_before(request: HttpRequest) -> str:
    """The page that a form was sent from, which can be read again; an address that only takes forms cannot."""
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    if not is_ours:
        return resolve_url("today")
    parts = urlsplit(back)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _is_here(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
