"""Addresses of the room gallery."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import gallery
from .registers import MONUMENT, PUBLIC

PHOTOS = f"{MONUMENT}photographs/"
PHOTO = f"{PHOTOS}<int:photo>/"
OPEN = f"{PUBLIC}<slug:register>/<int:pk>/photographs/<int:photo>/"

urlpatterns: list[URLPattern] = [
    path(PHOTOS, gallery.gallery, name="gallery"),
    path(PHOTO, gallery.photo, name="photo"),
    path(f"{PHOTO}file/", gallery.photo_file, name="photo_file"),
    path(f"{PHOTO}small/", gallery.photo_small, name="photo_small"),
    path(f"{PHOTO}remove/", gallery.photo_remove, name="photo_remove"),
    path(OPEN, gallery.public_photo, name="public_photo"),
    path(f"{OPEN}file/", gallery.public_photo_file, name="public_photo_file"),
    path(f"{OPEN}small/", gallery.public_photo_small, name="public_photo_small"),
]
