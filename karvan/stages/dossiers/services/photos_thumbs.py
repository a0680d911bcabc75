"""A small copy of a photograph, so that a page of sixty still comes over a slow network."""

from __future__ import annotations

import hashlib
import io

from django.core.files.storage import default_storage
from PIL import Image

from karvan.foundation import clock
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file
from karvan.foundation.files.storing import put
from karvan.foundation.people.models import Person

SIDE = 480
MOST_BYTES = 9_000
_QUALITIES = (60, 45, 30, 18)


def measured(stored: StoredFile) -> tuple[int, int]:
    """Width and height of a stored picture."""
    with open_file(stored) as file, Image.open(file) as picture:
        return picture.size


def keep_thumb(stored: StoredFile, *, by: Person | None) -> StoredFile:
    """Keep a WebP of at most 480 px and 9 kB beside a stored picture and return its row.

    Cost: about 0.15 s for 12 megapixels.
    """
    with open_file(stored) as file, Image.open(file) as picture:
        data = thumb_of(picture)
    name = put(default_storage, data)
    try:
        return StoredFile.objects.create(
            name=f"{stored.name.rpartition('.')[0] or stored.name}-small.webp",
            kind="webp",
            content_type="image/webp",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            storage_name=name,
            scope=stored.scope,
            uploaded_by=by,
            uploaded_at=clock.now(),
        )
    except BaseException:
        default_storage.delete(name)
        raise


def thumb_of(picture: Image.Image) -> bytes:
    """The picture as a small WebP; a restless one is drawn coarser, then smaller, until it fits."""
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is read at a half or an eighth
    plain = picture.convert("RGB")
    side, data = SIDE, b""
    while side >= SIDE // 8:
        small = plain.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in _QUALITIES:
            out = io.BytesIO()
            small.save(out, "WEBP", quality=quality, method=4)
            data = out.getvalue()
            if len(data) <= MOST_BYTES:
                return data
        side = side * 3 // 4
    return data
