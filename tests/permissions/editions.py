"""Editions: readers read all of it, those who take part read its record, runners act."""

from __future__ import annotations

from datetime import date, time

from karvan.foundation.places.models import ClosedPeriod, WorkingHours, WorkingWeek
from karvan.stages.editions.models import EditionPartner
from karvan.stages.editions.services import prepare_invitation
from tests import make

from .route import READERS, RUNNERS, only

TAKING_PART = ("participant", "trainer", "mentor", "partner", *READERS)


def here(world):
    return {"edition": world.edition.slug}


def activity(world):
    return {**here(world), "activity": world.activity.code}


def session(world):
    return {**activity(world), "session": "D1S1"}


def session_of_library(world):
    return {**session(world), "version": world.edition.blueprint.pk, "of": "BC"}


def venue(world):
    return {**here(world), "venue": world.venue.pk}


def period(world):
    made = ClosedPeriod.objects.create(
        country=world.edition.country, scope=world.edition.scope, kind="exams", name="Examinations",
        starts_on=date(2026, 1, 11), ends_on=date(2026, 1, 22), reason="tests",
    )  # fmt: skip
    return {**here(world), "period": made.pk}


def own_week(world):
    made = WorkingWeek.objects.create(
        country=world.edition.country, scope=world.edition.scope, workdays=[1], source="tests"
    )
    return {**here(world), "week": made.pk}


def own_hours(world):
    made = WorkingHours.objects.create(
        country=world.edition.country, scope=world.edition.scope, kind="usual",
        starts=time(9), ends=time(17), source="tests",
    )  # fmt: skip
    return {**here(world), "hours": made.pk}


def invitation(world):
    made = prepare_invitation(
        world.edition,
        full_name="Somebody",
        email=f"somebody{make.one()}@example.org",
        kind="trainer",
        by=None,
    )
    return {**here(world), "pk": made.pk}


def partner(world):
    made = EditionPartner.objects.create(edition=world.edition, party=make.party(), part="partner")
    return {**here(world), "partner": made.pk}


def budget_line(world):
    return {**here(world), "line": make.budget_line(of=world.edition).code}


def budget_entry(world):
    return {**here(world), "entry": make.budget_entry(make.budget_line(of=world.edition)).pk}


def programme(world):
    return {"programme": world.edition.programme.code}


def reading(**more):
    return only(READERS, arguments=more.pop("arguments", here), **more)


def acting(**more):
    return only(RUNNERS, arguments=more.pop("arguments", here), method="post", **more)


ROUTES = {
    "editions:editions": only(("neighbour", *TAKING_PART)),
    "editions:adopt": only(("neighbour", *RUNNERS)),
    "editions:edition": only(TAKING_PART, arguments=here),
    "editions:languages": acting(),
    "editions:fulfil": acting(),
    "editions:close": acting(),
    "editions:partners": reading(),
    "editions:add_party": acting(),
    "editions:remove_partner": acting(arguments=partner),
    "editions:dates": reading(),
    "editions:plan": acting(arguments=activity),
    "editions:plan_all": acting(),
    "editions:keep_clear": acting(),
    "editions:freeze": acting(arguments=activity),
    "editions:record_actual": acting(arguments=activity),
    "editions:venues": reading(),
    "editions:use_venue": acting(),
    "editions:add_venue": acting(),
    "editions:add_room": acting(arguments=venue),
    "editions:leave_venue": acting(arguments=venue),
    "editions:locate_venue": acting(arguments=venue),
    "editions:calendar": reading(),
    "editions:set_week": acting(),
    "editions:set_hours": acting(),
    "editions:note_holiday": acting(),
    "editions:add_period": acting(),
    "editions:remove_period": acting(arguments=period),
    "editions:remove_week": acting(arguments=own_week),
    "editions:remove_hours": acting(arguments=own_hours),
    "editions:add_needed_rooms": acting(arguments=venue),
    "editions:places": reading(),
    "editions:translation": reading(),
    "editions:save_translation": acting(),
    "editions:import_translation": acting(),
    "editions:invitations": only(RUNNERS, arguments=here),
    "editions:send_invitations": acting(),
    "editions:withdraw_invitation": acting(arguments=invitation),
    "editions:parts": reading(),
    "editions:change": only(
        RUNNERS, arguments=here, data=lambda w: {"path": "activities.BC.title"}
    ),
    "editions:departures": reading(),
    "editions:design": only(RUNNERS, arguments=here),
    "editions:sessions": reading(arguments=activity),
    "editions:new_session": only(RUNNERS, arguments=activity),
    "editions:session_library": only(RUNNERS, arguments=activity),
    "editions:take_session": only(RUNNERS, arguments=session_of_library),
    "editions:session": only(RUNNERS, arguments=session),
    "editions:review": only(RUNNERS, arguments=here),
    "editions:finish": acting(),
    "editions:budget": reading(),
    "editions:lay_out_budget": acting(),
    "editions:add_budget_line": acting(),
    "editions:budget_line": reading(arguments=budget_line),
    "editions:say_share": acting(arguments=budget_line),
    "editions:withdraw_share": acting(arguments=budget_line),
    "editions:correct_amount": only(RUNNERS, arguments=budget_entry),
    "editions:planned_and_actual": reading(),
    "editions:programme_budget": only(("neighbour", *READERS), arguments=programme),
    "editions:programme_plan": only(("neighbour", *READERS), arguments=programme),
}
