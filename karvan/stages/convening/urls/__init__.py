"""Addresses; one file a room."""

from __future__ import annotations

from . import (
    hall,
    organs,
    papers,
    partnerships,
    proceedings,
    programme,
    resolutions,
    symposium,
    tallies,
    title_register,
    titles,
)

app_name = "convening"
urlpatterns = [
    # Before the sessions, whose addresses stand at the same place.
    *tallies.urlpatterns,
    *organs.urlpatterns,
    *papers.urlpatterns,
    *hall.urlpatterns,
    *resolutions.urlpatterns,
    *symposium.urlpatterns,
    *programme.urlpatterns,
    *proceedings.urlpatterns,
    *titles.urlpatterns,
    *title_register.urlpatterns,
    *partnerships.urlpatterns,
]
