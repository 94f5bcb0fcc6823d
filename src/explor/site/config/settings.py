"""The settings of Django; the settings that an installation may choose are in `installation`.

Besides `installation`, only the pytest plugin `testing` reads environment variables.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from . import database, postgres
from .capabilities import CAPABILITIES
from .installation import *  # noqa: F403
from .installation import DEBUG, ENV, EXPLOR_MAIL_DOMAIN, PRODUCTION, VAR
from .limits import REQUESTS_AT_ONCE as REQUESTS_AT_ONCE
from .logs import configure as configure_logs
from .numbers import integer, seconds
from .proconnect import origins
from .sign_in import *  # noqa: F403

INSTALLED_APPS = [
    *CAPABILITIES,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_htmx",
    "django_structlog",
    "template_partials.apps.SimpleAppConfig",  # the default would replace the loaders below
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    # First, so that redirects to https and static files also have the policy.
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "explor.ground.http.headers.PrivacyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "explor.ground.http.overload.OverloadMiddleware",
    "explor.ground.http.middleware.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "explor.ground.accounts.views.middleware.SessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "explor.ground.http.typography.TypographyMiddleware",
    "explor.ground.roles.middleware.RoleMiddleware",
    "explor.ground.http.body.BodyMiddleware",
    "explor.ground.http.gate.GateMiddleware",
]
ROOT_URLCONF = "explor.site.config.urls"
WSGI_APPLICATION = "explor.site.config.wsgi.application"
FORM_RENDERER = "explor.ground.ui.renderer.Renderer"
CACHED_TEMPLATES = (
    "django.template.loaders.cached.Loader",
    ["explor.ground.ui.loaders.Loader"],
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [CACHED_TEMPLATES])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "explor.ground.roles.context.navigation",
            ],
            "builtins": ["explor.ground.ui.templatetags.ui"],
        },
    }
]

EMBEDDED = None if ENV.get("DATABASE_URL") else postgres.Server(VAR / "postgres")
DATABASE_URL = EMBEDDED.url if EMBEDDED else ENV["DATABASE_URL"]
DATABASES = {"default": database.configured(DATABASE_URL)}
DATABASE_OWNER_URL = ENV.get("DATABASE_OWNER_URL", "")  # only for `explor migrate` and `restore`
WEB_QUERY = seconds(ENV, "EXPLOR_WEB_QUERY", 10)  # a longer query gives a 503 page
WEB_LOCK = seconds(ENV, "EXPLOR_WEB_LOCK", 1.5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "explor_cache",
        # Beyond this size, Django drops live entries, such as sign-in limits and used codes.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

ALLAUTH_TRUSTED_PROXY_COUNT = integer(ENV, "EXPLOR_PROXIES", 0)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

LANGUAGE_CODE = "fr"
# Only pages and messages for field partners are translated; all others are in French.
LANGUAGES = [("fr", "français"), ("en", "anglais"), ("es", "espagnol"), ("pt", "portugais")]
LOCALE_PATHS = [Path(__file__).parents[2] / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "explor.ground.ui.stylesheet.StyleFinder",
]
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_URL = ENV.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_URL else 'dummy'}.EmailBackend"
EMAIL_HOST = EMAIL_URL or "localhost"
EMAIL_PORT = integer(ENV, "EMAIL_PORT", 25)
EMAIL_HOST_USER = ENV.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = ENV.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = ENV.get("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.get("EXPLOR_MAIL_FROM", f"Explor <ne-pas-repondre@{EXPLOR_MAIL_DOMAIN}>")

SESSION_ENGINE = "explor.ground.accounts.models.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # counted from sign-in, whatever the activity
SESSION_IDLE = integer(ENV, "EXPLOR_IDLE_MINUTES", 120) * 60
# For the roles that require a second factor.
SESSION_IDLE_EXPOSED = integer(ENV, "EXPLOR_IDLE_MINUTES_EXPOSED", 30) * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-sessionid" if PRODUCTION else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if PRODUCTION else "csrftoken"
CSRF_FAILURE_VIEW = "explor.ground.http.errors.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^sante(/pret)?$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
OWN = ("script-src", "style-src", "img-src", "font-src", "connect-src")
NOBODY = ("default-src", "base-uri", "frame-ancestors", "object-src")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {key: [NONE] for key in NOBODY}
    | {key: [SELF] for key in OWN}
    | {"form-action": [SELF, *origins(ENV)]}
}
# A request above any of these limits gets a 413 page.
BODY_LIMIT = 25 * 1024 * 1024  # bytes, files included: a workbook of 20 MB and its form
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes, files excluded
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
LOGGING_CONFIG = None
configure_logs(debug=DEBUG)
