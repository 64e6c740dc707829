"""The sheet as somebody at a keyboard has it: opened, a cell of it, a row, a block pasted."""

from playwright.sync_api import Locator, Page

from tests.live import LiveSite


def opened(page: Page, live_p2: LiveSite, place: dict[str, str], who: str) -> Page:
    page.context.add_cookies([{"name": "sessionid", "value": place[who], "url": live_p2.address}])
    page.goto(live_p2.address + place["path"])
    return page


def cell(page: Page, place: dict[str, str], name: str, part: str = "") -> Locator:
    return page.get_by_label(", ".join(filter(None, (name, part, place["month"]))), exact=True)


def row(page: Page, name: str) -> Locator:
    return page.locator("tbody[data-row]").filter(has=page.get_by_role("rowheader", name=name))


def paste(page: Page, field: Locator, text: str) -> None:
    """What Ctrl+V does with this text on the clipboard."""
    field.evaluate(
        """(field, text) => {
          field.focus();
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )
