"""Calls: applicants need no account; the desk's side is for those who run the activity."""

from __future__ import annotations

from django.core.files.base import ContentFile

from karvan.foundation.files.services import store_upload
from karvan.stages.calls.models import ImportBatch, Nomination

from .route import READERS, RUNNERS, only, public

NOMINATORS = ("partner", *READERS)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def place(world):
    return {"edition": world.edition.slug, "activity": world.activity.code}


def token(world):
    return {"token": world.application.token}


def stored(world, data, name, kinds):
    upload = ContentFile(data, name=name)
    return store_upload(upload, kinds=kinds, scope=world.activity.scope, by=None)


def own_file(world):
    kept = stored(world, PNG, "paper.png", ("png",))
    world.application.files.get_or_create(question="paper", defaults={"file": kept})
    return {**token(world), "question": "paper"}


def desk_file(world):
    own_file(world)
    return {**record(world), "question": "paper"}


def record(world):
    return {**place(world), "number": world.application.number}


def nomination(world):
    made, _new = Nomination.objects.get_or_create(
        call=world.call,
        party=world.party,
        email="n@example.org",
        defaults={
            "name": "N",
            "made_by": world.people["partner"],
            "made_at": world.call.opens_at,
        },
    )
    return {**place(world), "pk": made.pk}


def batch(world):
    made = ImportBatch.objects.create(
        call=world.call,
        file=stored(world, b"name,e-mail\nA,a@example.org\n", "list.csv", ("csv",)),
        report={"head": ["name", "e-mail"], "counts": {"lines": 0}, "lines": []},
        made_by=world.people["officer"],
        made_at=world.call.opens_at,
    )
    return {**place(world), "pk": made.pk}


def seat(world):
    world.edition.partners.get_or_create(
        party=world.party, part="partner", defaults={"reserved_seats": 2}
    )
    return place(world)


ROUTES = {
    "calls:open": public(),
    "calls:call": public(arguments=lambda w: {"slug": w.call.slug}),
    "calls:start": public(method="post", arguments=lambda w: {"slug": w.call.slug}),
    "calls:application": public(arguments=token),
    "calls:save": public(method="post", arguments=token),
    "calls:mail_link": public(method="post", arguments=token),
    "calls:code": public(method="post", arguments=token),
    "calls:withdraw": public(method="post", arguments=token),
    "calls:own_file": public(arguments=own_file),
    "calls:edition": only(NOMINATORS, arguments=lambda w: {"edition": w.edition.slug}),
    "calls:record": only(READERS, arguments=place),
    "calls:draft": only(RUNNERS, arguments=place),
    "calls:publish": only(RUNNERS, method="post", arguments=place),
    "calls:move": only(RUNNERS, method="post", arguments=place),
    "calls:extend": only(RUNNERS, method="post", arguments=place),
    "calls:cancel": only(RUNNERS, method="post", arguments=place),
    "calls:applications": only(READERS, arguments=place),
    "calls:duplicates": only(READERS, arguments=place),
    "calls:application_record": only(READERS, arguments=record),
    "calls:file": only(READERS, arguments=desk_file),
    "calls:imports": only(RUNNERS, arguments=place),
    "calls:import_batch": only(RUNNERS, arguments=batch),
    "calls:run_import": only(RUNNERS, method="post", arguments=batch),
    "calls:nominations": only(NOMINATORS, arguments=place),
    "calls:nominate": only(("partner", *RUNNERS), arguments=seat),
    "calls:nomination": only(NOMINATORS, arguments=nomination),
    "calls:withdraw_nomination": only(("partner", *RUNNERS), method="post", arguments=nomination),
}
