"""Every address of the site. Nouns are pages, verbs are POST."""

from allauth.account import views as account
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.module_loading import import_string
from django.views.generic import RedirectView
from rest_framework.routers import SimpleRouter

from p2.views import health, letters, method, schema, search, sign_in, stamps, style, today

READ = ["get", "head"]

handler500 = "p2.web.away.failed"

accounts: list[URLPattern | URLResolver] = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Who never had a password gets one by letter.
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password", http_method_names=READ),
        name="account_set_password",
    ),
    # There is no sign-up, but the sign-in page and its letters ask for this address: it leads back.
    path(
        "signup/",
        RedirectView.as_view(pattern_name="account_login", http_method_names=READ),
        name="account_signup",
    ),
]

api = SimpleRouter()
for dotted in settings.API_ROUTES:
    for address, viewset, name in import_string(dotted):
        api.register(address, viewset, basename=name)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("search", search.search, name="search"),
    path("mailbox/", letters.mailbox, name="mailbox"),
    path("letters/", letters.outbox, name="letters"),
    path("letters.csv", letters.outbox_csv, name="letters_csv"),
    path("letters/<str:ref>/resend", letters.resend, name="resend_letter"),
    path("method/run-charts", method.run_charts, name="run_charts"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("stamps/<str:key>", stamps.stamp, name="stamp"),
    path("style/", style.style, name="style"),
    path("accounts/", include(accounts)),
    path("admin/", admin.site.urls),
    path("api/v1/schema.json", schema.SchemaView.as_view(), name="api_schema"),
    path("api/v1/", include((api.urls, "api"))),
    *import_string("organizations.urls.sitewide"),
    path("", include("organizations.urls")),
    path("", include("measures.urls")),
    path("", include("projects.urls")),
]
