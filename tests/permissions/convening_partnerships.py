"""Who may open the screens of forums and partnerships."""

from __future__ import annotations

from datetime import date

from karvan.stages.convening.models import Forum
from tests import make

from .route import only

KEEPERS = ("officer", "administrator")
HOUSE = ("auditor", "coordinator", "neighbour", *KEEPERS)
READERS = ("partner", *HOUSE)


def partnership(world):
    return {"pk": world.partnership.pk}


def event(world):
    made = world.partnership.events.create(names=make.texts("Forum"), starts_on=date(2022, 6, 1))
    return {**partnership(world), "event": made.pk}


def forum(world):
    found = Forum.objects.first() or make.forum(led_by=world.party)
    return {"code": found.code}


def act(**more):
    return only(KEEPERS, method="post", arguments=partnership, **more)


ROUTES = {
    "convening:partnerships": only(READERS),
    "convening:partnership": only(READERS, arguments=partnership),
    "convening:partnership_ask": only(KEEPERS),
    "convening:partnership_judge": act(),
    "convening:partnership_grant": act(),
    "convening:partnership_refuse": act(),
    "convening:partnership_end": act(),
    "convening:partnership_report": act(),
    "convening:partnership_event": act(),
    # Gone after the first who may: the officer.
    "convening:partnership_event_remove": only(("officer",), method="post", arguments=event),
    "convening:forums": only(READERS),
    "convening:forum": only(READERS, arguments=forum),
    "convening:forum_new": only(KEEPERS),
    "convening:forum_change": only(KEEPERS, arguments=forum),
}
