"""What every request passes: what can be read at all, compression, the reader's clock, a broken rule's sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from p2.errors import RuleViolation
from p2.web.http import wants_fragment
from p2.words.languages import accepted, first_installed, installed, of_browser
from p2.words.zones import zone_of

Answer = Callable[[HttpRequest], HttpResponse]

API = "/api/"


class ReaderTimeZoneMiddleware:
    """Instants are UTC; a signed-in reader sees them in their own zone."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "time_zone", "UTC")
        with timezone.override(zone_of(zone)):
            return self.get_response(request)


class ReaderLanguageMiddleware:
    """A person reads in the own language, else in the browser's, else in that of the own collaborative.

    A program asks the API in the language that it names, whoever it signs in as.

    Whoever is not signed in reads in the browser's, so that an answer kept by a proxy depends on it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(_language_for(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        patch_vary_headers(response, ("Accept-Language",))
        return response


def _language_for(request: HttpRequest) -> str:
    own, asked = getattr(request.user, "language", ""), accepted(request.headers.get("Accept-Language", ""))
    if installed(own) and not (asked and request.path.startswith(API)):
        asked = own
    if asked or not request.user.is_authenticated:
        return first_installed(asked)
    return first_installed(request.user.language_of_home())


class ReadableMiddleware:
    """Refuses what nothing behind it could read: a NUL character, and text in another encoding than UTF-8.

    PostgreSQL keeps no NUL character, so an address that holds one names nothing: 404.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return _refusal(request, _("There is no such page."), 404)
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in {"utf-8", "utf8"}:
            return _refusal(request, _("Send text as UTF-8."), 400)
        for name, value in request.COOKIES.items():
            if "\x00" in value:
                request.COOKIES[name] = ""
        return self.get_response(request)


def _refusal(request: HttpRequest, sentence: Any, status: int) -> HttpResponse:
    """A sentence in the browser's language: who asks is not known yet."""
    with translation.override(of_browser(request.headers.get("Accept-Language", ""))):
        return HttpResponse(str(sentence), status=status, content_type="text/plain; charset=utf-8")


class NotKeptMiddleware:
    """No browser and no proxy keeps what the site itself answers: after sign-out, Back shows nothing.

    Static files are answered before this, and stay cacheable. See docs/why/005-accounts.md.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_cache_control(response, no_store=True)
        return response


class CompressMiddleware(GZipMiddleware):
    """Answers leave compressed, except those that their view marks `no-transform` (docs/why/008-compression.md)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if "no-transform" in response.headers.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


class BrokenRuleMiddleware:
    """A RuleViolation that reaches here becomes a message, on the page that it names or came from; to a script 409."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RuleViolation):
            return None
        if wants_fragment(request):
            return HttpResponse(str(exception), status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, str(exception))
        back = exception.page or request.headers.get("Referer", "")
        is_itself = (
            request.method != "POST" and back == request.build_absolute_uri()
        )  # would be refused again
        is_ours = url_has_allowed_host_and_scheme(
            back, {request.get_host()}, require_https=request.is_secure()
        )
        if is_ours and not is_itself:
            return redirect(back)
        return redirect("today")
