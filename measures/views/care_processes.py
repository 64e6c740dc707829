"""The care processes of a collaborative: a list that its office keeps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures import rules
from measures.forms.care_processes import CareProcessForm
from measures.models import CareProcess
from measures.pages.care_processes import consequence, counted
from measures.pages.care_processes import page as page_of
from measures.services import care_processes
from organizations.http import SignedInRequest, collaborative_of
from organizations.models import Collaborative
from organizations.views.trails import Trail
from p2.edits import still_there
from p2.errors import ensure, told_on
from p2.web.forms import rules_beside
from p2.web.http import csv_answer, in_english

CSV_HEADS = ("Care process", "Measures")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedInRequest, slug: str) -> HttpResponse:
    """What measures and projects may name; a form for another beside."""
    collaborative = collaborative_of(request, slug)
    ensure(rules.may_keep_care_processes(request.user, collaborative))
    form = CareProcessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            added = care_processes.add(collaborative, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is added.") % {"name": added})
            return redirect("measures:care_processes", slug=slug)
    shown = {
        "trail": _trail(collaborative),
        "kept": page_of(collaborative, request.user),
        "form": form,
    }
    return render(request, "measures/care_processes.html", shown)


@require_safe
@in_english
def table(request: SignedInRequest, slug: str) -> HttpResponse:
    """The list as a file."""
    collaborative = collaborative_of(request, slug)
    ensure(rules.may_keep_care_processes(request.user, collaborative))
    rows = ((process.name, number) for process, number in counted(collaborative, request.user))
    return csv_answer(f"{collaborative.slug} care processes", CSV_HEADS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, slug: str, process: str) -> HttpResponse:
    """Ask, naming how many use it; then nothing new can choose it."""
    collaborative = collaborative_of(request, slug)
    ensure(rules.may_keep_care_processes(request.user, collaborative))
    listed = reverse("measures:care_processes", args=[slug])
    with told_on(listed):
        found = _still_listed(collaborative, process)
        if request.method == "POST":
            care_processes.remove(found, by=request.user)
            said = _("%(name)s is off the list. What names it already keeps it.") % {"name": found}
            messages.success(request, said)
            return redirect(listed)
    context = {
        "question": _("Take “%(name)s” off the list?") % {"name": found},
        "consequence": consequence(found),
        "verb": _("Take it off the list"),
        "cancel_url": listed,
        "trail": [*_trail(collaborative, listed), (found.name, "")],
    }
    return render(request, "p2/confirm_page.html", context)


def _still_listed(collaborative: Collaborative, ref: str) -> CareProcess:
    return still_there(
        collaborative.care_processes.select_related("collaborative"),
        ref,
        slug=collaborative.slug,
        gone=_("This care process was taken off the list meanwhile."),
    )


def _trail(collaborative: Collaborative, url: str = "") -> Trail:
    """The way to the list; its own address where the page stands behind it."""
    return [(collaborative.name, collaborative.get_absolute_url()), (_("Care processes"), url)]
