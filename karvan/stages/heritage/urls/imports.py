"""Addresses of the room imports."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import imports
from .registers import REGISTER

IMPORTS = f"{REGISTER}imports/"
ONE = f"{IMPORTS}<int:read>/"

urlpatterns: list[URLPattern] = [
    path(IMPORTS, imports.imports, name="imports"),
    path(ONE, imports.import_preview, name="import"),
    path(f"{ONE}columns/", imports.import_columns, name="import_columns"),
    path(f"{ONE}field-map/", imports.import_field_map, name="import_field_map"),
    path(f"{ONE}doubts/", imports.import_settle, name="import_settle"),
    path(f"{ONE}take/", imports.import_take, name="import_take"),
    path(f"{ONE}aside/", imports.import_aside, name="import_aside"),
]
