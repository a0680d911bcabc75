"""Photographs of steps: taken once however often they are sent, with a small copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation.files.kinds import PICTURES
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier
from karvan.stages.dossiers.models import StepPhoto, TeardownStep

from .editing import locked_dossier
from .photos_thumbs import keep_thumb, measured

MOST_A_STEP = 40


def add_photo(
    step: TeardownStep,
    *,
    upload: File[Any],
    by: Person | None,
    key: UUID | None = None,
    caption: str = "",
) -> StepPhoto:
    """Keep a photograph of a step, without place or camera, and a small copy of it.

    ``key`` is made by the telephone: the same key gives the same photograph again, also
    where two requests bring it at once; what the second brings is not kept.

    Raises:
        Stopped, WrongState: the dossier takes no photographs now.
        NotGiven: the step has as many as it takes.
        NotOfThisDossier: the key belongs to another dossier.
        FileTooLarge, FileEmpty, FileNotAllowed, FileDamaged, FileUnsafe, StorageFull.
    """
    try:
        with transaction.atomic():
            return _add(step, upload, by, key, caption)
    except IntegrityError:
        if key is None:
            raise
        found = photo_of_key(step, key)
        if found is None:
            raise
        return found


@transaction.atomic
def describe_photo(
    photo: StepPhoto,
    *,
    by: Person | None,
    caption: str = "",
    orientation: str = "",
    scale_bar: bool = False,
) -> StepPhoto:
    """Say what a photograph shows, from where, and whether a scale lies in it.

    Raises:
        Stopped, WrongState: the dossier takes no photographs now.
    """
    held = locked_dossier(photo.step.dossier, opening=True)
    photo = StepPhoto.objects.select_for_update().get(pk=photo.pk)
    photo.caption, photo.orientation, photo.scale_bar = caption, orientation, scale_bar
    photo.save()
    record("photograph described", photo, by=by, scope=held.scope, after={"what": caption})
    return photo


@transaction.atomic
def delete_photo(photo: StepPhoto, *, by: Person | None) -> None:
    """Take a photograph out of its step, with its marks. A release keeps those it shows.

    Raises:
        Stopped, WrongState: the dossier takes no photographs now.
    """
    held = locked_dossier(photo.step.dossier, opening=True)
    before = {"number": photo.step.order, "sha256": photo.file.sha256}
    record("photograph deleted", photo, by=by, scope=held.scope, before=before)
    photo.delete()


def photo_of_key(step: TeardownStep, key: UUID) -> StepPhoto | None:
    """The photograph that was sent under a key, if it was.

    Raises:
        NotOfThisDossier: it is of another dossier.
    """
    found = StepPhoto.objects.select_related("step").filter(key=key).first()
    if found is not None and found.step.dossier_id != step.dossier_id:
        raise NotOfThisDossier(_("This photograph belongs to another dossier."))
    return found


def _add(
    step: TeardownStep, upload: File[Any], by: Person | None, key: UUID | None, caption: str
) -> StepPhoto:
    held = locked_dossier(step.dossier, opening=True)
    if key is not None and (known := photo_of_key(step, key)):
        return known
    taken = step.photos.aggregate(last=Max("order"))["last"]
    if step.photos.count() >= MOST_A_STEP:
        raise NotGiven(
            _("A step takes at most %(most)s photographs. Begin a new step.")
            % {"most": MOST_A_STEP}
        )
    stored = store_upload(upload, kinds=PICTURES, scope=held.scope, by=by)
    width, height = measured(stored)
    keyed = {"key": key} if key is not None else {}
    photo = StepPhoto.objects.create(
        step=step,
        file=stored,
        thumb=keep_thumb(stored, by=by),
        order=0 if taken is None else taken + 1,
        width=width,
        height=height,
        caption=caption.strip()[:200],
        author=by,
        **keyed,
    )
    after = {"number": step.order, "bytes": stored.size, "sha256": stored.sha256}
    record("photograph added", photo, by=by, scope=held.scope, after=after)
    return photo
