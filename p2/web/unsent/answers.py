"""What is answered to a form that is not taken: the sign-in page that carries it, the form once more, or a refusal."""

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.account import views as account
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

from p2.web.http import wants_fragment
from p2.web.unsent.form import Unsent, carried, is_here, is_short, typed
from p2.web.unsent.shown import shown
from p2.web.unsent.typist import is_sign_out, typist_of


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in is sent to the sign-in page; a form that is sent after a session ended comes along."""

    def handle_no_permission(  # type: ignore[override]  # the sign-in page itself, not the way to it
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.method != "POST" or wants_fragment(request):
            return super().handle_no_permission(request, view_func)
        typist, back = typist_of(request), _way_back(request)
        form = typed(request, typist, back=back) if typist and not typist.has_left else None
        if form:
            return _sign_in_with(request, form)
        messages.warning(
            request, _("You were signed out, so the last step was not taken. Sign in and repeat it.")
        )
        return redirect_to_login(back)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a form whose token is not this session's (`CSRF_FAILURE_VIEW`).

    A form of the person's own pages is shown again: the browser says that it comes from this
    site, and its token whose it was. Who presses *Sign out* on an old page of this site is signed out.
    """
    if _is_ours(request) and is_sign_out(request):
        signed_out: HttpResponse = account.logout(request)
        return signed_out
    form = _of_an_earlier_session(request)
    if form is None:
        return _too_old(request)
    if request.user.is_authenticated:
        return once_more(request, form, status=403)
    return _sign_in_with(request, form)


def once_more(request: HttpRequest, form: Unsent, *, status: int = 200) -> HttpResponse:
    """The page that shows the form to the person who typed it, and from which it is sent by one press."""
    return render(
        request, "account/unsent.html", {"unsent": form, "shown": shown(form.fields)}, status=status
    )


def after_sign_in(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The form that the sign-in page carried, shown to its person; to anybody else a word that it is gone."""
    form = kept(request)
    if form is None:
        return answer
    if form.person == request.user.pk:
        page = once_more(request, form)
        page.cookies.update(answer.cookies)
        return page
    messages.warning(
        request, _("A form that somebody else sent in this browser was not saved, and is thrown away now.")
    )
    return answer


def kept(request: HttpRequest) -> Unsent | None:
    """The form that the sign-in page goes on carrying, until its person signs out or somebody else signs in."""
    form, typist = carried(request), typist_of(request)
    is_waiting = typist and form and form.person == typist.person and not typist.has_left
    return form if is_waiting else None


def _of_an_earlier_session(request: HttpRequest) -> Unsent | None:
    """The form of this request, where it is of whoever is signed in, or of the person whose session ended here.

    What costs little is asked first: a form is read only where it could be carried.
    """
    is_short_form = _is_ours(request) and is_short(request) and not wants_fragment(request)
    typist = typist_of(request) if is_short_form else None
    if typist is None or (typist.has_left and not request.user.is_authenticated):
        return None
    form = carried(request)
    if form is None and _needs_sign_in(request):
        form = typed(request, typist, back=_way_back(request))
    return form if form and form.person == (request.user.pk or typist.person) else None


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent it."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _needs_sign_in(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, "login_required", True)


def _sign_in_with(request: HttpRequest, form: Unsent) -> HttpResponse:
    """403 as the sign-in page, which keeps the form until somebody is signed in."""
    sign_in = import_string(settings.ACCOUNT_FORMS["login"])
    context = {"form": sign_in(request=request), "unsent": form}
    return render(request, "account/login.html", context, status=403)


def _too_old(request: HttpRequest) -> HttpResponse:
    """The form is refused, with the way to the page that it stood on, which has a new one."""
    return render(request, "403_csrf.html", {"back": _page_before(request)}, status=403)


def _way_back(request: HttpRequest) -> str:
    return _page_before(request) or resolve_url("today")


def _page_before(request: HttpRequest) -> str:
    """The page that a form was sent from, which can be read again; an address that only takes forms cannot."""
    given = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(given)
    back = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return back if is_here(back) else ""
