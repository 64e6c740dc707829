"""What the page of an organization's units shows."""

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import Organization
from organizations.selectors.units import in_use
from p2.web.kept_list import KeptList, KeptRow


def page(organization: Organization) -> KeptList:
    """Two queries."""
    here = (organization.collaborative.slug, organization.ref)
    used = in_use(organization.units.all())
    return KeptList(
        title=organization.label,
        label=_("Units"),
        heads=(_("Unit"), _("Kind")),
        rows=tuple(
            KeptRow(
                name=unit.name,
                detail=unit.get_kind_display(),
                rename_url=reverse("organizations:rename_unit", args=[*here, unit.ref]),
                rename_label=_("Rename %(name)s") % {"name": unit.name},
                remove_url=reverse("organizations:remove_unit", args=[*here, unit.ref]),
                remove_label=_("Remove %(name)s") % {"name": unit.name},
                stays=_("Named in a project") if unit.pk in used else "",
            )
            for unit in organization.units.all()
        ),
        remove=_("Remove"),
        csv_url=reverse("organizations:units_csv", args=here),
        empty_title=_("No unit yet"),
        empty_words=_(
            "A unit is a place where a change is tried: a site, a ward, a clinic. "
            "Most organizations start with the ward of the first project."
        ),
    )
