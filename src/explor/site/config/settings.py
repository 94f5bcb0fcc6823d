"""Django settings, from environment variables that are all documented in docs/settings.md.

Only the pytest plugin `testing` reads one of these variables elsewhere.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from . import database, postgres, proconnect
from .capabilities import CAPABILITIES
from .limits import limits_of
from .logs import configure as configure_logs
from .sign_in import *  # noqa: F403
from .strength import exposed, guessable, weaknesses

ENV = os.environ
ROOT = Path(ENV.get("EXPLOR_ROOT") or Path(__file__).parents[4])
VAR = Path(ENV.get("EXPLOR_VAR") or ROOT / "var")

PRODUCTION = ENV.get("EXPLOR_PRODUCTION") == "1"
DEBUG = ENV.get("EXPLOR_DEBUG") == "1"
EXPLOR_DEMO = ENV.get("EXPLOR_DEMO") == "1"
# Production refuses it, so it is no secret.
DEVELOPMENT_SECRET = "development-only-secret-never-used-in-production"  # nosec B105
SECRET_KEY = ENV.get("SECRET_KEY", DEVELOPMENT_SECRET)
JOURNAL_KEY = ENV.get("JOURNAL_KEY", DEVELOPMENT_SECRET)
ALLOWED_HOSTS = ENV.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
PORT = int(ENV.get("PORT") or 8000)
EXPLOR_URL = ENV.get("EXPLOR_URL", f"http://127.0.0.1:{PORT}")
EXPLOR_MAIL_DOMAIN = ENV.get("EXPLOR_MAIL_DOMAIN", "explor.example")
EXPLOR_DKIM_SELECTOR = ENV.get("EXPLOR_DKIM_SELECTOR", "")
EXPLOR_SECURITY_CONTACT = ENV.get("EXPLOR_SECURITY_CONTACT", "")
EXAMPLE_PUBLISHER = "Explor (exemple)"
EXPLOR_PUBLISHER = ENV.get("EXPLOR_PUBLISHER", EXAMPLE_PUBLISHER)
# Of the legal notice, with the name above.
EXPLOR_PUBLISHER_ADDRESS = ENV.get("EXPLOR_PUBLISHER_ADDRESS", "")
EXPLOR_DIRECTOR = ENV.get("EXPLOR_DIRECTOR", "")
EXPLOR_HOSTING = ENV.get("EXPLOR_HOSTING", "")
EXPLOR_CONTACT = ENV.get("EXPLOR_CONTACT", "")
EXPLOR_ACCESSIBILITY_PLAN = ENV.get("EXPLOR_ACCESSIBILITY_PLAN", "")
EXPLOR_IATI_REF = ENV.get("EXPLOR_IATI_REF", "XI-EXPLOR-EXEMPLE" if EXPLOR_DEMO else "")
EXPLOR_IATI_SCHEMAS = ENV.get("EXPLOR_IATI_SCHEMAS", "")
SEAL_KEY = Path(ENV.get("EXPLOR_SEAL_KEY") or VAR / "seal" / "key.pem")
SEAL_PASSPHRASE = ENV.get("EXPLOR_SEAL_PASSPHRASE", "")
ENCRYPTION_KEYS = ENV.get("EXPLOR_ENCRYPTION_KEYS", "")  # newest first, else the file below
ENCRYPTION_RING = Path(ENV.get("EXPLOR_ENCRYPTION_RING") or VAR / "encryption" / "keys")
BACKUP_RECIPIENTS = ENV.get("EXPLOR_BACKUP_RECIPIENTS", "").replace(",", " ").split()
# Days of each term of `ground/privacy/terms.py` that this installation changes.
TERMS_IN_DAYS = {key[12:].lower(): int(ENV[key]) for key in ENV if key.startswith("EXPLOR_TERM_")}
SIGNATURE_YEARS = int(ENV.get("SIGNATURE_YEARS", "5"))  # how long machines that signed are kept
ERASURES = Path(ENV.get("EXPLOR_ERASURES") or VAR / "erasures.jsonl")  # replayed by a restore
# The antivirus that reads uploaded files: the socket of clamd, or host:port; "" for none.
CLAMD = ENV.get("EXPLOR_CLAMD", "")
# Megabytes that the files of each may take, unless the network or the administration gives more.
SPACES = {
    "organisations.organisation": int(ENV.get("EXPLOR_SPACE_ORGANISATION", "200")),
    "networks.network": int(ENV.get("EXPLOR_SPACE_NETWORK", "5000")),
}
# Only the worker and the commands read the private key; the pages verify with the public ones.
JOURNAL_SEAL_KEY = Path(ENV.get("EXPLOR_JOURNAL_SEAL_KEY") or VAR / "journal-seal" / "key.pem")
JOURNAL_PUBLIC_KEYS = Path(ENV.get("EXPLOR_JOURNAL_PUBLIC_KEYS") or VAR / "journal" / "public.txt")
JOURNAL_HEADS = Path(ENV.get("EXPLOR_JOURNAL_HEADS") or VAR / "journal" / "heads.txt")
TRAVEL_ADVICE_DAYS = int(ENV.get("TRAVEL_ADVICE_DAYS", "30"))  # then the advice is out of date
if PRODUCTION and (DEBUG or EXPLOR_DEMO or DEVELOPMENT_SECRET in (SECRET_KEY, JOURNAL_KEY)):
    raise ImproperlyConfigured(
        "En production : donnez SECRET_KEY et JOURNAL_KEY, sans EXPLOR_DEBUG ni EXPLOR_DEMO."
    )
if PRODUCTION and not (ENCRYPTION_KEYS or ENV.get("EXPLOR_ENCRYPTION_RING")):
    raise ImproperlyConfigured(
        "En production : donnez EXPLOR_ENCRYPTION_KEYS, ou EXPLOR_ENCRYPTION_RING (le chemin d’un "
        "fichier gardé loin de la base). Une clé neuve : explor encryption new --print"
    )
KEYS = {"SECRET_KEY": SECRET_KEY, "JOURNAL_KEY": JOURNAL_KEY}
RING = ENCRYPTION_KEYS.split(",") if ENCRYPTION_KEYS else []
WEAKNESSES = [
    *weaknesses(KEYS, ALLOWED_HOSTS, EXPLOR_URL, RING),
    *guessable(ENV.get("DATABASE_URL", ""), ENV.get("EMAIL_HOST_PASSWORD", "")),
    *exposed(
        ENV.get("EMAIL_HOST", ""), ENV.get("EMAIL_HOST_PASSWORD", ""), ENV.get("EMAIL_USE_TLS")
    ),
]
if PRODUCTION and WEAKNESSES:
    raise ImproperlyConfigured("En production : " + " ".join(WEAKNESSES))

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
    "template_partials.apps.SimpleAppConfig",  # the default one replaces the loaders below
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "explor.ground.http.headers.PrivacyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
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
DATABASE_OWNER_URL = ENV.get("DATABASE_OWNER_URL", "")  # for `explor migrate` and `restore` only
WEB_QUERY = float(ENV.get("EXPLOR_WEB_QUERY", "10"))  # seconds; a longer one gives a page 503
WEB_LOCK = float(ENV.get("EXPLOR_WEB_LOCK", "1.5"))  # seconds
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "explor_cache",
    }
}

SOCIALACCOUNT_PROVIDERS = proconnect.providers(ENV)
REQUEST_LIMITS = limits_of(ENV)
ALLAUTH_TRUSTED_PROXY_COUNT = int(ENV.get("EXPLOR_PROXIES", "0"))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

LANGUAGE_CODE = "fr"
# Only the pages and messages for field partners are translated; the rest is in French.
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
EMAIL_PORT = int(ENV.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = ENV.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = ENV.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = ENV.get("EMAIL_USE_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.get("EXPLOR_MAIL_FROM", f"Explor <ne-pas-repondre@{EXPLOR_MAIL_DOMAIN}>")

SESSION_ENGINE = "explor.ground.accounts.models.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # from the sign-in, whatever the activity
SESSION_IDLE = int(ENV.get("EXPLOR_IDLE_MINUTES", "120")) * 60
# For the roles that require a second factor.
SESSION_IDLE_EXPOSED = int(ENV.get("EXPLOR_IDLE_MINUTES_EXPOSED", "30")) * 60
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
    | {"form-action": [SELF, *proconnect.origins(ENV)]}
}
# A request beyond any of these limits gets a page 413.
BODY_LIMIT = 25 * 1024 * 1024  # bytes, files included: a workbook of 20 MB and its form
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes, files excluded
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
LOGGING_CONFIG = None
configure_logs(debug=DEBUG)
