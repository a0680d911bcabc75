"""What every page needs to know for its frame: languages, direction, places to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.access import READERS, holds_anywhere
from karvan.foundation.people.models import Person

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Language:
    """One interface language; ``url`` is the present page in it."""

    code: str
    name: str
    url: str
    current: bool
    direction: str


@dataclass(frozen=True, slots=True)
class Place:
    """One of the five places of the foot bar and the head."""

    key: str
    title: str | Promise
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame's variables. Costs no query unless a template lists the places."""
    return {
        "languages": languages_of(request),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "places": SimpleLazyObject(lambda: places_of(request)),
        "theme": _theme(request),
        "demo": settings.DEMO,
    }


def languages_of(request: HttpRequest) -> list[Language]:
    """The interface languages, each with this page's address in it."""
    present = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    path = request.get_full_path()
    codes = {code for code, _name in settings.LANGUAGES}
    first, _slash, rest = path.lstrip("/").partition("/")
    return [
        Language(
            code=code,
            name=name,
            url=f"/{code}/{rest}" if first in codes else f"/{code}/",
            current=code == present,
            direction="rtl" if code == "ar" else "ltr",
        )
        for code, name in settings.LANGUAGES
    ]


def places_of(request: HttpRequest) -> list[Place]:
    """Where this person can go from every page; only the account for those without a role."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    listed = (
        ("desk", _("Desk"), ("desk:home",), _anybody),
        ("board", _("Board"), ("desk:board", "reports:board"), _reader),
        ("agreements", _("Agreements"), ("agreements:agreements",), _reader),
        ("search", _("Search"), ("desk:search",), _anybody),
        ("account", _("Account"), ("account", "web:account", "account_email"), _anybody),
    )
    found = []
    for key, title, names, may in listed:
        url = _first_address(names) if may(person) else None
        if url:
            found.append((key, title, url))
    present = max((url for *_, url in found if request.path.startswith(url)), key=len, default="")
    return [Place(key, title, url, url == present) for key, title, url in found]


def _anybody(person: Person) -> bool:
    return True


def _reader(person: Person) -> bool:
    return holds_anywhere(person, READERS)


def _first_address(names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None


def _theme(request: HttpRequest) -> str:
    """Light or dark as this reader chose it, "" to follow the machine."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""
