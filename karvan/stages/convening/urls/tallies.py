"""Addresses of the room tallies."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import tallies, tallies_import

TALLIES = "organs/<slug:organ>/tallies/"
SESSION = f"{TALLIES}sessions/<slug:session>/"
MEMBER = f"{TALLIES}members/<str:code>/"
IMPORTED = f"{TALLIES}imports/<int:pk>/"
TABLES = f"{TALLIES}import/<int:votes>/<int:calls>/"

urlpatterns: list[URLPattern] = [
    path(TALLIES, tallies.organ, name="tallies"),
    path(SESSION, tallies.session, name="tallies_session"),
    path(f"{SESSION}votes/<int:pk>/", tallies.vote, name="tallies_vote"),
    path(f"{SESSION}votes/<int:pk>/popolo.json", tallies.popolo, name="tallies_popolo"),
    path(MEMBER, tallies.member, name="tallies_member"),
    path(f"{MEMBER}alike/", tallies.alike, name="tallies_alike"),
    path(f"{TALLIES}import/", tallies_import.upload, name="tallies_import"),
    path(TABLES, tallies_import.preview, name="tallies_preview"),
    path(f"{TABLES}take/", tallies_import.take, name="tallies_take"),
    path(IMPORTED, tallies_import.taking, name="tallies_taking"),
    path(f"{IMPORTED}again/", tallies_import.take_again, name="tallies_take_again"),
]
