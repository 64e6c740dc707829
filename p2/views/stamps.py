"""The stamp of what an open page follows; `p2.stamps.shortcut` answers the same before Django."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from p2.stamps.keys import subject_of
from p2.stamps.store import reader


@login_not_required
@never_cache
@require_safe
def stamp(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever has the key gets the stamp, 204 while the broker is away; without one there is no such page."""
    subject = subject_of(key)
    if subject is None:
        raise Http404
    found = reader.of(subject)
    return HttpResponse(found or "", status=204 if found is None else 200, content_type="text/plain")
