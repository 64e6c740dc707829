"""What a reader is told while the database does not answer; and where it is, for whoever asks it apart from Django."""

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from p2.errors import is_away
from p2.vitals.database import Address
from p2.vitals.hanging import watch
from p2.web.http import wants_fragment
from p2.web.middleware import API
from p2.words.languages import of_browser

AGAIN = 5
"""Seconds after which a program may try again."""

ASKED_APART = ("/healthz", "/readyz")
"""Addresses that answer without the connections of pages."""


class DatabaseAwayMiddleware:
    """While the database hangs no request begins to wait for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if watch.hangs and request.path_info not in ASKED_APART:
            return away(request)
        return self.get_response(request)


def failed(request: HttpRequest) -> HttpResponse:
    """Django's answer to an exception that nobody caught (`handler500`)."""
    if is_away(sys.exc_info()[1]):
        return away(request)
    return server_error(request)


def away(request: HttpRequest) -> HttpResponse:
    """503 in the browser's language; whose request it is, only the database knows."""
    with translation.override(of_browser(request.headers.get("Accept-Language", ""))):
        is_step = request.method not in {"GET", "HEAD"}
        sentence = (
            _("P2 cannot answer right now. Look whether the last step was taken before you repeat it.")
            if is_step
            else _("P2 cannot answer right now. Try again in a minute.")
        )
        if request.path.startswith(API):
            answer: HttpResponse = JsonResponse({"detail": sentence})
        elif wants_fragment(request):
            answer = HttpResponse(sentence, content_type="text/plain; charset=utf-8")
        else:
            answer = HttpResponse(render_to_string("503.html", {"is_step": is_step}))
    answer.status_code, answer["Retry-After"] = HTTPStatus.SERVICE_UNAVAILABLE, str(AGAIN)
    return answer


def database_address() -> Address:
    """Where the database is, as a connection of Django's finds it."""
    found = connection.get_connection_params()
    return {name: value for name, value in found.items() if name != "connection_factory"}
