"""All settings, all from the environment. ``docs/settings.md`` lists the variables."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from . import env
from .databases import database

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(env.text("KARVAN_DATA", str(ROOT / "var")))

DEBUG = env.flag("KARVAN_DEBUG")
DEMO = env.flag("KARVAN_DEMO")  # shows the demo sign-ins; set by `karvan demo`
SECRET_FILE = DATA / "secret-key"
SECRET_KEY = env.secret(
    "KARVAN_SECRET_KEY",
    otherwise=SECRET_FILE.read_text().strip() if SECRET_FILE.exists() else None,
)
SITE_ADDRESS = env.text("KARVAN_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("KARVAN_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if SITE_ADDRESS.startswith("https://") else []

PIPELINE = [
    "agreements",
    "blueprints",
    "editions",
    "calls",
    "reviews",
    "selection",
    "timetables",
    "delivery",
    "dossiers",
    "ventures",
    "convening",
    "heritage",
    "credentials",
    "reports",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "karvan.foundation.web",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "karvan.foundation.places",
    "karvan.foundation.records",
    "karvan.foundation.files",
    "karvan.foundation.people",
    "karvan.foundation.messages",
    "karvan.foundation.forms",
    "karvan.foundation.ui",
    *[f"karvan.stages.{stage}" for stage in PIPELINE],
    "karvan.desk",
]

MIDDLEWARE = [
    "karvan.foundation.web.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "karvan.foundation.files.limits.BodyLimitMiddleware",
]

ROOT_URLCONF = "karvan.config.urls"
WSGI_APPLICATION = "karvan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "karvan.foundation.ui.context.frame",
                "karvan.desk.context.pipeline",
            ],
            "builtins": ["karvan.foundation.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": database(env.text("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ---------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
KARVAN_OPEN_SIGNUP = env.flag("KARVAN_OPEN_SIGNUP")  # else only the invited and applicants
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "karvan.foundation.web.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION = "none" if DEMO else "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "karvan.foundation.web.accounts.AccountAdapter"
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Karvan"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_ADDRESS.startswith("http://")
OIDC_ORIGIN = "/".join(env.text("KARVAN_OIDC_SERVER").split("/")[:3])
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "partner",
                "name": env.text("KARVAN_OIDC_NAME", "OpenID Connect"),
                "client_id": env.text("KARVAN_OIDC_CLIENT"),
                "secret": env.text("KARVAN_OIDC_SECRET"),
                "settings": {"server_url": env.text("KARVAN_OIDC_SERVER")},
            }
        ]
        if env.text("KARVAN_OIDC_SERVER")
        else [],
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False

# --- languages ------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية"), ("az", "Azərbaycanca")]
LOCALE_PATHS = [ROOT / "karvan" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "karvan.config.formats"

# --- files ----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
MAX_UPLOAD_BYTES = env.number("KARVAN_MAX_UPLOAD_MB", 10) * 1024 * 1024
MAX_BODY_BYTES = 4 * MAX_UPLOAD_BYTES  # a form with a file too large still reaches its view
MIN_FREE_BYTES = env.number("KARVAN_MIN_FREE_MB", 200) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
if env.text("KARVAN_S3_BUCKET"):
    _PRIVATE = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.text("KARVAN_S3_BUCKET"),
            "endpoint_url": env.text("KARVAN_S3_ENDPOINT") or None,
            "access_key": env.text("KARVAN_S3_KEY") or None,
            "secret_key": env.text("KARVAN_S3_SECRET") or None,
            "region_name": env.text("KARVAN_S3_REGION") or None,
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
else:
    _PRIVATE = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT), "file_permissions_mode": 0o640},
    }
STORAGES = {
    "default": _PRIVATE,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- letters and work -----------------------------------------------------------------
EMAIL_BACKEND = env.text(
    "KARVAN_MAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("KARVAN_MAIL_HOST")
    else "django.core.mail.backends.filebased.EmailBackend",
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env.text("KARVAN_MAIL_HOST", "localhost")
EMAIL_PORT = env.number("KARVAN_MAIL_PORT", 25)
EMAIL_HOST_USER = env.text("KARVAN_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("KARVAN_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("KARVAN_MAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("KARVAN_MAIL_FROM", "Karvan <karvan@localhost>")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- security -------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "media-src": [SELF],
        # Browsers apply this to where a form's answer redirects, too.
        "form-action": [SELF, *([OIDC_ORIGIN] if OIDC_ORIGIN else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE = SITE_ADDRESS.startswith("https://")
SECURE_SSL_REDIRECT = SECURE and env.flag("KARVAN_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("KARVAN_BEHIND_PROXY") else None
)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "karvan.foundation.web.views.csrf_failure"

# --- credentials ----------------------------------------------------------------------
CREDENTIAL_KEY_FILE = DATA / "credential-key.pem"
CREDENTIAL_KEY = env.text("KARVAN_CREDENTIAL_KEY")  # PEM text; the file when empty

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "karvan.foundation.web.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "karvan.foundation.web.logs.JsonFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("KARVAN_LOG_LEVEL", "WARNING")},
    "loggers": {"karvan": {"level": env.text("KARVAN_LOG_LEVEL", "INFO")}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
