"""Who asks for a page, and a measure linked to a project, for the tests of the pages."""

from django.test import Client

from measures.models import Measure
from organizations.models import User
from projects.models import Project, ProjectMeasure


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def link(project: Project, measure: Measure, role: str = "outcome") -> ProjectMeasure:
    return ProjectMeasure.objects.create(project=project, measure=measure, role=role)
