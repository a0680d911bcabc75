"""Read settings from the environment; a missing secret stops the start, with a sentence."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable, or ``default``."""
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """The variable as yes or no.

    Raises:
        ImproperlyConfigured: it is neither.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _YES:
        return True
    if value.strip().lower() in _NO:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, got {value!r}")


def number(name: str, default: int) -> int:
    """The variable as a whole number.

    Raises:
        ImproperlyConfigured: it is not one.
    """
    value = os.environ.get(name)
    if value is None or not value.strip():
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, got {value!r}") from None


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, parted by commas or spaces."""
    return text(name, default).replace(",", " ").split()


def secret(name: str, *, otherwise: str | None = None) -> str:
    """The variable, which must be set unless ``otherwise`` is given.

    Raises:
        ImproperlyConfigured: it is not set.
    """
    value = os.environ.get(name) or otherwise
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Put a long random text into it, or run `karvan init`, which makes one."
        )
    return value
