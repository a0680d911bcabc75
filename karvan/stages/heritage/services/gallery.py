"""Photographs of monuments: kept without place or camera, with their day, words and rights."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from karvan.foundation import clock
from karvan.foundation.files.kinds import PICTURES
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.services.photos_thumbs import keep_thumb, measured
from karvan.stages.heritage.errors import NotGiven, NotOfThisProject
from karvan.stages.heritage.models import Element, Monument, Photo

MOST_A_MONUMENT = 400
MOST_BYTES = 20 * 1024 * 1024
_TAKEN, _CHANGED, _DETAILS = 0x9003, 0x0132, 0x8769  # tags of EXIF


@transaction.atomic
def add_photo(
    monument: Monument,
    *,
    upload: File[Any],
    by: Person | None,
    captions: dict[str, str] | None = None,
    element: Element | None = None,
    taken_on: date | None = None,
    photographer: str = "",
    rights: str = "",
    is_public: bool = False,
) -> Photo:
    """Keep a photograph and a small copy of it, both without place, time and camera.

    The day it was taken is read out of the picture before that, unless ``taken_on`` says it.

    Raises:
        NotGiven: it may be public and no rights are named, or there are too many photographs.
        NotOfThisProject: the part is another monument's.
        FileTooLarge, FileEmpty, FileNotAllowed, FileDamaged, FileUnsafe, StorageFull.
    """
    held = Monument.objects.select_for_update().select_related("register").get(pk=monument.pk)
    if held.photos.count() >= MOST_A_MONUMENT:
        raise NotGiven(
            _("A monument keeps at most %(most)d photographs.") % {"most": MOST_A_MONUMENT}
        )
    _check(held, element, rights, is_public=is_public)
    day = taken_on or day_taken(upload)
    stored = store_upload(upload, kinds=PICTURES, scope=held.scope, by=by, max_bytes=MOST_BYTES)
    width, height = measured(stored)
    made = Photo.objects.create(
        monument=held, element=element, file=stored, thumb=keep_thumb(stored, by=by), width=width,
        height=height, captions=captions or {}, taken_on=day, photographer=photographer,
        rights=rights, is_public=is_public, added_at=clock.now(), added_by=by,
    )  # fmt: skip
    after = {"sha256": stored.sha256, "bytes": stored.size, "public": is_public}
    record("photograph of monument added", held, by=by, after=after)
    return made


@transaction.atomic
def caption_photo(
    photo: Photo,
    *,
    by: Person | None,
    captions: dict[str, str],
    element: Element | None = None,
    taken_on: date | None = None,
    photographer: str = "",
    rights: str = "",
    is_public: bool = False,
) -> Photo:
    """Say what a photograph shows, when and by whom it was taken, and who may see it.

    Raises:
        NotGiven: it may be public and no rights are named.
        NotOfThisProject: the part is another monument's.
    """
    held = Photo.objects.select_for_update().select_related("monument__register").get(pk=photo.pk)
    _check(held.monument, element, rights, is_public=is_public)
    said: dict[str, Any] = {
        "captions": captions, "taken_on": taken_on, "photographer": photographer,
        "rights": rights, "is_public": is_public,
    }  # fmt: skip
    before = {_key(name): getattr(held, name) for name in said}
    for name, value in said.items():
        setattr(held, name, value)
    held.element = element
    held.save()
    after = {_key(name): value for name, value in said.items()}
    record("photograph of monument captioned", held.monument, by=by, before=before, after=after)
    return held


@transaction.atomic
def remove_photo(photo: Photo, *, by: Person | None) -> None:
    """Take a photograph out of the gallery; the history keeps which it was."""
    before = {"sha256": photo.file.sha256, "caption": str(photo)}
    record("photograph of monument removed", photo.monument, by=by, before=before)
    photo.delete()


def day_taken(upload: File[Any]) -> date | None:
    """The day a picture says it was taken; None where it says none, or one ahead of today."""
    upload.seek(0)
    try:
        with Image.open(io.BytesIO(upload.read())) as picture:
            tags = picture.getexif()
            said = tags.get_ifd(_DETAILS).get(_TAKEN) or tags.get(_CHANGED)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, TypeError,
            Image.DecompressionBombError, Image.DecompressionBombWarning):  # fmt: skip
        said = None
    finally:
        upload.seek(0)
    try:
        day = datetime.strptime(str(said or "")[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - a camera's day
    except ValueError:
        return None
    return day if day <= clock.today() else None


def _check(monument: Monument, element: Element | None, rights: str, *, is_public: bool) -> None:
    if element is not None and element.monument_id != monument.pk:
        raise NotOfThisProject(_("This part belongs to another monument."))
    if is_public and not rights.strip():
        raise NotGiven(
            _(
                "Say who has the rights before the photograph is shown in public, such as “CC BY 4.0”."
            )
        )


def _key(name: str) -> str:
    return {"captions": "caption", "taken_on": "taken on", "is_public": "public"}.get(name, name)
