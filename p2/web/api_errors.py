"""The API's answer to a broken rule; a module of its own, since REST framework's views read `p2.web.api` first."""

from typing import Any

from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

from p2.errors import RuleViolation


def answer(exception: Exception, context: dict[str, Any]) -> Response | None:
    """A RuleViolation is 409 with its sentence; the rest as REST framework does.

    What is not found is answered without Django's own sentence, which has no translation.
    """
    if isinstance(exception, RuleViolation):
        return Response({"detail": str(exception)}, status=status.HTTP_409_CONFLICT)
    return exception_handler(NotFound() if isinstance(exception, Http404) else exception, context)
