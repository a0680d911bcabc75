"""Who may open the screens of votes tallied."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation import clock
from karvan.foundation.files.models import StoredFile
from karvan.stages.convening.models import RollCallImport
from karvan.stages.convening.services.tallies import keep_tables
from karvan.stages.convening.services.tallies_importing import ask_import
from tests.stages.convening.tallies_tables import VOTES, roll_call

from .route import only

HOUSE = ("auditor", "officer", "administrator")
KEEPERS = ("officer", "administrator")


def organ(world):
    return {"organ": world.organ.code}


def session(world):
    return {**organ(world), "session": world.sitting_session.slug}


def member(world):
    return {**organ(world), "code": world.delegation.membership.code}


def vote(world):
    return {**session(world), "pk": roll_call(world.sitting_session).pk}


def tables(world):
    upload = SimpleUploadedFile("votes.csv", VOTES.encode())
    votes, _calls = keep_tables(world.organ, votes=upload, by=None)
    return {**organ(world), "votes": votes.pk, "calls": 0}


def imported(world):
    """Tables whose import broke off: it can be asked for again by each who may."""
    votes = StoredFile.objects.get(pk=tables(world)["votes"])
    one, _is_new = ask_import(
        world.organ, votes=votes, requirement="simple", language="en", by=None
    )
    RollCallImport.objects.filter(pk=one.pk).update(state="failed", ended_at=clock.now())
    return {**organ(world), "pk": one.pk}


ROUTES = {
    "convening:tallies": only(HOUSE, arguments=organ),
    "convening:tallies_session": only(HOUSE, arguments=session),
    "convening:tallies_vote": only(HOUSE, arguments=vote),
    "convening:tallies_popolo": only(HOUSE, arguments=vote),
    # The delegation of the world's partner makes the partner a reader of the organ.
    "convening:tallies_member": only(("partner", *HOUSE), arguments=member),
    "convening:tallies_alike": only(("partner", *HOUSE), arguments=member),
    "convening:tallies_import": only(KEEPERS, arguments=organ),
    "convening:tallies_preview": only(KEEPERS, arguments=tables),
    "convening:tallies_take": only(KEEPERS, method="post", arguments=tables),
    "convening:tallies_taking": only(KEEPERS, arguments=imported),
    "convening:tallies_take_again": only(KEEPERS, method="post", arguments=imported),
}
