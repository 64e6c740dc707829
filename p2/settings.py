"""All settings, from the environment. `docs/run/settings.md` documents each variable."""

from pathlib import Path

from csp.constants import NONE, SELF

from p2 import env
from p2.vitals.hanging import WatchedConnection

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.text("P2_VAR", str(BASE_DIR / "var")))

# --- site
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(VAR)
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL)
DEMO_SITE = env.flag("DEMO")
PROXIES = env.on_or_count("BEHIND_PROXY")
ROOT_URLCONF = "p2.urls"
WSGI_APPLICATION = "p2.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "meetings",
    "projects",
    "measures",
    "organizations",
    "p2.apps.P2Config",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "p2.web.middleware.ReadableMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "p2.web.middleware.NotKeptMiddleware",
    "p2.web.middleware.CompressMiddleware",
    "csp.middleware.CSPMiddleware",
    "p2.web.away.DatabaseAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "p2.web.unsent.answers.SignInFirstMiddleware",
    "p2.web.middleware.ReaderTimeZoneMiddleware",
    "p2.web.unsent.typist.TypistMiddleware",
    "p2.web.middleware.ReaderLanguageMiddleware",
    "p2.web.middleware.BrokenRuleMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "p2.spanning.frame.frame",
            ],
            "builtins": ["p2.templatetags.ui"],
        },
    }
]

# --- what runs beside the web process
DATABASES = {
    "default": env.database("DATABASE_URL", "postgresql://p2@localhost/p2"),
}
DATABASES["default"]["OPTIONS"] = {
    "connection_factory": WatchedConnection,
    "connect_timeout": 3,
    "keepalives_idle": 30,  # a machine that vanished is noticed after a minute, not after two hours
    "keepalives_interval": 10,
    "keepalives_count": 3,
    **DATABASES["default"].get("OPTIONS", {}),
}
REDIS_URL = env.text("REDIS_URL", "redis://localhost:6379/0")
OPEN_PAGES_WAIT = min(env.number("OPEN_PAGES_WAIT", 25), 50)  # seconds; a minute later stamps are forgotten

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5, "max_retries": 0}
CELERY_TASK_ALWAYS_EAGER = env.flag("CELERY_EAGER")
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "p2.jobs.scheduler:MarkingScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "pulse": {"task": "p2.pulse", "schedule": 5.0, "options": {"expires": 15}},
    "sweep stale charts": {"task": "measures.refresh_charts", "schedule": 15.0},
    "adopt core measures": {"task": "measures.adopt_core_measures", "schedule": 300.0},
    "forget changes": {"task": "measures.forget_changes", "schedule": 3600.0},
    "open months": {"task": "measures.open_months", "schedule": 3600.0},
    "forget attempts": {"task": "organizations.forget_attempts", "schedule": 3600.0},
    "answer password requests": {"task": "organizations.answer_password_requests", "schedule": 15.0},
    "send letters": {"task": "p2.send_letters", "schedule": 15.0},
    "send digests": {"task": "p2.send_digests", "schedule": 3600.0},
}

# --- people
AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "organizations.forms.account.InvitedOnly"
ACCOUNT_FORMS = {
    "login": "organizations.forms.account.SignInForm",
    "reset_password_from_key": "organizations.forms.account.NewPasswordForm",
    "change_password": "organizations.forms.account.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = False  # tries are counted by our own verbs, in the database (docs/why/005-accounts.md)

# --- mail: the outbox sends through this backend, from the worker only
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "P2 <p2@localhost>")

# --- language, time, files
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sv", "Svenska")]
if DEMO_SITE or env.flag(
    "PSEUDO_LANGUAGE"
):  # every sentence longer and in brackets: it shows what has no translation
    LANGUAGES.append(("en-xa", "[Þšéûðô Éñĝļîšĥ]"))
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.flag("PLAIN_STATIC")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or env.flag("PLAIN_STATIC")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # a file asked for without its hash is found missing, not kept stale
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # without its script a sheet sends some ten a row
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- safety
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "p2.web.unsent.answers.refused"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- API
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["p2.web.api.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["p2.web.api.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["p2.web.api.FilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "p2.web.api.Cursor",
    "PAGE_SIZE": 100,
    "EXCEPTION_HANDLER": "p2.web.api_errors.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "P2",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "AUTHENTICATION_WHITELIST": [],  # described here instead, by the cookie that a caller sends
    "APPEND_COMPONENTS": {
        "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "sessionid"}}
    },
    "SECURITY": [{"session": []}],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "p2.web.api_schema.with_refusals",
    ],
}

# --- composition: what spans the apps, by dotted name; each returns frozen rows (docs/build/composition.md)
API_ROUTES = ["organizations.api.API", "measures.api.API", "projects.api.API"]
FRAME = "organizations.selectors.frame.around"
VISITED = "organizations.services.people.presences.note_everywhere"
DEMO_PEOPLE = ["organizations.demo.sign_ins.offered"]
TODAY_TOLD = ["organizations.selectors.today.told", "measures.selectors.today.told"]
TODAY_DUE = ["measures.selectors.today.due", "organizations.selectors.today.due"]
TODAY_CHANGED = ["measures.selectors.today.changed"]
TODAY_AROUND = ["projects.selectors.today.aims"]
NAVIGATION = [
    "measures.selectors.navigation.entries",
    "projects.selectors.navigation.entries",
    "organizations.selectors.navigation.entries",
]
SEARCH_SOURCES = [
    "organizations.selectors.search.find",
    "measures.selectors.search.find",
    "projects.selectors.search.find",
]
DIGEST_SECTIONS = ["measures.emails.digest_section"]
STYLE_CHARTS = "measures.views.style.page"
MEASURE_PARTS = ["projects.selectors.measure_parts.roles"]
PARTS_OFFERED = ["projects.selectors.measure_parts.offered"]
CARE_PROCESS_USES = [
    "measures.services.care_processes.uses_of_measures",
    "projects.selectors.projects.uses_of_care_processes",
]
TAKE_PART = "projects.services.projects.take_part"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "refused": {"()": "p2.web.log_lines.RefusedInALine"},
        "away": {"()": "p2.jobs.log_lines.AwayInALine"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refused"]}},
    "loggers": {"celery.app.trace": {"filters": ["away"]}},  # the worker has handlers of its own
    "root": {"handlers": ["console"], "level": env.level("LOG_LEVEL", "INFO")},
}
