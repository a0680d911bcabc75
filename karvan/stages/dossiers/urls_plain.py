"""Addresses of a release without a language: the one on paper, and what machines read."""

from __future__ import annotations

from django.urls import path

from .views import public

urlpatterns = [
    path("devices/<slug:code>/", public.short, name="device_short"),
    path("devices/<slug:code>/okh.yml", public.manifest_okh, name="device_okh"),
    path("devices/<slug:code>/okh.toml", public.manifest_losh, name="device_losh"),
    path("devices/<slug:code>/dossier.json", public.snapshot, name="device_snapshot"),
    path("devices/<slug:code>/bom.csv", public.bom, name="device_bom"),
    path("devices/<slug:code>/dossier.pdf", public.paper, name="device_paper"),
    path("devices/<slug:code>/files/<slug:sha256>", public.file, name="device_file"),
]
