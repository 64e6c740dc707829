"""Adding an organization, changing its facts, keeping its units."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations import rules
from organizations.forms.programme import OrganizationForm, UnitForm
from organizations.http import SignedInRequest, collaborative_of, organization_of
from organizations.pages.programme import units as kept
from organizations.services.programme import organizations, phases, units
from organizations.views.trails import organization_trail
from p2.edits import still_there
from p2.errors import ensure
from p2.web.forms import rules_beside
from p2.web.http import csv_answer, in_english


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add an applicant; its people page, where the lead is invited, comes next."""
    collaborative = collaborative_of(request, slug)
    ensure(rules.may_add_organization(request.user, collaborative))
    form = OrganizationForm(request.POST or None, initial={"time_zone": collaborative.time_zone})
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            added = organizations.add(collaborative, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is added. Invite its lead next.") % {"name": added})
            return redirect("organizations:organization_people", slug=slug, ref=added.ref)
    back = collaborative.get_absolute_url()
    context = {
        "title": _("Add an organization"),
        "trail": [(collaborative.name, back), (_("Add an organization"), "")],
        "form": form,
        "verb": _("Add the organization"),
        "cancel_url": back,
    }
    return render(request, "p2/form_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    organization = organization_of(request, slug, ref)
    ensure(rules.may_edit_organization(request.user, organization))
    if request.method != "POST":  # before somebody fills in what nobody may send
        phases.ensure_not_past(organization, by=request.user)
    trail = [*organization_trail(organization), (_("Edit"), "")]  # the form writes what is typed into its row
    form = OrganizationForm(request.POST or None, instance=organization)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            organizations.edit(organization, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(organization)
    context = {
        "title": _("Edit the organization"),
        "trail": trail,
        "form": form,
        "verb": _("Save"),
        "cancel_url": organization.get_absolute_url(),
    }
    return render(request, "p2/form_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_list(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    """The units, each with its name to change; a form for another below."""
    organization = organization_of(request, slug, ref)
    ensure(rules.may_edit_units(request.user, organization))
    if request.method != "POST":
        phases.ensure_not_past(organization, by=request.user)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            added = units.add(organization, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s is added.") % {"name": added})
            return redirect("organizations:units", slug=slug, ref=ref)
    context = {
        "organization": organization,
        "trail": [*organization_trail(organization), (_("Units"), "")],
        "kept": kept.page(organization),
        "form": form,
    }
    return render(request, "organizations/units.html", context)


@require_safe
@in_english
def units_csv(request: SignedInRequest, slug: str, ref: str) -> HttpResponse:
    organization = organization_of(request, slug, ref)
    rows = ([unit.name, unit.get_kind_display()] for unit in organization.units.all())
    return csv_answer(f"{organization.label} units", ["Unit", "Kind"], rows)


@require_http_methods(["GET", "HEAD", "POST"])
def rename_unit(request: SignedInRequest, slug: str, ref: str, unit: str) -> HttpResponse:
    organization = organization_of(request, slug, ref)
    ensure(rules.may_edit_units(request.user, organization))
    found = still_there(organization.units.all(), unit, slug=slug, gone=_("This unit was removed meanwhile."))
    if request.method != "POST":
        phases.ensure_not_past(organization, by=request.user)
    form = UnitForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with rules_beside(form):
            units.rename(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("organizations:units", slug=slug, ref=ref)
    context = {
        "title": _("Rename the unit"),
        "trail": [*organization_trail(organization), (_("Units"), "")],
        "form": form,
        "verb": _("Save"),
        "cancel_url": f"{organization.get_absolute_url()}units",
    }
    return render(request, "p2/form_page.html", context)


@require_POST
def remove_unit(request: SignedInRequest, slug: str, ref: str, unit: str) -> HttpResponse:
    organization = organization_of(request, slug, ref)
    ensure(rules.may_edit_units(request.user, organization))
    found = still_there(organization.units.all(), unit, slug=slug, gone=_("This unit was removed meanwhile."))
    units.remove(found, by=request.user)
    messages.success(request, _("%(name)s is removed.") % {"name": found})
    return redirect("organizations:units", slug=slug, ref=ref)
