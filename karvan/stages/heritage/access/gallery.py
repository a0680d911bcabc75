"""Which photographs a person, and which everybody, may see."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile

from ..models import Monument, Photo
from ..queries.gallery import photos_of


def photo_of(monument: Monument, pk: int, *, public: bool = False) -> Photo:
    """A photograph of the monument, a public one alone if asked; else 404."""
    return get_object_or_404(photos_of(monument, public=public), pk=pk)


def file_of(photo: Photo, *, small: bool) -> StoredFile:
    """The photograph's file or its small copy, or 404."""
    found = photo.thumb if small else photo.file
    if found is None:
        raise Http404
    return found
