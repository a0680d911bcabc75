"""Addresses of the room title register."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import title_register as register
from ..views import title_register_importing as importing

urlpatterns: list[URLPattern] = [
    path("title-register/", register.registers, name="title_registers"),
    path("title-register/cities/<int:pk>/", register.public_title, name="title_public"),
    path("title-register/<slug:series>/", register.register, name="title_register"),
    path("title-register/<slug:series>/timeline/", register.timeline, name="title_timeline"),
    path("title-register/<slug:series>/map/", register.world_map, name="title_map"),
    path("title-register/<slug:series>/titles.json", register.as_json, name="title_json"),
    path("title-register/<slug:series>/import/", importing.upload, name="title_import"),
    path(
        "title-register/<slug:series>/import/<int:file>/",
        importing.rows,
        name="title_import_rows",
    ),
]
