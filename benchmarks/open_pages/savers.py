"""Those who save while pages are open (`pages.py`)."""

import random
import re
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode, urlsplit

SECRET = "p" * 32  # of the forms: the same word in cookie and header

Moments = dict[tuple[str, int], float]
"""When a version of a series was sent, or first seen by a page, by the measure's ref."""


class Browser:
    """One keep-alive connection with a person's cookies."""

    def __init__(self, site: str, session: str) -> None:
        self.connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
        self.heads = {"Cookie": f"sessionid={session}; csrftoken={SECRET}", "X-CSRFToken": SECRET}

    def post(self, path: str, given: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(given), {**self.heads, **kind})

    def _ask(
        self, method: str, path: str, body: str | None, heads: dict[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        try:
            self.connection.request(method, path, body, heads)
            answer = self.connection.getresponse()
        except (RemoteDisconnected, ConnectionError):  # idle for long, so the server closed it
            self.connection.close()
            return self._ask(method, path, body, heads)
        return answer, answer.read()


class Saver:
    """A person who saves another number of one measure again and again."""

    def __init__(self, site: str, month: str, known: dict[str, Any], sent: Moments) -> None:
        self.browser, self.month = Browser(site, known["session"]), month
        self.known, self.sent = known, sent
        self.chance = random.Random(known["ref"])

    def work(self, until: float) -> list[float]:
        """Seconds of each save."""
        taken: list[float] = []
        wait = self.chance.uniform(0, 7.5)
        while monotonic() + wait < until:
            sleep(wait)
            taken.append(self.save())
            wait = self.chance.uniform(5, 10)
        return taken

    def hurry(self, until: float) -> int:
        """How many numbers are saved without a pause."""
        count = 0
        while monotonic() < until:
            self.save()
            count += 1
        return count

    def save(self) -> float:
        ref, have = self.known["ref"], self.known["have"]
        value = f"{18 + have % 40 / 10}"
        row = {"row": ref, "period": self.month, f"{ref}-value": value, f"{ref}-have": f"{have}"}
        began = self.sent[ref, self.known["series"] + 1] = monotonic()
        answer, body = self.browser.post(self.known["sheet"], row)
        taken = monotonic() - began
        if b'data-state="saved"' not in body:
            raise RuntimeError(f"Not saved: {answer.status} {body.decode()[:2000]}")
        version = int(
            re.findall(rb'-have" value="(\d+)"', body)[0]
        )  # the series', of which this number is the last
        self.known |= {"have": version, "series": version}
        return taken
