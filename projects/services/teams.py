"""Who does the work of a project."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import Membership, User
from p2 import audit, edits
from p2.errors import RuleViolation
from projects.models import Project, TeamMember
from projects.services.projects import changeable


@transaction.atomic
def add(
    project: Project,
    membership: Membership,
    *,
    task: str = "",
    is_leader: bool = False,
    by: User,
    at: datetime | None = None,
) -> TeamMember:
    """Name a member of the organization in the team. A new leader takes over from the one before."""
    project = changeable(project, by=by, at=at)
    membership = (
        Membership.objects.select_for_update(of=("self",), no_key=True)
        .select_related("user")
        .get(pk=membership.pk)
    )
    if membership.organization_id != project.organization_id:
        raise RuleViolation(
            _("%(person)s is not a member of %(organization)s.")
            % {"person": membership.user, "organization": project.organization}
        )
    if membership.ended_at:
        raise RuleViolation(
            _("%(person)s has left %(organization)s.")
            % {"person": membership.user, "organization": project.organization}
        )
    if project.team.filter(membership__user=membership.user).exists():
        raise RuleViolation(_("%(person)s is in this team already.") % {"person": membership.user})
    if is_leader:
        for before in project.team.select_for_update().filter(is_leader=True):
            edits.apply(before, {"is_leader": False}, by=by, at=at)
    team_member = TeamMember.objects.create(
        project=project, membership=membership, task=task, is_leader=is_leader
    )
    audit.record("added", team_member, by=by, at=at)
    return team_member


@transaction.atomic
def remove(team_member: TeamMember, *, by: User, at: datetime | None = None) -> None:
    """Take a person out of the team; their membership stays."""
    project = changeable(team_member.project, by=by, at=at)
    if not project.team.filter(pk=team_member.pk).exists():
        raise RuleViolation(
            _("%(person)s was taken out of the team meanwhile.") % {"person": team_member.membership.user}
        )
    edits.remove(team_member, by=by, at=at)
