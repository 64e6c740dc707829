"""What the API of every app shares: sign-in, paging, rows. REST framework loads this by name from settings."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import authentication, pagination, parsers, serializers
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.request import Request

Row = TypeVar("Row", bound=Model)
Read = Callable[[Any], Any]

AS_THEY_ARE = {
    serializers.BooleanField,
    serializers.CharField,
    serializers.ChoiceField,
    serializers.IntegerField,
}
"""Fields whose value is answered as the row holds it."""

LONGEST_POSITION = 20
"""Digits of a bigint, and one more."""


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session; a caller who is not signed in gets 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class JSONParser(parsers.JSONParser):
    """JSON as far as Python reads it: some thousand brackets deep."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError(_("This JSON is nested too deeply.")) from None


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


class FilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    # An address that asks for nothing filters nothing: then the form that would read it is not made.

    def filter_queryset(self, request: Request, queryset: QuerySet[Row], view: Any) -> QuerySet[Row]:
        if not request.query_params:
            return queryset
        filtered: QuerySet[Row] = super().filter_queryset(request, queryset, view)
        return filtered


class RowSerializer(serializers.ModelSerializer[Row]):
    # What REST framework would answer; but each field is asked once how it is read, not in every row of every list.
    # So a field may ask nothing of the request. (A docstring here would become the words of the OpenAPI description.)

    @classmethod
    @cache
    def _readers(cls) -> list[tuple[str, Read]]:
        return [(name, _reader(field)) for name, field in cls().fields.items()]

    def to_representation(self, instance: Row) -> dict[str, Any]:
        return {name: read(instance) for name, read in self._readers()}


def _reader(field: Any) -> Read:
    """How a field is read from a row."""
    is_attribute = field.source.isidentifier() and not isinstance(field, serializers.ManyRelatedField)
    value_of: Read = attrgetter(field.source) if is_attribute else field.get_attribute
    if is_attribute and type(field) in AS_THEY_ARE:
        return value_of

    def read(row: Any) -> Any:
        value = value_of(row)
        return None if value is None else field.to_representation(value)

    return read
