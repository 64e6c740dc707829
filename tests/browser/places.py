"""What the addresses of the demo's pages are filled with, found in a process beside the site."""

import re

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from measures.models import Measure
from measures.services import markups, measures
from organizations.demo.sign_ins import address_of
from organizations.models import Organization, User
from organizations.services.people import invitations
from organizations.services.programme import units
from p2.models import Letter
from projects.models import Project
from projects.services import projects
from tests.journeys.programme import LEAD, measure_with_numbers


def everything() -> dict[str, str]:
    """By the piece of an address before a ref, or by the parameter's own name: the ref of a row that is there."""
    lead = User.objects.get(email=address_of(LEAD))
    organization = Organization.objects.get(roles__user=lead, roles__role="lead")
    collaborative = organization.collaborative
    project = Project.objects.filter(organization=organization, team__isnull=False)[0]
    measure = Measure.objects.get(ref=measure_with_numbers()["ref"])
    unit = organization.units.first() or units.add(organization, name="Ward A4", by=lead)
    invitation = invitations.invite(organization, email=f"{measure.ref}@demo.example", role="member", by=lead)
    letter = Letter.objects.get(key__startswith=f"invitation:{invitation.ref}")
    return {
        "slug": collaborative.slug,
        "o": organization.ref,
        "p": project.ref,
        "m": measure.ref,
        "phases": collaborative.phases.order_by("-ordinal")[0].ref,
        "appointments": collaborative.roles.filter(ended_at__isnull=True)[0].ref,
        "invitations": invitation.ref,
        "letters": letter.ref,
        "token": re.findall(r"/invitation/(\S+)", letter.text)[0],
        "unit": unit.ref,
        "process": collaborative.care_processes.all()[0].ref,
        "membership": organization.roles.filter(ended_at__isnull=True).exclude(user=lead)[0].ref,
        "team_member": project.team.all()[0].ref,
        "link": project.project_measures.all()[0].ref,
        "mark": "none",
        "name": "improvement",
        "uidb36": user_pk_to_url_str(lead),
        "key": default_token_generator.make_token(lead),
    }


def with_long_words() -> dict[str, str]:
    """Addresses of pages with words that a line cannot hold: the names of a measure and of columns, a note."""
    lead = User.objects.get(email=address_of(LEAD))
    made = measure_with_numbers()
    measure = Measure.objects.get(ref=made["ref"])
    measures.rename(measure, naming={"name": "W" * 100 + measure.ref}, by=lead)
    first = measure.observations.earliest("period").period
    markups.annotate(measure, first, kind="note", text="N" * 200, by=lead)
    return {
        "a measure": measure.get_absolute_url(),
        "its history": f"{measure.get_absolute_url()}history",
        "core measures": f"{made['portfolio']}?view=core",
    }


def with_long_names() -> dict[str, str]:
    """Addresses of a lead's pages with names that a line cannot hold: of a unit, of a project, an invited address."""
    lead = User.objects.get(email=address_of(LEAD))
    organization = Organization.objects.get(roles__user=lead, roles__role="lead")
    project = Project.objects.filter(organization=organization, team__isnull=False)[0]
    made = units.add(organization, name="U" * 60 + project.ref, by=lead)
    projects.edit(project, name="P" * 100, by=lead)
    invitations.invite(organization, email=f"{made.ref}{'a' * 50}@{'b' * 50}.example", role="member", by=lead)
    address, mine = project.get_absolute_url(), organization.get_absolute_url()
    return {
        "units": f"{mine}units",
        "people": f"{mine}people/",
        "an organization": mine,
        "a project": address,
        "its form": f"{address}edit",
        "its team": f"{address}team",
        "its measures": f"{address}measures",
    }
