"""Django settings, read once from the node file of `ENTRAIDE_HOME`.

Without a home (reading files, making catalogs, checks) the settings are those of an empty node in memory, which
`config.composition` refuses to serve.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from entraide.config.limits import DEFAULT_LIMITS
from entraide.config.node_file import database_settings, read_node_file, sqlite_settings
from entraide.kernel.languages import SOURCE, SPOKEN

_home = os.environ.get("ENTRAIDE_HOME")
NODE_FILE = read_node_file(Path(_home)) if _home else None

SECRET_KEY = NODE_FILE.secret if NODE_FILE else secrets.token_urlsafe(48)
DEBUG = False
ALLOWED_HOSTS = ["*"] if NODE_FILE is None else ["127.0.0.1", "localhost", "[::1]"]
if NODE_FILE:
    ALLOWED_HOSTS.append(urlsplit(NODE_FILE.node.origin).hostname or "localhost")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "entraide.storage",
    "entraide.journal",
    "entraide.access",
    "entraide.search",
    "entraide.directory",
    "entraide.channel",
    "entraide.safeguards",
    "entraide.programme",
    "entraide.plans",
    "entraide.requests",
    "entraide.communiques",
    "entraide.tables",
    "entraide.publication",
    "entraide.web",
    "entraide.rest",
    "entraide.peer",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "entraide.config.programs.CompressionMiddleware",
    "entraide.config.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "entraide.config.middleware.AddressLanguageMiddleware",
    "entraide.config.middleware.TypographyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "entraide.config.middleware.NodeMiddleware",
    "entraide.config.programs.ProgramsMiddleware",
    "entraide.config.limiting.LimitMiddleware",
    "entraide.config.middleware.JoinedMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "entraide.config.middleware.ErrorMiddleware",
    "entraide.config.middleware.EditionMiddleware",
    "entraide.config.middleware.BodyMiddleware",
    "entraide.config.limiting.ReportLimitMiddleware",
]

# How often programs may ask for what is made for them; None: as often as they like.
RATE_LIMITS = NODE_FILE.limits if NODE_FILE else DEFAULT_LIMITS

ROOT_URLCONF = "entraide.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent.parent / "web" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "care": "entraide.web.checks.tags",
                "error_reports": "entraide.web.reports.tags",
                "linked": "entraide.web.feeds.tags",
                "threads": "entraide.web.register.tags",
                "about_page": "entraide.web.register.head_tags",
            },
            "builtins": ["entraide.web.templatetags.moments"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "entraide.web.context.site",
            ],
        },
    },
]

DATABASES = {
    "default": database_settings(NODE_FILE.database_url, NODE_FILE.node.home)
    if NODE_FILE
    else sqlite_settings(":memory:"),
}
DATABASE_ROUTERS = ["entraide.config.databases.router.ActiveNodeRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "entraide.web.account.adapter.ClosedAccountAdapter"
MFA_ADAPTER = "entraide.web.account.adapter.SealedSecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half minutes by which a telephone's clock may differ

# Two nodes on one host name (the demonstration) must not overwrite each other's cookies.
_cookie = f"entraide_{NODE_FILE.node.name.replace('-', '_')}" if NODE_FILE else "entraide"
SESSION_COOKIE_NAME = f"{_cookie}_session"
CSRF_COOKIE_NAME = f"{_cookie}_csrf"
LANGUAGE_COOKIE_NAME = "entraide_language"
SESSION_COOKIE_HTTPONLY = True
_secure = bool(NODE_FILE and NODE_FILE.node.origin.startswith("https://"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = SOURCE
LANGUAGES = [(code, code) for code in SPOKEN]  # pages show each by its own name, from CLDR
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
FORMAT_MODULE_PATH = "entraide.config.formats"
# For a language without a module of formats, here and in Django.
DATE_FORMAT, TIME_FORMAT, DATETIME_FORMAT = "j F Y", "H:i", "j F Y, H:i"
SHORT_DATE_FORMAT, SHORT_DATETIME_FORMAT = "d/m/Y", "d/m/Y H:i"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = NODE_FILE.node.home / "static" if NODE_FILE else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # Hashed names let a browser keep a file for ever and never show an old one.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

LOGGING_CONFIG = None  # `config.logs` sets it up for structlog
