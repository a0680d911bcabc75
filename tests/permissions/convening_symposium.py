"""Who may open the screens of symposia: papers, decisions, an author's own paper."""

from __future__ import annotations

from karvan.stages.convening.models import Paper
from tests import make

from .route import READERS, RUNNERS, only, public


def edition(world):
    return {"edition": world.edition.slug}


def symposium(world):
    return {**edition(world), "activity": world.symposium.activity.code}


def to_open(world):
    held = world.edition.activities.filter(code="SYM0").first()
    held = held or make.activity("SYM0", of=world.edition, format="symposium")
    return {**edition(world), "activity": held.code}


def track(world):
    made = world.symposium.tracks.first() or make.track(world.symposium, code="mobility")
    return {**symposium(world), "code": made.code}


def a_paper(world) -> Paper:
    made = world.symposium.papers.exclude(state="withdrawn").first()
    return made or make.paper(world.symposium)


def paper(world):
    return {**symposium(world), "number": a_paper(world).number}


def author(world):
    return {**paper(world), "position": 1}


def outcome(world):
    return {**symposium(world), "outcome": "talk"}


def chosen(world):
    return {"chosen": [a_paper(world).pk]}


def own(world):
    call = getattr(world.symposium.activity, "call", None) or make.call(world.symposium.activity)
    sent = make.application(call, state="submitted")
    made = make.paper(world.symposium, application=sent)
    return {"token": made.application.token}


def chaired_paper(world):
    """A paper of the track whose chair is the world's mentor."""
    code = track(world)["code"]
    chaired = world.symposium.tracks.get(code=code)
    chaired.chair = world.people["mentor"]
    chaired.save()
    made = chaired.papers.filter(state="submitted").first()
    made = made or make.paper(world.symposium, track=chaired)
    return {**track(world), "number": made.number}


def chaired_track(world):
    return {key: value for key, value in chaired_paper(world).items() if key != "number"}


def proposed(world):
    made = a_paper(world)
    make.track_proposal(made)
    return {**symposium(world), "number": made.number}


PROPOSAL = {"outcome": "talk", "reason": "Sound and new."}
ROUTES = {
    "convening:edition": only(READERS, arguments=edition),
    "convening:open_symposium": only(RUNNERS, method="post", arguments=to_open),
    "convening:symposium": only(READERS, arguments=symposium),
    "convening:symposium_settings": only(RUNNERS, arguments=symposium),
    "convening:symposium_track": only(RUNNERS, arguments=track),
    "convening:chair_papers": only(("mentor", *READERS), arguments=chaired_track),
    "convening:chair_paper": only(
        ("mentor",), method="post", arguments=chaired_paper, data=lambda world: PROPOSAL
    ),
    "convening:take_proposal": only(
        RUNNERS, method="post", arguments=proposed, data=lambda world: {"outcome": "talk"}
    ),
    "convening:papers": only(READERS, arguments=symposium),
    "convening:take_papers": only(RUNNERS, method="post", arguments=symposium),
    "convening:rank_papers": only(RUNNERS, arguments=symposium),
    "convening:tell_authors": only(RUNNERS, method="post", arguments=symposium),
    "convening:decide_papers": only(RUNNERS, method="post", arguments=outcome, data=chosen),
    "convening:paper": only(READERS, arguments=paper),
    "convening:decide_paper": only(
        RUNNERS, method="post", arguments=paper, data=lambda world: {"outcome": "talk"}
    ),
    "convening:withdraw_paper": only(RUNNERS, method="post", arguments=paper),
    "convening:paper_author": only(RUNNERS, arguments=author),
    "convening:paper_presenter": only(RUNNERS, method="post", arguments=author),
    "convening:own_paper": public(arguments=own),
    "convening:withdraw_own_paper": public(method="post", arguments=own),
}
