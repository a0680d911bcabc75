"""Every address of a stage that the desk leads to, in one table: a stage may rename nothing unseen.

A test resolves every line. ``link`` answers "" for an address that is not there, so that a
desk without one stage still opens.
"""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

EDITION = ("edition",)

# The view's name → its keyword arguments.
LINKS: dict[str, tuple[str, ...]] = {
    "account": (),
    "people": (),
    "person": ("pk",),
    "parties": (),
    "party": ("code",),
    "party_logo": ("code",),
    "letters:outbox": (),
    "agreements:consultations": (),
    "agreements:consultation": ("code",),
    "agreements:prepare": (),
    "agreements:agreements": (),
    "agreements:agreement": ("code",),
    "agreements:commitments": (),
    "agreements:commitment": ("code",),
    "blueprints:programmes": (),
    "blueprints:programme": ("code",),
    "blueprints:blueprint": ("code", "number"),
    "blueprints:edition": EDITION,
    "editions:editions": (),
    "editions:adopt": (),
    "editions:edition": EDITION,
    "calls:open": (),
    "calls:call": ("slug",),
    "calls:edition": EDITION,
    "calls:application_record": ("edition", "activity", "number"),
    "calls:duplicates": ("edition", "activity"),
    "calls:nominations": ("edition", "activity"),
    "reviews:queue": (),
    "reviews:edition": EDITION,
    "selection:edition": EDITION,
    "selection:offer": ("token",),
    "timetables:edition": EDITION,
    "timetables:mine": (),
    "delivery:edition": EDITION,
    "delivery:session": ("edition", "activity", "pk"),
    "delivery:coursework": ("edition", "activity"),
    "delivery:piece": ("edition", "activity", "code"),
    "delivery:participant": ("edition", "activity", "pk"),
    "ventures:edition": EDITION,
    "ventures:venture": ("pk",),
    "ventures:claims": (),
    "ventures:mentoring": ("pk",),
    "credentials:edition": EDITION,
    "reports:edition": EDITION,
    "reports:board": (),
    "reports:ledger": (),
    "desk:home": (),
    "desk:search": (),
    "desk:programme": ("code",),
    "desk:partner": ("party",),
    "desk:edition_partner": ("edition", "party"),
    "desk:changes": (),
}


def link(name: str, **arguments: Any) -> str:
    """The address of the view, "" where its stage has none (yet).

    Raises:
        ValueError: the name is not in the table, or the arguments are not its own.
    """
    if set(LINKS.get(name, ("?",))) != set(arguments):
        raise ValueError(f"no link {name!r} with {sorted(arguments)}")
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
