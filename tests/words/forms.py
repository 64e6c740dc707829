"""Fills in the forms of a page as a person would, so that what a verb says afterwards is drawn."""

from datetime import date, timedelta
from html.parser import HTMLParser

TYPED = {"email": "new@example.org", "number": "1", "password": "walk-the-ward-9"}
NAMED = {"slug": "a-new-one", "country": "ΣΕ", "ordinal": "9"}


class _Forms(HTMLParser):
    """The fields of the forms that a page holds, by the address that each is sent to."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._day = date(2030, 1, 1)
        self._select = self._text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append((given.get("action", ""), {}))
        if not self.forms:
            return
        fields, name = self.forms[-1][1], given.get("name", "")
        if tag == "input" and name and given.get("type") not in {"checkbox", "radio", "submit"}:
            fields[name] = given.get("value") or self._typed(name, given)
        if tag == "textarea":
            fields.setdefault(name, "Λόγος")
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and given.get("value"):
            if "selected" in given:
                fields[self._select] = given["value"]
            fields.setdefault(self._select, given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _typed(self, name: str, given: dict[str, str]) -> str:
        if given.get("type") == "date":
            self._day += timedelta(days=40)
            return self._day.isoformat()
        return NAMED.get(name) or TYPED.get(
            given.get("type", ""), "Ένα" if not given.get("inputmode") else "1"
        )


def filled(html: str, address: str) -> dict[str, str]:
    """The fields of the page's form that is sent to this address, each with a value; empty where there is none."""
    page = _Forms()
    page.feed(html)
    return next((fields for action, fields in page.forms if action.split("?")[0] in {"", address}), {})
