"""Who may open the screens of meetings, agreements and commitments."""

from __future__ import annotations

from datetime import date

from .route import only

KEEPERS = ("officer", "administrator")
HOUSE = ("auditor", "coordinator", "neighbour", *KEEPERS)
READERS = ("partner", *HOUSE)


def meeting(world):
    return {"code": world.meeting.code}


def item(world):
    return {"code": world.meeting.code, "number": world.item.number}


def agreement(world):
    return {"code": world.agreement.code}


def clause(world):
    party = world.agreement.parties.first()
    world.agreement.obligations.get_or_create(number="1", defaults={"party": party, "texts": {}})
    return {"code": world.agreement.code, "number": "1"}


def commitment(world):
    return {"code": world.commitment.code}


def signing(world):
    return {"signed_on": date(2021, 1, 1)}


ROUTES = {
    "agreements:consultations": only(READERS),
    "agreements:prepare": only(KEEPERS),
    "agreements:consultation": only(HOUSE, arguments=meeting),
    "agreements:delegate": only(KEEPERS, method="post", arguments=meeting),
    "agreements:topic": only(KEEPERS, method="post", arguments=meeting),
    "agreements:hold": only(KEEPERS, method="post", arguments=meeting),
    "agreements:minutes": only(KEEPERS, arguments=meeting),
    "agreements:minutes_print": only(HOUSE, arguments=meeting),
    "agreements:change_item": only(KEEPERS, arguments=item),
    "agreements:confirm": only(HOUSE, method="post", arguments=meeting),
    "agreements:promise_item": only(KEEPERS, arguments=item),
    "agreements:agreements": only(READERS),
    "agreements:draft": only(KEEPERS),
    "agreements:agreement": only(HOUSE, arguments=agreement),
    "agreements:clause": only(KEEPERS, method="post", arguments=agreement),
    "agreements:signatory": only(KEEPERS, method="post", arguments=agreement),
    "agreements:sign": only(KEEPERS, method="post", arguments=agreement, data=signing),
    "agreements:end": only(KEEPERS, method="post", arguments=agreement),
    "agreements:promise_clause": only(KEEPERS, arguments=clause),
    "agreements:commitments": only(READERS),
    "agreements:commitment": only(HOUSE, arguments=commitment),
    "agreements:evidence": only(KEEPERS, method="post", arguments=commitment),
    "agreements:state": only(KEEPERS, method="post", arguments=commitment),
    "agreements:change_due": only(KEEPERS, method="post", arguments=commitment),
}
