"""Delivery: participants see their own, trainers and readers the whole activity."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.stages.delivery.models import Coursework
from karvan.stages.delivery.services import add_material, hand_in
from tests import make

from .route import READERS, RUNNERS, only

OVERSEERS = (*READERS, "trainer")
VIEWERS = (*OVERSEERS, "participant")
TEACHERS = (*RUNNERS, "trainer")


def held(world):
    return {"edition": world.edition.slug, "activity": world.activity.code}


def of_session(world):
    return {**held(world), "pk": world.session.pk}


def own(world):
    return {**held(world), "pk": world.enrolment.pk}


def piece(world):
    Coursework.objects.get_or_create(
        activity=world.activity, code="canvas", defaults={"titles": make.texts("Canvas")}
    )
    return {**held(world), "code": "canvas"}


def work(world):
    piece(world)
    upload = SimpleUploadedFile("plan.txt", b"The plan")
    coursework = world.activity.coursework.get(code="canvas")
    made = hand_in(coursework, enrolment=world.enrolment, upload=upload, by=None)
    return {**held(world), "pk": made.pk}


def material(world):
    upload = SimpleUploadedFile("slides.txt", b"Slides")
    made = add_material(world.session, title="Slides", upload=upload, by=None)
    return {**held(world), "pk": made.pk}


ROUTES = {
    "delivery:edition": only(VIEWERS, arguments=lambda w: {"edition": w.edition.slug}),
    "delivery:participants": only(OVERSEERS, arguments=held),
    "delivery:enrol": only(RUNNERS, method="post", arguments=held),
    "delivery:participant": only(VIEWERS, arguments=own),
    "delivery:leave": only(RUNNERS, method="post", arguments=own),
    "delivery:result": only(TEACHERS, method="post", arguments=own),
    "delivery:sessions": only(VIEWERS, arguments=held),
    "delivery:session": only(VIEWERS, arguments=of_session),
    "delivery:roll": only(TEACHERS, arguments=of_session),
    "delivery:sheet": only(TEACHERS, arguments=of_session),
    "delivery:feedback": only(("participant",), arguments=of_session),
    "delivery:add_material": only(TEACHERS, method="post", arguments=of_session),
    "delivery:material": only(VIEWERS, arguments=material),
    "delivery:coursework": only(VIEWERS, arguments=held),
    "delivery:plan": only(RUNNERS, method="post", arguments=held),
    "delivery:piece": only(VIEWERS, arguments=piece),
    "delivery:mark": only(TEACHERS, arguments=work),
    "delivery:give_back": only(TEACHERS, method="post", arguments=work),
    "delivery:hand_in_file": only(VIEWERS, arguments=work),
}
