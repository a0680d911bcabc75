"""Screens that span stages: read the request, ask a query, choose the template."""

from .changes import changes, check_chain
from .editions import cancel_edition
from .home import home
from .partners import edition_partner, partner
from .public import programme, public_home
from .publishing import publish_version
from .reopening import reopen_reading
from .search import search
from .versions import decline_version, version_offer, version_offers

__all__ = [
    "cancel_edition",
    "changes",
    "check_chain",
    "decline_version",
    "edition_partner",
    "home",
    "partner",
    "programme",
    "public_home",
    "publish_version",
    "reopen_reading",
    "search",
    "version_offer",
    "version_offers",
]
