"""The site's addresses with plain pages for refusals: thousands of them are answered here, and none is read."""

from django.http import HttpRequest, HttpResponse

from p2.urls import urlpatterns

__all__ = ["handler403", "handler404", "urlpatterns"]


def handler403(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(str(exception), status=403)


def handler404(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(str(exception), status=404)
