"""Who may open the screens of the hall: sittings, roll, motions, votes, screen, ballot."""

from __future__ import annotations

from karvan.stages.convening.services.hall_amending import submit_amendment
from tests import make

from .route import only

RUNNERS = ("officer", "administrator")
READERS = ("partner", "auditor", *RUNNERS)  # the partner heads a delegation
PROPOSERS = ("partner", *RUNNERS)


def session(world):
    world.delegation.refresh_from_db()
    return {"organ": world.organ.code, "session": world.sitting_session.slug}


def sitting(world):
    found = world.sitting_session.sittings.first() or make.sitting(world.sitting_session)
    make.present(found, world.delegation)
    return {**session(world), "number": found.number}


def seat(world):
    return {**sitting(world), "delegation": world.delegation.pk}


def motion(world):
    return {**session(world), "pk": make.motion(world.sitting_session).pk}


def amendment(world):
    made = make.motion(world.sitting_session)
    found = submit_amendment(made, number="1", act="delete", texts={}, by=None)
    return {**session(world), "pk": found.pk}


def paragraph(world):
    made = make.motion(world.sitting_session)
    return {**session(world), "pk": made.pk, "paragraph": made.paragraphs.get().pk}


def moved(world):
    return {**motion(world), "to": "deferred"}


def vote(world):
    there = sitting(world)
    found = world.sitting_session.sittings.get(number=there["number"])
    return {**session(world), "pk": make.vote_event(world.sitting_session, sitting=found).pk}


def voter(world):
    return {**vote(world), "delegation": world.delegation.pk}


def teller(world):
    return {**vote(world), "teller": "1"}


ROUTES = {
    "convening:sittings": only(READERS, arguments=session),
    "convening:plan_sitting": only(RUNNERS, arguments=session),
    "convening:order_of_work": only(RUNNERS, arguments=session),
    "convening:sitting": only(READERS, arguments=sitting),
    "convening:change_sitting": only(RUNNERS, arguments=sitting),
    "convening:open_sitting": only(RUNNERS, method="post", arguments=sitting),
    "convening:close_sitting": only(RUNNERS, method="post", arguments=sitting),
    "convening:roll": only(RUNNERS, arguments=sitting),
    "convening:mark_in_hall": only(RUNNERS, method="post", arguments=seat),
    "convening:put_to_vote": only(RUNNERS, arguments=sitting),
    "convening:motions": only(READERS, arguments=session),
    "convening:submit_motion": only(PROPOSERS, arguments=session),
    "convening:motion": only(READERS, arguments=motion),
    "convening:amend_motion": only(PROPOSERS, arguments=motion),
    "convening:amendment_first": only(RUNNERS, method="post", arguments=amendment),
    "convening:carry_motion": only(("partner",), method="post", arguments=motion),
    "convening:move_motion": only(RUNNERS, method="post", arguments=moved),
    "convening:add_paragraph": only(RUNNERS, method="post", arguments=motion),
    "convening:change_paragraph": only(RUNNERS, arguments=paragraph),
    "convening:remove_paragraph": only(("officer",), method="post", arguments=paragraph),
    "convening:votes": only(READERS, arguments=session),
    "convening:vote": only(READERS, arguments=vote),
    "convening:call_vote": only(RUNNERS, method="post", arguments=voter),
    "convening:take_back_vote": only(RUNNERS, method="post", arguments=voter),
    "convening:object_to": only(RUNNERS, method="post", arguments=vote),
    "convening:enter_count": only(RUNNERS, method="post", arguments=teller),
    "convening:close_vote": only(RUNNERS, method="post", arguments=vote),
    "convening:void_vote": only(RUNNERS, method="post", arguments=vote),
    "convening:next_round": only(RUNNERS, method="post", arguments=vote),
    "convening:hall_screen": only(READERS, arguments=session),
    "convening:ballot": only(("partner",), arguments=session),
}
