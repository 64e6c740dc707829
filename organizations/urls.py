"""The addresses of people and structure. Nouns are pages, verbs are POST."""

from django.urls import path

from organizations.views.people import account, invitations, people
from organizations.views.programme import collaboratives, organizations, phases

app_name = "organizations"

C = "c/<slug:slug>/"
O = "c/<slug:slug>/o/<str:ref>/"  # noqa: E741 - as in the address

urlpatterns = [
    path("collaboratives/", collaboratives.directory, name="collaboratives"),
    path("collaboratives.csv", collaboratives.directory_csv, name="collaboratives_csv"),
    path("collaboratives/new", collaboratives.new, name="new_collaborative"),
    path(C, collaboratives.collaborative, name="collaborative"),
    path(f"{C}roster.csv", collaboratives.roster_csv, name="roster_csv"),
    path(f"{C}edit", collaboratives.edit, name="edit_collaborative"),
    path(f"{C}phases/new", phases.new, name="new_phase"),
    path(f"{C}phases/<str:ref>/edit", phases.edit, name="edit_phase"),
    path(f"{C}phases/<str:ref>/admit", phases.admit, name="admit"),
    path(f"{C}organizations/new", organizations.new, name="new_organization"),
    path(f"{C}people/", people.of_collaborative, name="people"),
    path(f"{C}people.csv", people.collaborative_csv, name="people_csv"),
    path(f"{C}appointments/<str:ref>/end", people.end_appointment, name="end_appointment"),
    path(f"{C}invitations/<str:ref>/withdraw", invitations.withdraw, name="withdraw_invitation"),
    path(f"{C}invitations/<str:ref>/renew", invitations.renew, name="renew_invitation"),
    path(f"{O}edit", organizations.edit, name="edit_organization"),
    path(f"{O}units", organizations.unit_list, name="units"),
    path(f"{O}units.csv", organizations.units_csv, name="units_csv"),
    path(f"{O}units/<str:unit>/rename", organizations.rename_unit, name="rename_unit"),
    path(f"{O}units/<str:unit>/remove", organizations.remove_unit, name="remove_unit"),
    path(f"{O}people/", people.of_organization, name="organization_people"),
    path(f"{O}people.csv", people.organization_csv, name="organization_people_csv"),
    path(f"{O}memberships/<str:membership>/end", people.end_membership, name="end_membership"),
    path("invitation/<str:token>", account.invitation, name="invitation"),
    path("me/", account.me, name="me"),
]

sitewide = [
    path("demo/sign-in", account.demo_sign_in, name="demo_sign_in"),
    path("accounts/password/reset/", account.ask_for_password, name="account_reset_password"),
]
"""Known without the namespace, since the sign-in page of every site and allauth's pages ask for them."""
