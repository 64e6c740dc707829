"""A form as a page shows it: what a browser would send of it if nobody touched it."""

from html.parser import HTMLParser

from django.test import Client

Fields = dict[str, str | list[str]]

UNSENT = {"submit", "button", "reset", "image", "file"}
TOKEN = "csrfmiddlewaretoken"  # another one at each look


class _Form(HTMLParser):
    """The fields of the first form of a page that has this class or this id."""

    def __init__(self, css: str) -> None:
        super().__init__()
        self.css, self.fields = css, dict[str, list[str]]()
        self.state = "before"
        self.area = self.select = ""
        self.options: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        named = [given.get("id", ""), *given.get("class", "").split()]
        if tag == "form" and self.state == "before" and self.css in named:
            self.state = "inside"
        if self.state != "inside":
            return
        name, kind = given.get("name", ""), given.get("type", "text")
        is_box = kind in {"checkbox", "radio"}
        if tag == "input" and name and kind not in UNSENT and (not is_box or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value", "on" if is_box else ""))
        elif tag == "textarea":
            self.area = name
            self.fields[name] = [""]
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option" and self.select:
            self.options.append(given.get("value", ""))
            if "selected" in given:
                self.fields.setdefault(self.select, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area][0] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.state == "inside":
            self.state = "after"
        if tag == "textarea":
            self.area = ""
        if tag == "select" and self.select and self.options:
            self.fields.setdefault(self.select, self.options[:1])
            self.select = ""


def fields_in(html: str, css: str = "form") -> Fields:
    """The fields of a page's form, each with what it shows."""
    page = _Form(css)
    page.feed(html)
    return {name: held[0] if len(held) == 1 else held for name, held in page.fields.items() if name != TOKEN}


def shown(client: Client, address: str) -> Fields:
    """The form of the page at this address, as it is opened."""
    return fields_in(client.get(address).content.decode())
