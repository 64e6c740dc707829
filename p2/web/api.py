"""What the API of every app shares: sign-in and paging. REST framework loads this by name from settings."""

from rest_framework import authentication, pagination
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

LONGEST_POSITION = 20
"""Digits of a bigint, and one more."""


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session; a caller who is not signed in gets 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class Cursor(pagination.CursorPagination):
    """Pages without counting, oldest first."""

    ordering = "id"
    page_size_query_param = "page_size"
    max_page_size = 1000

    def decode_cursor(self, request: Request) -> pagination.Cursor | None:
        """The cursor of the address; one that somebody made up is 404, as REST framework says of the others."""
        cursor = super().decode_cursor(request)
        position = "" if cursor is None else str(cursor.position or "")
        if position and not (position.isdecimal() and len(position) < LONGEST_POSITION):
            raise NotFound(self.invalid_cursor_message)
        return cursor
