"""Who does the work of a project."""

from dataclasses import dataclass

from projects.models import Project, TeamMember


@dataclass(frozen=True, slots=True)
class TeamRow:
    ref: str
    name: str
    task: str
    is_leader: bool
    has_left: bool  # the organization; the name stays for the record


def team(project: Project) -> tuple[TeamRow, ...]:
    """The leader first. One query."""
    return tuple(
        TeamRow(
            ref=member.ref,
            name=member.membership.user.name,
            task=member.task,
            is_leader=member.is_leader,
            has_left=member.membership.ended_at is not None,
        )
        for member in TeamMember.objects.filter(project=project).select_related("membership__user")
    )
