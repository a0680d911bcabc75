"""Every address of a stage that the desk leads to, in one table.

A test resolves every line, so a stage that renames an address fails there and not on a desk.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

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
    "desk:version_offer": EDITION,
    "desk:version_offers": ("code", "number"),
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
    "selection:offers": ("edition", "activity"),
    "selection:appeal": ("edition", "activity", "pk"),
    "timetables:edition": EDITION,
    "timetables:mine": (),
    "delivery:edition": EDITION,
    "delivery:session": ("edition", "activity", "pk"),
    "delivery:coursework": ("edition", "activity"),
    "delivery:piece": ("edition", "activity", "code"),
    "delivery:participant": ("edition", "activity", "pk"),
    "dossiers:edition": EDITION,
    "dossiers:dossier": ("edition", "pk"),
    "dossiers:workshop": ("edition", "code"),
    "ventures:edition": EDITION,
    "ventures:venture": ("pk",),
    "ventures:claims": (),
    "ventures:mentoring": ("pk",),
    "convening:edition": EDITION,
    "heritage:edition": EDITION,
    "convening:chair_papers": ("edition", "activity", "code"),
    "convening:organs": (),
    "convening:session": ("organ", "session"),
    "convening:session_documents": ("organ", "session"),
    "convening:resolution": ("organ", "session", "pk"),
    "convening:title_public": ("pk",),
    "convening:title_cycle": ("series", "year"),
    "convening:nomination": ("pk",),
    "convening:titles": (),
    "convening:partnerships": (),
    "heritage:registers": (),
    "heritage:register": ("register",),
    "heritage:monument": ("register", "pk"),
    "heritage:projects": (),
    "heritage:project": ("code",),
    "credentials:edition": EDITION,
    "credentials:credential": ("edition", "number"),
    "credentials:mine": (),
    "reports:edition": EDITION,
    "reports:board": (),
    "reports:ledger": (),
    "credentials:check": (),
    "desk:home": (),
    "desk:search": (),
    "desk:programme": ("code",),
    "desk:partner": ("party",),
    "desk:edition_partner": ("edition", "party"),
    "desk:changes": (),
}


def link(name: str, **arguments: Any) -> str:
    """The address of the view.

    Raises:
        ValueError: the name is not in the table, or the arguments are not its own.
    """
    if set(LINKS.get(name, ("?",))) != set(arguments):
        raise ValueError(f"no link {name!r} with {sorted(arguments)}")
    return reverse(name, kwargs=arguments)
