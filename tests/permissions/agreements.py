"""Who may open the screens of meetings, agreements and commitments."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.stages.agreements.services import add_annex
from tests import make

from .route import only

KEEPERS = ("officer", "administrator")
HOUSE = ("auditor", "coordinator", "neighbour", *KEEPERS)
READERS = ("partner", *HOUSE)


def meeting(world):
    return {"code": world.meeting.code}


def item(world):
    return {"code": world.meeting.code, "number": world.item.number}


def sentence(world):
    return {"code": world.meeting.code, "pk": world.item.pk}


def loose_sentence(world):
    return {"code": world.meeting.code, "pk": make.minutes_item(consultation=world.meeting).pk}


def pair(world):
    first, second = world.meeting.parties.all()
    return {"first": first.party.code, "second": second.party.code}


def agreement(world):
    return {"code": world.agreement.code}


def clause(world):
    party = world.agreement.parties.first()
    world.agreement.obligations.get_or_create(number="1", defaults={"party": party, "texts": {}})
    return {"code": world.agreement.code, "number": "1"}


def signatory(world):
    party = world.agreement.parties.first()
    made, _new = world.agreement.signatories.get_or_create(party=party, name="A head")
    return {**agreement(world), "pk": made.pk}


def annex(world):
    if not world.agreement.annexes.exists():
        upload = SimpleUploadedFile("plan.txt", b"Rooms and days")
        add_annex(world.agreement, titles=make.texts("Plan"), upload=upload, by=None)
    return {**agreement(world), "number": 1}


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
    "agreements:minutes_items": only(KEEPERS, arguments=meeting),
    "agreements:change_item": only(KEEPERS, arguments=sentence),
    "agreements:move_item": only(KEEPERS, method="post", arguments=sentence),
    # Struck by the first who may: the officer.
    "agreements:remove_item": only(("officer",), method="post", arguments=loose_sentence),
    "agreements:confirm": only(HOUSE, method="post", arguments=meeting),
    "agreements:promise_item": only(KEEPERS, arguments=item),
    "agreements:briefing": only(HOUSE, arguments=meeting),
    "agreements:between_choose": only(READERS),
    "agreements:between": only(HOUSE, arguments=pair),
    "agreements:between_print": only(HOUSE, arguments=pair),
    "agreements:agreements": only(READERS),
    "agreements:draft": only(KEEPERS),
    "agreements:agreement": only(HOUSE, arguments=agreement),
    "agreements:clause": only(KEEPERS, method="post", arguments=agreement),
    "agreements:signatory": only(KEEPERS, method="post", arguments=agreement),
    "agreements:term": only(KEEPERS, method="post", arguments=agreement),
    "agreements:clear": only(KEEPERS, method="post", arguments=agreement),
    "agreements:reopen": only(KEEPERS, method="post", arguments=agreement),
    "agreements:signature": only(KEEPERS, method="post", arguments=signatory),
    "agreements:document": only(KEEPERS, method="post", arguments=agreement),
    "agreements:annex": only(KEEPERS, method="post", arguments=agreement),
    "agreements:annex_file": only(HOUSE, arguments=annex),
    # Gone after the first who may: the officer.
    "agreements:annex_remove": only(("officer",), method="post", arguments=annex),
    "agreements:renew": only(KEEPERS, method="post", arguments=agreement),
    "agreements:object": only(KEEPERS, method="post", arguments=agreement),
    "agreements:sign": only(KEEPERS, method="post", arguments=agreement, data=signing),
    "agreements:end": only(KEEPERS, method="post", arguments=agreement),
    "agreements:promise_clause": only(KEEPERS, arguments=clause),
    "agreements:commitments": only(READERS),
    "agreements:commitment": only(HOUSE, arguments=commitment),
    "agreements:evidence": only(KEEPERS, method="post", arguments=commitment),
    "agreements:state": only(KEEPERS, method="post", arguments=commitment),
    "agreements:change_due": only(KEEPERS, method="post", arguments=commitment),
}
