"""What an organization improves, with the measures that show it and the people who do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.models import OVERSEERS, Participation, Person, standing_of
from p2.columns.folding import FoldedField
from p2.columns.keys import KeyField
from p2.columns.refs import new_ref

if TYPE_CHECKING:
    from organizations.models import Collaborative


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: Person) -> ProjectQuerySet:
        """One's own; every participant's, to office, faculty, funder and the other participants."""
        standing = standing_of(user)
        if standing.is_site_admin:
            return self
        readers = standing.appointed_as(*OVERSEERS) | standing.sharing
        return self.filter(
            Q(organization__in=standing.organizations)
            | Q(
                organization__collaborative__in=readers,
                organization__in=Participation.objects.values("organization"),
            )
        )


class Project(models.Model):
    """One improvement project: an aim, a day to reach it by, a team, measures."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        STOPPED = "stopped", _("Stopped")

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, verbose_name=_("organization"), related_name="projects"
    )
    name = models.CharField(_("name"), max_length=120)
    folded = FoldedField(of=("name", "aim"))
    aim = models.TextField(
        _("aim"), help_text=_("How much, by when: from 2.48 to 1.30 events per 1,000 doses by 31 December.")
    )
    care_process = models.CharField(
        _("care process"), max_length=80, help_text=_("Its column in the portfolio: Medicines and harm")
    )
    starts_on = models.DateField(_("starts on"))
    aim_on = models.DateField(_("aim date"))
    state = KeyField(_("state"), max_length=10, choices=State.choices, default=State.RUNNING)
    units = models.ManyToManyField(
        "organizations.Unit", verbose_name=_("units"), blank=True, related_name="projects"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "name"], name="project_name_once"),
            models.CheckConstraint(
                name="project_aim_date_after_start", condition=Q(aim_on__gt=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.organization.collaborative.slug, self.ref])

    @property
    def home(self) -> Collaborative:
        return self.organization.collaborative


class ProjectMeasure(models.Model):
    """A measure in its role for a project."""

    class Role(models.TextChoices):
        OUTCOME = "outcome", _("Outcome")
        PROCESS = "process", _("Process")
        BALANCING = "balancing", _("Balancing")

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    project = models.ForeignKey(
        Project, models.CASCADE, verbose_name=_("project"), related_name="project_measures"
    )
    measure = models.ForeignKey(
        "measures.Measure", models.PROTECT, verbose_name=_("measure"), related_name="project_measures"
    )
    role = KeyField(_("role"), max_length=10, choices=Role.choices, default=Role.PROCESS)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("project measure")
        verbose_name_plural = _("project measures")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "measure"], name="project_measure_once"),
        ]

    def __str__(self) -> str:
        return gettext("%(role)s of %(project)s: %(measure)s") % {
            "role": self.get_role_display(),
            "project": self.project,
            "measure": self.measure,
        }

    @property
    def home(self) -> Collaborative:
        return self.project.organization.collaborative


def part_key(project: Project, role: str) -> str:
    """A role in a project, as a form sends it."""
    return f"{project.ref}:{role}"


def parted(key: str) -> tuple[str, str]:
    """The project's ref and the role of such a key."""
    ref, _colon, role = key.partition(":")
    return ref, role


class TeamMember(models.Model):
    """A member of the organization, named in a project's team."""

    ref = models.CharField(_("ref"), max_length=12, unique=True, default=new_ref, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, verbose_name=_("project"), related_name="team")
    membership = models.ForeignKey(
        "organizations.Membership", models.PROTECT, verbose_name=_("membership"), related_name="teams"
    )
    task = models.CharField(
        _("task"), max_length=80, blank=True, help_text=_("Pharmacist, day-to-day leader, analyst")
    )
    is_leader = models.BooleanField(_("leads the project"), default=False)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        ordering: ClassVar = ["-is_leader", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "membership"], name="team_member_once"),
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(is_leader=True), name="team_has_one_leader"
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(person)s in %(project)s") % {
            "person": self.membership.user,
            "project": self.project,
        }

    @property
    def home(self) -> Collaborative:
        return self.project.organization.collaborative
