"""The rows that the addresses of the permission table name."""

from datetime import date, timedelta

from django.utils import timezone

from measures.models import Measure
from measures.pages.measure.marks import MARK_UPS
from organizations.models import Invitation, Organization, hash_of
from projects.models import ProjectMeasure, TeamMember
from tests.actors import appoint, join, make_person, make_project, make_unit
from tests.measures.series import make_measure
from tests.permissions.table import Place


def make_place(organization: Organization) -> Place:
    """One row of every kind around the organization."""
    collaborative = organization.collaborative
    membership = join(make_person(), organization, "member")
    project = make_project(organization)
    link = ProjectMeasure.objects.create(project=project, measure=make_measure(organization), role="outcome")
    token = f"token-{organization.ref}"
    invitation = Invitation.objects.create(
        collaborative=collaborative,
        organization=organization,
        email=f"{organization.ref}@example.org",
        role="member",
        token_hash=hash_of(token),
        invited_by=make_person(),
        invited_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=14),
    )
    return Place(
        **make_marks(link.measure),
        slug=collaborative.slug,
        collaborative=collaborative.ref,
        organization=organization.ref,
        phase=collaborative.phases.all()[0].ref,
        unit=make_unit(organization).ref,
        invitation=invitation.ref,
        token=token,
        appointment=appoint(make_person(), collaborative, "faculty").ref,
        membership=membership.ref,
        project=project.ref,
        team_member=TeamMember.objects.create(project=project, membership=membership).ref,
        link=link.ref,
        process=collaborative.care_processes.all()[0].ref,
        measure=link.measure.ref,
    )


def make_marks(measure: Measure) -> dict[str, str]:
    """A mark-up of every kind, by its kind."""
    return {
        kind: model.objects.create(
            measure=measure, period=date(2020, 6, 1), text="Smart pumps", by=make_person(), at=timezone.now()
        ).ref
        for kind, model in MARK_UPS.items()
    }
