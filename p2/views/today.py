"""The page that every signed-in person lands on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from p2.spanning.composition import call
from p2.spanning.today import compose


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is due from the person, and what changed since their last visit."""
    at = timezone.now()
    previous = call("VISITED", request.user, at=at)
    return render(
        request, "p2/today.html", {"today": compose(request.user, previous=previous, at=at), "at": at}
    )
