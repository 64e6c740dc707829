"""Verbs of projects and their teams, in every state."""

from copy import copy
from datetime import timedelta

from django.utils import timezone

from organizations.models import User
from projects.models.project import part_key
from projects.services import projects, teams
from tests.actors import LISTED
from tests.permissions.states.scene import Scene, Verb


def create(at: Scene, by: User) -> object:
    dates = {"starts_on": timezone.localdate(), "aim_on": timezone.localdate() + timedelta(days=100)}
    return projects.create(at.own, name="New", aim="Fewer falls", care_process=LISTED, by=by, **dates)


VERBS: dict[str, Verb] = {
    "projects.create": create,
    "projects.edit": lambda at, by: projects.edit(at.project, name="Another", by=by),
    "projects.complete": lambda at, by: projects.complete(at.project, by=by),
    "projects.stop": lambda at, by: projects.stop(at.project, by=by),
    "projects.link_measure": lambda at, by: projects.link_measure(
        at.project, at.spare, role="process", by=by
    ),
    "projects.link_measure:linked": lambda at, by: projects.link_measure(
        at.project, at.measure, role="process", by=by
    ),
    "projects.take_part": lambda at, by: projects.take_part(at.spare, part_key(at.project, "process"), by=by),
    "projects.unlink_measure": lambda at, by: projects.unlink_measure(copy(at.link), by=by),
    "teams.add": lambda at, by: teams.add(at.project, at.newcomer, by=by),
    "teams.add:again": lambda at, by: teams.add(at.project, at.membership, by=by),
    "teams.remove": lambda at, by: teams.remove(copy(at.team_member), by=by),
}

TABLE = """
                                           str led ent mem oth fac off fun adm
projects.create               -            403 ok  403 403 403 403 403 403 403
projects.create               past         403 no  403 403 403 403 403 403 403
projects.create               applicant    403 403 403 403 403 403 403 403 403
projects.edit                 -            403 ok  403 403 403 403 403 403 403
projects.edit                 completed    403 no  403 403 403 403 403 403 403
projects.edit                 stopped      403 no  403 403 403 403 403 403 403
projects.edit                 past         403 no  403 403 403 403 403 403 403
projects.edit                 applicant    403 403 403 403 403 403 403 403 403
projects.complete             -            403 ok  403 403 403 403 403 403 403
projects.complete             completed    403 no  403 403 403 403 403 403 403
projects.complete             stopped      403 no  403 403 403 403 403 403 403
projects.complete             past         403 no  403 403 403 403 403 403 403
projects.stop                 -            403 ok  403 403 403 403 403 403 403
projects.stop                 completed    403 no  403 403 403 403 403 403 403
projects.stop                 stopped      403 no  403 403 403 403 403 403 403
projects.stop                 past         403 no  403 403 403 403 403 403 403
projects.link_measure         -            403 ok  403 403 403 403 403 403 403
projects.link_measure         retired      403 no  403 403 403 403 403 403 403
projects.link_measure         completed    403 no  403 403 403 403 403 403 403
projects.link_measure         past         403 no  403 403 403 403 403 403 403
projects.link_measure:linked  -            403 no  403 403 403 403 403 403 403
projects.take_part            -            403 ok  403 403 403 403 403 403 403
projects.take_part            stopped      403 no  403 403 403 403 403 403 403
projects.take_part            past         403 no  403 403 403 403 403 403 403
projects.unlink_measure       -            403 ok  403 403 403 403 403 403 403
projects.unlink_measure       retired      403 ok  403 403 403 403 403 403 403
projects.unlink_measure       removed      403 no  403 403 403 403 403 403 403
projects.unlink_measure       completed    403 no  403 403 403 403 403 403 403
projects.unlink_measure       past         403 no  403 403 403 403 403 403 403
teams.add                     -            403 ok  403 403 403 403 403 403 403
teams.add                     ended        403 no  403 403 403 403 403 403 403
teams.add                     stopped      403 no  403 403 403 403 403 403 403
teams.add                     past         403 no  403 403 403 403 403 403 403
teams.add:again               -            403 no  403 403 403 403 403 403 403
teams.remove                  -            403 ok  403 403 403 403 403 403 403
teams.remove                  removed      403 no  403 403 403 403 403 403 403
teams.remove                  completed    403 no  403 403 403 403 403 403 403
teams.remove                  past         403 no  403 403 403 403 403 403 403
"""
