"""Reports: readers by scope; a partner its own edition's figures and its own promises."""

from __future__ import annotations

from django.utils import timezone

from karvan.stages.editions.models import Departure
from karvan.stages.reports.services import make_report
from tests import make

from .route import READERS, RUNNERS, only

HOUSE = (*READERS, "neighbour")
STAFF = ("officer", "administrator")


def meeting(world):
    return {"code": world.meeting.code}


def agreement(world):
    return {"code": world.agreement.code}


def programme(world):
    return {"programme": world.edition.programme.code}


def edition(world):
    return {"edition": world.edition.slug}


def edition_of_programme(world):
    return {"programme": world.edition.programme.code, "edition": world.edition.slug}


def scope(world):
    return {"scope": world.edition.scope}


def figure(world):
    """The indicators of the library, supplied by the country: its small blueprint names none."""
    Departure.objects.create(
        edition=world.edition,
        path="indicators",
        before=[],
        after=make.document()[1]["indicators"],
        level="free",
        reason="For the matrix",
        made_at=timezone.now(),
    )
    return {"scope": world.edition.scope, "key": "REACH"}


def kept(world):
    return {"pk": make_report(world.edition.scope, by=None).pk}


ROUTES = {
    "reports:ledger": only((*HOUSE, "partner")),
    "reports:ledger_meeting": only(HOUSE, arguments=meeting),
    "reports:ledger_agreement": only(HOUSE, arguments=agreement),
    "reports:keep_meeting": only(STAFF, method="post", arguments=meeting),
    "reports:keep_agreement": only(STAFF, method="post", arguments=agreement),
    "reports:board": only(HOUSE),
    "reports:board_programme": only(HOUSE, arguments=programme),
    "reports:indicators": only(("auditor", *STAFF), arguments=programme),
    "reports:departures": only(("auditor", *STAFF), arguments=programme),
    "reports:departures_edition": only(READERS, arguments=edition_of_programme),
    "reports:edition": only((*READERS, "partner"), arguments=edition),
    "reports:rows": only(READERS, arguments=figure),
    "reports:keep": only(RUNNERS, method="post", arguments=scope),
    "reports:reports": only(HOUSE),
    "reports:report": only(READERS, arguments=kept),
}
