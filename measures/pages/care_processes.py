"""What the page of a collaborative's care processes shows."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from measures.models import CareProcess, Measure
from organizations.models import Collaborative, User
from p2.spanning.composition import gather
from p2.web.kept_list import KeptList, KeptRow
from p2.words.listing import all_of
from p2.words.wording import figure


def counted(collaborative: Collaborative, reader: User) -> Iterator[tuple[CareProcess, int]]:
    """Each care process of the list, with how many measures that are logged name it. Two queries."""
    measures = Measure.objects.visible_to(reader).kept().filter(organization__collaborative=collaborative)
    by_name = dict(measures.values_list("care_process").annotate(Count("pk")).order_by())
    for process in collaborative.care_processes.all():
        yield process, by_name.get(process.name, 0)


def consequence(process: CareProcess) -> str:
    """What taking it off the list means, with how many name it. Three queries."""
    named = gather("CARE_PROCESS_USES", process.collaborative)
    uses = all_of(use.words for use in named if use.name == process.name)
    if not uses:
        return _("No measure and no project names it.")
    return _("Named by %(uses)s. They keep it; no other can choose it any more.") % {"uses": uses}


def page(collaborative: Collaborative, reader: User) -> KeptList:
    return KeptList(
        title=collaborative.name,
        label=_("Care processes"),
        heads=(_("Care process"), _("Measures")),
        rows=tuple(
            KeptRow(
                name=process.name,
                detail=figure(number, 0),
                remove_url=reverse("measures:remove_care_process", args=[collaborative.slug, process.ref]),
                remove_label=_("Remove %(name)s") % {"name": process.name},
                asks=True,
            )
            for process, number in counted(collaborative, reader)
        ),
        remove=_("Remove"),
        csv_url=reverse("measures:care_processes_csv", args=[collaborative.slug]),
        empty_title=_("No care process yet"),
        empty_words=_(
            "A project names the care process that it improves: it takes one on this list to start a project."
        ),
    )
