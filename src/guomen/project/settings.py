"""Settings: embedded defaults that run as they are, and the environment for everything else.

`GUOMEN_DATA` is the folder of an installation (database, keys, exported heads);
`GUOMEN_DATABASE` a PostgreSQL address; `GUOMEN_DEBUG=1` for development alone.
"""

import os
from pathlib import Path

from guomen.project.databases import database_from
from guomen.project.enrolment import enrolment_in
from guomen.project.secrets import data_folder, secret, whole_number

ROOT = Path(__file__).resolve().parents[3]
WEB = Path(__file__).resolve().parents[1] / "web"
API = WEB.parent / "api"
DATA = data_folder(Path(os.environ.get("GUOMEN_DATA", ROOT / "var" / "guomen")))

DEBUG = os.environ.get("GUOMEN_DEBUG") == "1"
SECRET_KEY = secret(DATA / "keys", "session_secret").hex()
ALLOWED_HOSTS = os.environ.get("GUOMEN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

GUOMEN_ENROLMENT = enrolment_in(DATA / "keys")
"""What makes this installation a port node; None at the centre."""
GUOMEN_NODE = GUOMEN_ENROLMENT.node if GUOMEN_ENROLMENT else os.environ.get("GUOMEN_NODE", "centre")
GUOMEN_JURISDICTION = Path(os.environ.get("GUOMEN_JURISDICTION", ROOT / "jurisdictions" / "cn"))
GUOMEN_SEAL_KEY = secret(DATA / "keys", "seal_key")
# A port node has the key that finds numbers, and never the secret that opens persons.
GUOMEN_REGISTRY_SECRET = None if GUOMEN_ENROLMENT else secret(DATA / "keys", "registry_secret")
GUOMEN_INDEX_KEY = GUOMEN_ENROLMENT.index_key if GUOMEN_ENROLMENT else None
GUOMEN_NODE_KEY = GUOMEN_ENROLMENT.node_key if GUOMEN_ENROLMENT else None
GUOMEN_KNOWLEDGE_HOURS = whole_number("GUOMEN_KNOWLEDGE_HOURS", 72, most=720)
"""So long a port node opens gates by what the centre told it last."""
GUOMEN_HEADS = DATA / "heads"
GUOMEN_LAKE = DATA / "lake"

DATABASES = {"default": database_from(os.environ.get("GUOMEN_DATABASE"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "guomen.apps.ledger",
    "guomen.apps.accounts",
    "guomen.apps.registry",
    "guomen.apps.policy",
    "guomen.apps.border",
    "guomen.apps.bulletins",
    "guomen.web",
    "guomen.project",
]

AUTH_USER_MODEL = "accounts.Login"
PASSWORD_HASHERS = ["guomen.project.passwords.FrugalArgon2"]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guomen.web.security.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guomen.web.languages.language_of_path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guomen.web.access.require_duty",
]

ROOT_URLCONF = "guomen.project.urls"
WSGI_APPLICATION = "guomen.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates", API / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "guomen.web.components.page.page_frame",
            ],
            "builtins": ["guomen.web.templatetags.guomen"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("en", "English"),
    ("ru", "Русский"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [ROOT / "src" / "guomen" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

LOGIN_URL = "/desk/login/"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_BEHIND_TLS = os.environ.get("GUOMEN_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if _BEHIND_TLS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
