"""What is said of a sheet that was signed off. The caller writes days."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def complete(person: object, day: str, missing: int) -> str:
    """ "Complete: Rosa Diaz, 4 February 2004, without 2 numbers"."""
    said = {"person": person, "day": day, "count": missing}
    if not missing:
        return _("Complete: %(person)s, %(day)s") % said
    words = ngettext(
        "Complete: %(person)s, %(day)s, without %(count)d number",
        "Complete: %(person)s, %(day)s, without %(count)d numbers",
        missing,
    )
    return words % said


def lifted(person: object, day: str, other: object, changed: str) -> str:
    """Who signed it off, and who changed a number of it since; `other` is nobody where P2 itself did."""
    said = {"person": person, "day": day, "other": other or "P2", "changed": changed}
    return _("It was signed off by %(person)s on %(day)s; changed since by %(other)s on %(changed)s.") % said
