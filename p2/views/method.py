"""Method and sources, in plain words."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def run_charts(request: HttpRequest) -> HttpResponse:
    """How a run chart is read here, which rules there are and what each costs."""
    return render(request, "p2/method_run_charts.html")
