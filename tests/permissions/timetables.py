"""Timetables: those in the room read them, those who run the edition make them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from karvan.stages.timetables.feeds import token_of
from karvan.stages.timetables.models import Disruption, Placement, Search
from karvan.stages.timetables.services import draft_rollout
from tests import make

from .route import EVERY_ROLE, READERS, RUNNERS, SIGNED_IN, only, public

VIEWERS = tuple(role for role in EVERY_ROLE if role not in ("stranger", "reviewer", "neighbour"))


def held(world):
    return {"edition": world.edition.slug, "activity": world.activity.code}


def version(world):
    return {**held(world), "number": world.timetable.number}


def of_session(world):
    return {**held(world), "pk": world.session.pk}


def moved(world):
    now = timezone.now()
    Placement.objects.create(
        timetable=make.timetable(world.activity),
        session=world.session,
        starts_at=now,
        ends_at=now + timedelta(hours=1),
    )
    return of_session(world)


def programme(world):
    return {"programme": world.edition.programme.code}


def year(world):
    made = draft_rollout(
        world.edition.programme,
        team="A",
        day_from=date(2027, 1, 1),
        day_to=date(2027, 12, 31),
        editions=[world.edition],
        by=None,
    )
    return {**programme(world), "number": made.number}


PLANNERS = ("officer", "administrator")
YEAR_READERS = ("neighbour", *READERS)


def searched(world):
    search = Search.objects.create(
        activity=world.activity,
        kind="repair",
        state="done",
        typed={"seed": 1, "work": 1},
        asked_at=timezone.now(),
    )
    return {**held(world), "pk": search.pk}


def noted(world):
    one = Disruption.objects.create(
        activity=world.activity,
        kind="trainer_away",
        trainer=world.trainer,
        reason="Ill",
        made_at=timezone.now(),
    )
    return {**held(world), "pk": one.pk}


ROUTES = {
    "timetable_feed": public(
        arguments=lambda w: {"token": token_of("activity", w.activity.pk)},
    ),
    "timetable_schedule_json": public(
        arguments=lambda w: {"token": token_of("activity", w.activity.pk)},
    ),
    "timetable_schedule_xml": public(
        arguments=lambda w: {"token": token_of("activity", w.activity.pk)},
    ),
    "my_day_worker": public(),
    "timetables:manifest": public(),
    "timetables:mine": only(SIGNED_IN),
    "timetables:rollouts": only(YEAR_READERS, arguments=programme),
    "timetables:new_rollout": only(PLANNERS, arguments=programme),
    "timetables:rollout": only(YEAR_READERS, arguments=year),
    "timetables:agree_rollout": only(PLANNERS, method="post", arguments=year),
    "timetables:copy_rollout": only(PLANNERS, method="post", arguments=year),
    "timetables:edition": only(VIEWERS, arguments=lambda w: {"edition": w.edition.slug}),
    "timetables:timetable": only(VIEWERS, arguments=held),
    "timetables:lay_out": only(RUNNERS, method="post", arguments=held),
    "timetables:build": only(RUNNERS, arguments=held),
    "timetables:improve": only(RUNNERS, arguments=version),
    "timetables:repair": only(RUNNERS, method="post", arguments=held),
    "timetables:search": only(RUNNERS, arguments=searched),
    "timetables:search_again": only(RUNNERS, method="post", arguments=searched),
    "timetables:search_take": only(RUNNERS, method="post", arguments=searched),
    "timetables:disruptions": only(RUNNERS, arguments=held),
    "timetables:take_back": only(RUNNERS, method="post", arguments=noted),
    "timetables:travel": only(RUNNERS, arguments=held),
    "timetables:publish": only(RUNNERS, method="post", arguments=version),
    "timetables:letters": only(RUNNERS, arguments=version),
    "timetables:print": only(VIEWERS, arguments=held),
    "timetables:schedule_json": only(VIEWERS, arguments=held),
    "timetables:schedule_xml": only(VIEWERS, arguments=held),
    "timetables:groups": only(RUNNERS, arguments=held),
    "timetables:group": only(
        RUNNERS, arguments=lambda w: {**held(w), "pk": make.group(w.activity).pk}
    ),
    "timetables:trainers": only(RUNNERS, arguments=held),
    "timetables:add_trainer": only(RUNNERS, arguments=held),
    "timetables:trainer": only(RUNNERS, arguments=lambda w: {**held(w), "pk": w.trainer.pk}),
    "timetables:session": only(VIEWERS, arguments=of_session),
    "timetables:move": only(RUNNERS, arguments=moved),
    "timetables:copy": only(RUNNERS, method="post", arguments=version),
    "timetables:lock": only(RUNNERS, method="post", arguments=version),
    "timetables:throw_away": only(RUNNERS, method="post", arguments=version),
    "timetables:places": only(RUNNERS, arguments=moved),
    "timetables:teaching": only(RUNNERS, arguments=moved),
    "timetables:preferred": only(RUNNERS, method="post", arguments=of_session),
    "timetables:cancel": only(RUNNERS, method="post", arguments=of_session),
}
