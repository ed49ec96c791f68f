"""Settings. Everything a site may choose comes from the environment; docs/settings.md lists the variables."""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent

env = environ.Env()

# --- who is served, and how ---------------------------------------------------------------------------------

DEBUG: bool = env.bool("DEBUG", default=False)
GONGYUE_DEMONSTRATION: bool = env.bool("GONGYUE_DEMONSTRATION", default=False)

# Commands and tests need no secret. `gongyue.wsgi` refuses to serve with this one outside the demonstration.
INSECURE_KEY = "django-insecure-for-commands-tests-and-the-demonstration-only"
SECRET_KEY: str = env.str("SECRET_KEY", default=INSECURE_KEY)
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS if GONGYUE_DEMONSTRATION or DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# A site with a secret of its own is a real one: it speaks HTTPS unless it says otherwise.
HTTPS: bool = env.bool("GONGYUE_HTTPS", default=SECRET_KEY != INSECURE_KEY)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
GONGYUE_BEHIND_PROXY: bool = env.bool("GONGYUE_BEHIND_PROXY", default=False)
if GONGYUE_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- the house ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "gongyue.clock",
    "gongyue.ledger",
    "gongyue.kernel",
    "gongyue.parties",
    "gongyue.circulation",
    "gongyue.programmes",
    "gongyue.needs",
    "gongyue.budget",
    "gongyue.tendering",
    "gongyue.contracts",
    "gongyue.delivery",
    "gongyue.assessment",
    "gongyue.payments",
    "gongyue.oversight",
    "gongyue.disclosure",
    "gongyue.analytics",
    "gongyue.demonstration",
    "gongyue.desk",
    "gongyue.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_htmx",
    "django_tables2",
    "django_filters",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongyue.desk.middleware.ChosenLanguage",
    "gongyue.desk.middleware.NoNul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongyue.desk.middleware.ActingPost",
    "gongyue.portal.throttle.Remembered",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongyue.urls"
WSGI_APPLICATION = "gongyue.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongyue.desk.context.desk",
                "gongyue.desk.context.desk",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# Folders of regimes beside the ones in the package, separated by commas.
GONGYUE_PACKS: list[str] = env.list("GONGYUE_PACKS", default=[])

# --- data ---------------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{PROJECT / 'var' / 'gongyue.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"] |= {
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        },
        # A file, as in use: threads of a test (and of the live server) then have connections of their own.
        "TEST": {"NAME": Path(tempfile.gettempdir()) / f"gongyue-test-{os.getpid()}.sqlite3"},
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}

MEDIA_ROOT = env.path("GONGYUE_MEDIA", default=str(PROJECT / "var" / "media"))()
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 40

# --- mail ---------------------------------------------------------------------------------------------------

# Where reminders are handed in, e.g. smtp+tls://user:password@host:587; without it nothing is ever sent.
if EMAIL_URL := env.str("EMAIL_URL", default=""):
    globals().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = env.str("GONGYUE_MAIL_FROM", default="")
GONGYUE_SITE: str = env.str("GONGYUE_SITE", default="").rstrip("/")  # what a mail links to

# --- static files -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
_vendor = PROJECT / "build" / "static"  # what tools/static takes out of node_modules
STATICFILES_DIRS = [_vendor] if _vendor.is_dir() else []
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if STATIC_ROOT := env.str("GONGYUE_STATIC", default=""):
    MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
    STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

# --- language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- people and safety --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "kernel.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "gongyue.desk.errors.csrf_failed"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "gongyue.desk.errors.locked_out"
AXES_VERBOSE = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
