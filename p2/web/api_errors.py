"""The API's answer to a broken rule; a module of its own, since REST framework's views read `p2.web.api` first."""

from typing import Any

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from p2.errors import RuleViolation


def answer(exception: Exception, context: dict[str, Any]) -> Response | None:
    """A RuleViolation is 409 with its sentence; the rest as REST framework does."""
    if isinstance(exception, RuleViolation):
        return Response({"detail": str(exception)}, status=status.HTTP_409_CONFLICT)
    return exception_handler(exception, context)
