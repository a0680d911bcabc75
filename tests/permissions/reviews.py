"""Reading: reviewers see their own reads and nothing else; runners run, auditors look."""

from __future__ import annotations

from .route import READERS, RUNNERS, only


def here(world):
    return {"edition": world.edition.slug, "activity": world.activity.code}


def read(world):
    return {"pk": world.assignment.pk}


def file(world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from karvan.foundation.files.services import store_upload

    upload = SimpleUploadedFile("leyla-cv.txt", b"text of a statement")
    stored = store_upload(upload, kinds=("text",), scope=world.activity.scope, by=None)
    attached = world.application.files.create(question="statement", file=stored)
    return {"pk": world.assignment.pk, "file": attached.pk}


def reviewer(world):
    return here(world) | {"pk": world.reviewer.pk}


ROUTES = {
    "reviews:queue": only(["reviewer"]),
    "reviews:reading": only(["reviewer"], arguments=read),
    "reviews:save": only(["reviewer"], method="post", arguments=read),
    "reviews:conflict": only(["reviewer"], method="post", arguments=read),
    "reviews:file": only(["reviewer"], arguments=file),
    "reviews:edition": only(READERS, arguments=lambda w: {"edition": w.edition.slug}),
    "reviews:round": only(READERS, arguments=here),
    "reviews:prepare": only(RUNNERS, method="post", arguments=here),
    "reviews:open": only(RUNNERS, method="post", arguments=here),
    "reviews:close": only(RUNNERS, method="post", arguments=here),
    "reviews:assign": only(RUNNERS, method="post", arguments=here),
    "reviews:marks": only(READERS, arguments=here),
    "reviews:reviewers": only(READERS, arguments=here),
    "reviews:add_reviewer": only(RUNNERS, arguments=here),
    "reviews:reviewer": only(READERS, arguments=reviewer),
    "reviews:stop": only(
        RUNNERS, method="post", arguments=reviewer, data=lambda world: {"reason": "Ill"}
    ),
    "reviews:resume": only(RUNNERS, method="post", arguments=reviewer),
    "reviews:plan": only(READERS, arguments=here),
    "reviews:rebalance": only(RUNNERS, arguments=here),
    "reviews:applications": only(READERS, arguments=here),
    "reviews:calibration": only(READERS, arguments=here),
    "reviews:conflicts": only(READERS, arguments=here),
}
