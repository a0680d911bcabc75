"""The settings of the tests: the product's own, with what makes them fast and closed."""

import os
import tempfile

os.environ.setdefault("KARVAN_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("KARVAN_DATA", tempfile.mkdtemp(prefix="karvan-test-"))

from karvan.config.settings import *  # noqa: E402, F403
from karvan.config.settings import DATABASES, MIDDLEWARE, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"].pop("pool")
ACCOUNT_RATE_LIMITS = False
