"""Settings: how the site is put together; what differs between installations comes from the environment.

CUSTOMHOUSE_SITE_URL the address people use (https switches the strict transport rules on), DATABASE_URL the database (the
embedded one if absent), CUSTOMHOUSE_HOME the folder for what is kept, CUSTOMHOUSE_SECRET_KEY the signing key,
CUSTOMHOUSE_COUNTRY the country package, CUSTOMHOUSE_EVENT_STORE the folder of the event store, CUSTOMHOUSE_INDICATORS the set of
indicators, CUSTOMHOUSE_HISTORIES the folder of the Parquet files that reforms are tried on, CUSTOMHOUSE_FRAMEWORKS the folder of
competences and diagnostics (the shipped one if absent), CUSTOMHOUSE_PERMISSIONS the file of acts that take a certificate (none if absent),
CUSTOMHOUSE_INTEGRITY the folder of lead rules, survey, questions, risk map and contract terms (the shipped one if absent),
CUSTOMHOUSE_SMTP the mail server, as smtp+starttls://user:password@host:587 or smtps://… (if absent, mail is printed),
CUSTOMHOUSE_MAIL_FROM the address that mail comes from, CUSTOMHOUSE_PROXIES the addresses of the proxies before the site, with commas,
whose word on where a call comes from is taken (127.0.0.1 if absent), CUSTOMHOUSE_DEBUG=1 the debug pages.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from customhouse_server.settings.home import home, secret_key
from customhouse_server.settings.logging import configured_logging
from customhouse_server.settings.postgres import database_url

_SOURCE = Path(__file__).resolve().parent.parent
SITE_URL = os.environ.get("CUSTOMHOUSE_SITE_URL", "http://localhost:8000")
_site = urlsplit(SITE_URL)
_https = _site.scheme == "https"

DEBUG = os.environ.get("CUSTOMHOUSE_DEBUG") == "1"
SECRET_KEY = secret_key()
COUNTRY = os.environ.get("CUSTOMHOUSE_COUNTRY", "sandbox")
SIMULATIONS = str(home() / "simulations")
EVENT_STORE = os.environ.get("CUSTOMHOUSE_EVENT_STORE") or str(home() / "events")
HISTORIES = os.environ.get("CUSTOMHOUSE_HISTORIES") or str(home() / "histories")
INDICATORS = os.environ.get("CUSTOMHOUSE_INDICATORS", "customs")
FRAMEWORKS = os.environ.get("CUSTOMHOUSE_FRAMEWORKS", "")
PERMISSIONS = os.environ.get("CUSTOMHOUSE_PERMISSIONS", "")
INTEGRITY = os.environ.get("CUSTOMHOUSE_INTEGRITY", "")
ALLOWED_HOSTS = [_site.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if _https else []
ROOT_URLCONF = "customhouse_server.settings.urls"
WSGI_APPLICATION = "customhouse_server.settings.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "customhouse_server.accounts",
    "customhouse_server.journal",
    "customhouse_server.gateway",
    "customhouse_server.ledger",
    "customhouse_server.quota",
    "customhouse_server.ruling",
    "customhouse_server.people",
    "customhouse_server.declaration",
    "customhouse_server.clearance",
    "customhouse_server.valuation",
    "customhouse_server.tariff",
    "customhouse_server.origin",
    "customhouse_server.performance",
    "customhouse_server.research",
    "customhouse_server.strategy",
    "customhouse_server.tracker",
    "customhouse_server.development",
    "customhouse_server.integrity",
    "customhouse_server.mailbox",
    "customhouse_server.perception",
    "customhouse_server.portal",
    "customhouse_server.availability",
    "customhouse_server.enquiry",
    "customhouse_server.consultation",
    "customhouse_server.register",
    "customhouse_server.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "customhouse_server.desk.form_only.told_of_forms",
    "customhouse_server.desk.unfit.told_of_unfit",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_SOURCE / "desk" / "templates"],  # before the packages' own, so that the sign-in pages are ours
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "customhouse_server.desk.contents.contents",
                "customhouse_server.availability.pages.on_now",
            ]
        },
    }
]

_address = conninfo_to_dict(database_url())
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _address.get("dbname", "postgres"),
        "USER": _address.get("user", ""),
        "PASSWORD": _address.get("password", ""),
        "HOST": _address.get("host", ""),
        "PORT": str(_address.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "customhouse_server.accounts.sign_in.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Customhouse"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
_mail = urlsplit(os.environ.get("CUSTOMHOUSE_SMTP", ""))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.hostname else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtp+starttls"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("CUSTOMHOUSE_MAIL_FROM", "customs@localhost")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [_SOURCE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("CUSTOMHOUSE_STATIC_ROOT")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_AGE = 60 * 60 * 10
CSRF_COOKIE_SECURE = _https
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a form of 999 items
FILE_UPLOAD_MAX_MEMORY_SIZE = 3_000_000

LOGGING_CONFIG = None
configured_logging()
