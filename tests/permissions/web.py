"""Accounts, people, parties."""

from __future__ import annotations

from tests.permissions.route import READERS, SIGNED_IN, only, public

OFFICERS = ("officer", "administrator")


def somebody(world):
    return {"pk": world.people["auditor"].pk}


def last_administrator(world):
    """The one role that stays when somebody who may withdraw it tries to."""
    person = world.people["administrator"]
    return {"pk": person.pk, "role": person.roles.get().pk}


def a_party(world):
    return {"code": world.party.code}


ROUTES = {
    "health": public(),
    "robots": public(),
    "sign_in_link": public(arguments=lambda world: {"token": "forged"}),
    "demo_sign_in": only((), method="post", arguments=somebody),
    "account": only(SIGNED_IN),
    "people": only(OFFICERS),
    "new_person": only(OFFICERS),
    "person": only(OFFICERS, arguments=somebody),
    "grant_role": only(
        OFFICERS,
        method="post",
        arguments=somebody,
        data=lambda world: {"kind": "mentor", "scope": "TVP"},
    ),
    "withdraw_role": only(("administrator",), method="post", arguments=last_administrator),
    "parties": only((*READERS, "neighbour")),
    "new_party": only(OFFICERS),
    "party": only((*READERS, "neighbour"), arguments=a_party),
    "change_party": only(OFFICERS, arguments=a_party),
    "party_logo": only(OFFICERS, method="post", arguments=a_party),
}
