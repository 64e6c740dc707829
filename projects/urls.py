"""The addresses of organizations' pages and of projects. Nouns are pages, verbs are POST."""

from django.urls import path

from projects.views import all_signals, measures, organization, portfolio, project, team

app_name = "projects"

O = "c/<slug:slug>/o/<str:ref>/"  # noqa: E741 - as in the address
P = "c/<slug:slug>/p/<str:ref>/"

urlpatterns = [
    path("c/<slug:slug>/portfolio/", portfolio.page, name="portfolio"),
    path("c/<slug:slug>/portfolio.csv", portfolio.table, name="portfolio_csv"),
    path("c/<slug:slug>/portfolio/signals/", all_signals.page, name="signals"),
    path("c/<slug:slug>/portfolio/signals.csv", all_signals.table, name="signals_csv"),
    path(O, organization.organization, name="organization"),
    path(f"{O}projects.csv", organization.projects_csv, name="projects_csv"),
    path(f"{O}projects/new", project.new, name="new_project"),
    path(P, project.project, name="project"),
    path(f"{P}edit", project.edit, name="edit_project"),
    path(f"{P}complete", project.complete, name="complete_project"),
    path(f"{P}stop", project.stop, name="stop_project"),
    path(f"{P}team", team.team, name="team"),
    path(f"{P}team.csv", team.team_csv, name="team_csv"),
    path(f"{P}team/<str:team_member>/remove", team.remove, name="remove_team_member"),
    path(f"{P}measures", measures.measures, name="project_measures"),
    path(f"{P}measures.csv", measures.measures_csv, name="project_measures_csv"),
    path(f"{P}measures/<str:link>/unlink", measures.unlink, name="unlink_measure"),
]
