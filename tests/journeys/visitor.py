"""A person at the site over plain HTTP: signs in, reads pages, posts forms."""

from collections.abc import Mapping
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

PATIENCE = 15.0  # seconds after which an answer counts as none


class Visitor:
    """One browser's worth of cookies. An answer that is no 2xx raises."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        return self._open(Request(f"{self.address}{path}"))

    def post(self, path: str, given: Mapping[str, str]) -> str:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        body = urlencode({"csrfmiddlewaretoken": token, **given}).encode()
        return self._open(Request(f"{self.address}{path}", data=body, method="POST"))

    def sign_in(self, email: str, password: str) -> "Visitor":
        self.get("/accounts/login/")
        self.post("/accounts/login/", {"login": email, "password": password})
        return self

    def _open(self, request: Request) -> str:
        with self.opener.open(request, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
