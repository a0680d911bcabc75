"""Addresses; one file a room."""

from __future__ import annotations

from . import gallery, imports, projects, registers, surveys, trainees

app_name = "heritage"
urlpatterns = [
    # Before the registers, whose codes stand at the same place of an address.
    *surveys.urlpatterns,
    *projects.urlpatterns,
    *trainees.urlpatterns,
    *imports.urlpatterns,
    *gallery.urlpatterns,
    *registers.urlpatterns,
]
