"""What stands where an organization's measures would: true for whoever reads it."""

from django.utils.translation import gettext as _


def no_measures(
    *, has_retired: bool, may_make: bool, sees_all: bool, applies: bool, took_part: bool
) -> tuple[str, str]:
    """Title and words of an empty list of measures that are logged."""
    if not sees_all:
        return _("No measure to see"), _not_open(applies=applies, has_retired=has_retired)
    if has_retired:
        return _("No measure is logged"), _("Those that were logged are retired.")
    if may_make:
        return _("No measure yet"), _(
            "A measure is one number a month that tells whether care gets better. Most teams start with one outcome "
            "they already count."
        )
    if took_part:
        return _("No measure"), _("It logged none while it took part.")
    if applies:
        return _("No measure yet"), _(
            "An applicant may have measures of its own, to show with its application: its lead makes them."
        )
    return _("No measure yet"), _(
        "A measure is one number a month that tells whether care gets better. The program office’s core "
        "measures come by themselves, and the organization’s lead makes its own."
    )


def _not_open(*, applies: bool, has_retired: bool) -> str:
    if applies:
        return _("What an applicant measures is open to its own people alone.")
    if has_retired:
        return _("Of those that are still logged, the organization shares none with the other participants.")
    return _("The organization shares none with the other participants.")
