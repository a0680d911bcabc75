"""Reads of photographs."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Monument, Photo

FIRST_FEW = 6


def photos_of(monument: Monument, *, public: bool = False) -> QuerySet[Photo]:
    """The photographs of a monument with their files, the public ones alone if asked."""
    rows = monument.photos.select_related("file", "thumb", "element", "monument__register")
    return rows.filter(is_public=True) if public else rows
