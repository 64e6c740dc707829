"""For whoever watches the site: a proxy, a container, a monitor."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from p2.health import has_broker, has_database


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, else 503; without the broker the site works more slowly. No session is read."""
    database = has_database()
    state = {
        "database": "up" if database else "away",
        "broker": "up" if has_broker() else "away",
    }
    return JsonResponse(state, status=200 if database else 503)
