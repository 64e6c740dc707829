"""Projects are read here and changed by verbs alone."""

from django.contrib import admin

from p2.admin import ReadOnly
from projects.models import Project, ProjectMeasure, TeamMember


@admin.register(Project)
class ProjectAdmin(ReadOnly):
    list_display = ["name", "organization", "state", "aim_on"]
    list_filter = ["organization__collaborative", "state"]
    search_fields = ["folded"]


@admin.register(ProjectMeasure)
class ProjectMeasureAdmin(ReadOnly):
    list_display = ["project", "measure", "role"]


@admin.register(TeamMember)
class TeamMemberAdmin(ReadOnly):
    list_display = ["project", "membership", "task", "is_leader"]
