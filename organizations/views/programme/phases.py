"""Planning phases and admitting organizations to them: the office's pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organizations import rules
from organizations.forms.programme import AdmitForm, PhaseForm
from organizations.http import SignedInRequest, collaborative_of
from organizations.models import Collaborative
from organizations.services.programme import phases
from p2.errors import ensure
from p2.web.forms import rules_beside


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    collaborative = collaborative_of(request, slug)
    ensure(rules.may_edit_phases(request.user, collaborative))
    form = PhaseForm(request.POST or None, initial={"ordinal": collaborative.phases.count() + 1})
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            planned = phases.add(collaborative, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(phase)s is planned.") % {"phase": planned})
            return redirect(collaborative)
    return _form_page(request, collaborative, form, _("Plan a phase"), _("Plan the phase"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    collaborative = collaborative_of(request, slug)
    ensure(rules.may_edit_phases(request.user, collaborative))
    phase = get_object_or_404(collaborative.phases, ref=ref)
    form = PhaseForm(request.POST or None, instance=phase)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            phases.edit(phase, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(collaborative)
    return _form_page(
        request, collaborative, form, _("Edit phase %(number)s") % {"number": phase.roman}, _("Save")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """Let an organization take part."""
    collaborative = collaborative_of(request, slug)
    ensure(rules.may_edit_phases(request.user, collaborative))
    phase = get_object_or_404(collaborative.phases, ref=ref)
    form = AdmitForm(request.POST or None, phase=phase)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            admitted = phases.admit(phase=phase, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("%(organization)s takes part in %(phase)s.")
                % {"organization": admitted.organization, "phase": phase},
            )
            return redirect(collaborative)
    return _form_page(
        request, collaborative, form, _("Admit to %(phase)s") % {"phase": phase}, _("Admit the organization")
    )


def _form_page(
    request: SignedInRequest, collaborative: Collaborative, form: PhaseForm | AdmitForm, title: str, verb: str
) -> HttpResponse:
    back = collaborative.get_absolute_url()
    trail = [(collaborative.name, back), (title, "")]
    context = {"title": title, "trail": trail, "form": form, "verb": verb, "cancel_url": back}
    return render(request, "p2/form_page.html", context)
