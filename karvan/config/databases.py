"""The database of a ``DATABASE_URL``: SQLite in the data folder when there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's database settings.

    ``url`` is "", "sqlite:///path" or "postgres://user:password@host:port/name".

    Raises:
        ImproperlyConfigured: another kind of address.
    """
    if not url:
        return _sqlite(data / "karvan.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path))
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or dict(parse_qsl(parts.query)).get("host", ""),
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL must begin with sqlite:// or postgres://, got {parts.scheme!r}"
    )


def _sqlite(path: Path) -> dict[str, Any]:
    """WAL, one writer at a time by waiting instead of failing, and commits that survive a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
            ),
        },
    }
