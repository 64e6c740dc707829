"""Addresses of the measures app, one block a page."""

from django.urls import path

from measures.views import care_processes, definitions, markups, measure, measures, style
from measures.views.entry import paste, rows, sheet, sign_off, undo

app_name = "measures"

urlpatterns = [
    # an organization's measures
    path("c/<slug:slug>/o/<str:ref>/measures/", measures.page, name="measures"),
    path("c/<slug:slug>/o/<str:ref>/measures/list.csv", measures.table, name="measures_csv"),
    path("c/<slug:slug>/o/<str:ref>/measures/new", measures.new, name="new"),
    path("c/<slug:slug>/o/<str:ref>/measures/adopt", measures.adopt, name="adopt"),
    # what a collaborative's measures may name
    path("c/<slug:slug>/care-processes", care_processes.page, name="care_processes"),
    path("c/<slug:slug>/care-processes.csv", care_processes.table, name="care_processes_csv"),
    path(
        "c/<slug:slug>/care-processes/<str:process>/remove",
        care_processes.remove,
        name="remove_care_process",
    ),
    # the charts of the style page
    path("style/figures/<str:name>.json", style.figure, name="style_figure"),
    # Log the month
    path("c/<slug:slug>/o/<str:ref>/sheet/", sheet.page, name="sheet"),
    path("c/<slug:slug>/o/<str:ref>/sheet/confirm", rows.confirm, name="sheet_confirm"),
    path("c/<slug:slug>/o/<str:ref>/sheet/row", rows.row, name="sheet_row"),
    path("c/<slug:slug>/o/<str:ref>/sheet/token", rows.token, name="sheet_token"),
    path("c/<slug:slug>/o/<str:ref>/sheet/trend", rows.trend, name="sheet_trend"),
    path("c/<slug:slug>/o/<str:ref>/sheet/paste", paste.page, name="paste"),
    path("c/<slug:slug>/o/<str:ref>/sheet/paste/save", paste.save, name="paste_save"),
    path("c/<slug:slug>/o/<str:ref>/sheet/months.csv", paste.download, name="months_csv"),
    path("c/<slug:slug>/o/<str:ref>/sheet/undo", undo.page, name="undo"),
    path("c/<slug:slug>/o/<str:ref>/sheet/complete", sign_off.page, name="sign_off"),
    path("c/<slug:slug>/o/<str:ref>/sheet/complete/withdraw", sign_off.withdraw, name="withdraw_sign_off"),
    # a measure
    path("c/<slug:slug>/m/<str:ref>/", measure.page, name="measure"),
    path("c/<slug:slug>/m/<str:ref>/live", measure.live, name="live"),
    path("c/<slug:slug>/m/<str:ref>/figure.json", measure.figure, name="figure"),
    path("c/<slug:slug>/m/<str:ref>/points.csv", measure.points, name="points"),
    path("c/<slug:slug>/m/<str:ref>/history", measure.history, name="history"),
    # its definition
    path("c/<slug:slug>/m/<str:ref>/define", definitions.define, name="define"),
    path("c/<slug:slug>/m/<str:ref>/rename", definitions.rename, name="rename"),
    path("c/<slug:slug>/m/<str:ref>/share", definitions.share, name="share"),
    path("c/<slug:slug>/m/<str:ref>/retire", definitions.retire, name="retire"),
    path("c/<slug:slug>/m/<str:ref>/resume", definitions.resume, name="resume"),
    # its mark-ups
    *(
        path(f"c/<slug:slug>/m/<str:ref>/{kind}", markups.mark_up, {"kind": kind}, name=kind)
        for kind in markups.PAGES
    ),
    *(
        path(
            f"c/<slug:slug>/m/<str:ref>/{kind}/<str:mark>/withdraw",
            markups.withdraw,
            {"kind": kind},
            name=f"withdraw_{kind}",
        )
        for kind in markups.PAGES
    ),
]
