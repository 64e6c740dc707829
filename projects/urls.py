"""The addresses of organizations' pages and of projects. Nouns are pages, verbs are POST."""

from django.urls import path

from projects.views import organizations, portfolio, projects, teams

app_name = "projects"

O = "c/<slug:slug>/o/<str:ref>/"  # noqa: E741 - as in the address
P = "c/<slug:slug>/p/<str:ref>/"

urlpatterns = [
    path("c/<slug:slug>/portfolio/", portfolio.page, name="portfolio"),
    path("c/<slug:slug>/portfolio.csv", portfolio.table, name="portfolio_csv"),
    path(O, organizations.organization, name="organization"),
    path(f"{O}projects.csv", organizations.projects_csv, name="projects_csv"),
    path(f"{O}projects/new", projects.new, name="new_project"),
    path(P, projects.project, name="project"),
    path(f"{P}edit", projects.edit, name="edit_project"),
    path(f"{P}complete", projects.complete, name="complete_project"),
    path(f"{P}stop", projects.stop, name="stop_project"),
    path(f"{P}team", teams.team, name="team"),
    path(f"{P}team.csv", teams.team_csv, name="team_csv"),
    path(f"{P}team/<str:team_member>/remove", teams.remove, name="remove_team_member"),
    path(f"{P}measures", teams.measures, name="project_measures"),
    path(f"{P}measures.csv", teams.measures_csv, name="project_measures_csv"),
    path(f"{P}measures/<str:link>/unlink", teams.unlink, name="unlink_measure"),
]
