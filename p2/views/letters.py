"""The outbox: all mail of a demo site for everybody; elsewhere its states, for the site's admins."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from p2 import letters
from p2.errors import ensure
from p2.models import Letter
from p2.web.http import csv_answer, in_english

A_PAGE = 25
HEADS = ("Ref", "Subject", "To", "State", "Queued", "Sent", "Failure")


@login_not_required
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """What a demo site would have sent, invitations and reset links included: nobody there is real."""
    if not settings.DEMO_SITE:
        raise Http404
    return render(
        request, "p2/mailbox.html", {"page": _page(request, Letter.objects.visible_to(request.user))}
    )


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Every letter's state, without its text: a text may hold a key."""
    ensure(request.user.is_staff)
    found = _of_state(request).defer("text")
    state, states = request.GET.get("state", ""), Letter.State.choices
    return render(
        request, "p2/letters.html", {"page": _page(request, found), "state": state, "states": states}
    )


@require_safe
@in_english
def outbox_csv(request: HttpRequest) -> HttpResponse:
    ensure(request.user.is_staff)
    rows = (
        [one.ref, one.subject, one.address, one.state, one.queued_at, one.sent_at, one.failure_words]
        for one in _of_state(request).defer("text").iterator()
    )
    return csv_answer("letters", HEADS, rows)


@require_POST
def resend(request: HttpRequest, ref: str) -> HttpResponse:
    """Send an unsure or refused letter again, knowing that it may arrive twice."""
    ensure(request.user.is_staff)
    letter = letters.resend(
        get_object_or_404(Letter.objects.visible_to(request.user), ref=ref), by=request.user
    )
    messages.info(request, _("“%(subject)s” goes out again.") % {"subject": letter.subject})
    return redirect("letters")


def _of_state(request: HttpRequest) -> QuerySet[Letter]:
    state, found = request.GET.get("state", ""), Letter.objects.visible_to(request.user)
    return found.filter(state=state) if state in Letter.State.values else found


def _page(request: HttpRequest, found: QuerySet[Letter]) -> Page[Letter]:
    return Paginator(found, A_PAGE).get_page(request.GET.get("page"))
