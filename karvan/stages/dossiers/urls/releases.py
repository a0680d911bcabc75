"""Addresses of releases: in the dossier, and what is public."""

from __future__ import annotations

from django.urls import path

from ..views import manifests, public, releases

EDITION = "editions/<slug:edition>/dossiers/"
DOSSIER = f"{EDITION}<int:pk>/"

urlpatterns = [
    path(f"{DOSSIER}release/", releases.release, name="release"),
    path(f"{DOSSIER}manifest/", manifests.manifest, name="manifest"),
    path(f"{DOSSIER}manifest/take/", manifests.take_manifest, name="take_manifest"),
    path(f"{DOSSIER}release/credits/", releases.credit, name="credit"),
    path(f"{DOSSIER}release/compare/", releases.compare, name="compare"),
    path(f"{DOSSIER}release/supersede/", releases.supersede, name="supersede"),
    path(f"{DOSSIER}release/rebuilds/", releases.rebuild, name="rebuild"),
    path(
        f"{DOSSIER}release/rebuilds/<int:rebuild>/confirm/",
        releases.confirm_rebuild,
        name="confirm_rebuild",
    ),
    path("devices/", public.released, name="released"),
    path("devices/<slug:code>/", public.public, name="public"),
    path("devices/<slug:code>/carry-on/", releases.carry_on, name="carry_on"),
]
