"""What a row of the history was and became is read only by who may read the field: each reader is known by name."""

import ast

from tests.house.source import SITE, imported, named, python_files, tree

READERS = {
    "AuditEntry": {
        "measures/selectors/news.py": "that other run rules hold, to who reads the charts",
        "p2/admin.py": "the trail, to site admins, who may read every field in it",
        "p2/audit.py": "writes it; who changed a fact last",
        "p2/edits.py": "who changed a fact last, to who may change it",
        "p2/trail.py": "words for p2/admin.py",
    },
    "Correction": {
        "measures/admin.py": "numbers and notes, to site admins: `may_read_history`",
        "measures/pages/measure/chart.py": "that a number was corrected, where `private`: `may_read_history`",
        "measures/pages/measure/history.py": "everything: its views ask `may_read_history`",
        "measures/selectors/news.py": "how many numbers others changed, to the organization itself",
        "measures/services/entry/cells.py": "makes them; who changed a note last, to who changes it",
        "measures/services/entry/events.py": "for undos.py",
        "measures/services/entry/recorder.py": "writes them",
        "meetings/demo.py": "how many there are of the demo, at the console",
        "measures/services/entry/undos.py": "what somebody saved, to themselves: `may_record`",
    },
}
"""The modules that read rows of the history, what of them, and to whom it is told."""


def test_who_reads_the_history_is_known() -> None:
    found: dict[str, set[str]] = {kind: set() for kind in READERS}
    for path in python_files(*SITE):
        names = {name.rpartition(".")[2] for name in imported(path)}
        for kind in READERS:
            if kind in names and path.name != "__init__.py":
                found[kind].add(named(path))
    assert found == {kind: set(readers) for kind, readers in READERS.items()}


def test_nobody_reaches_corrections_by_their_measure() -> None:
    """`measure.corrections` would go round the list above."""
    by_measure = [
        named(path)
        for path in python_files(*SITE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "corrections" and not _is_own(node)
    ]
    assert by_measure == []


def _is_own(node: ast.Attribute) -> bool:
    """The recorder's list of those that it is about to write."""
    return isinstance(node.value, ast.Name) and node.value.id in {"self", "recorder"}
