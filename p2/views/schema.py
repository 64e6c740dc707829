"""The API's description (OpenAPI), for programs."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response


class SchemaView(SpectacularJSONAPIView):
    """In the reader's language, of the one version there is; another one that an address asks for is refused."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *_args: Any, **_named: Any) -> Response:
        version = str(settings.SPECTACULAR_SETTINGS["VERSION"])
        if request.GET.get("version", version) != version:
            raise ParseError(_("The API has one version: %(version)s.") % {"version": version})
        answer: Response = self._get_schema_response(request)  # type: ignore[no-untyped-call]
        return answer
