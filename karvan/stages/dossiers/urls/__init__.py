"""Addresses of dossiers; one file a room."""

from __future__ import annotations

from . import bench, bom, design, measuring, releases, teardown

app_name = "dossiers"
urlpatterns = [
    *bench.urlpatterns,
    *teardown.urlpatterns,
    *bom.urlpatterns,
    *measuring.urlpatterns,
    *design.urlpatterns,
    *releases.urlpatterns,
]
