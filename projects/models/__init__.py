"""What they improve, and what came of it."""

from projects.models.project import (
    Project,
    ProjectMeasure,
    ProjectQuerySet,
    TeamMember,
    part_key,
    parted,
)

__all__ = ["Project", "ProjectMeasure", "ProjectQuerySet", "TeamMember", "part_key", "parted"]
