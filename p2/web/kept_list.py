"""A list that people keep on a page of its own: what stands in it, and what can be done to each row.

`components/_kept_list.html` draws it, with the form for another row beside it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptRow:
    name: str
    detail: str
    remove_url: str
    remove_label: str  # "Remove Ward 3", for those who hear the button alone
    url: str = ""  # its own page
    badge: str = ""
    rename_url: str = ""
    rename_label: str = ""
    asks: bool = False  # the button opens a page that asks first
    stays: str = ""  # why it cannot be removed, in place of the button


@dataclass(frozen=True, slots=True)
class KeptList:
    title: str  # whose list it is
    label: str  # what it lists: "Units"
    heads: tuple[str, str]  # of name and detail
    rows: tuple[KeptRow, ...]
    remove: str  # the word on the button
    csv_url: str
    empty_title: str
    empty_words: str
