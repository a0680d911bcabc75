"""Addresses of dossiers: bill of materials, costs, design files, firmware."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import bom, bom_imports, bom_parts, design_files

EDITION = "editions/<slug:edition>/dossiers/"
DOSSIER = f"{EDITION}<int:pk>/"
BOM = f"{DOSSIER}parts/"
FILES = f"{DOSSIER}files/"

urlpatterns: list[URLPattern] = [
    path(BOM, bom.bom, name="bom"),
    path(f"{BOM}costs/", bom.costs, name="bom_costs"),
    path(f"{BOM}import/", bom_imports.upload, name="bom_import"),
    path(f"{BOM}imports/<int:read>/", bom_imports.preview, name="bom_preview"),
    path(f"{BOM}imports/<int:read>/columns/", bom_imports.columns, name="bom_columns"),
    path(f"{BOM}imports/<int:read>/take/", bom_imports.take, name="bom_take"),
    path(f"{BOM}imports/<int:read>/set-aside/", bom_imports.set_aside, name="bom_set_aside"),
    path(f"{BOM}new/", bom_parts.new, name="part_new"),
    path(f"{BOM}<int:line>/", bom_parts.part, name="part"),
    path(f"{BOM}<int:line>/remove/", bom_parts.remove, name="part_remove"),
    path(f"{BOM}<int:line>/offers/new/", bom_parts.new_offer, name="offer_new"),
    path(f"{BOM}offers/<int:offer>/", bom_parts.offer, name="offer"),
    path(f"{BOM}offers/<int:offer>/choose/", bom_parts.choose_offer, name="offer_choose"),
    path(f"{BOM}offers/<int:offer>/remove/", bom_parts.remove_offer, name="offer_remove"),
    path(FILES, design_files.files, name="design_files"),
    path(f"{FILES}new/", design_files.new, name="design_file_new"),
    path(f"{FILES}<int:file>/", design_files.file, name="design_file"),
    path(f"{FILES}<int:file>/download/", design_files.download, name="design_file_download"),
    path(f"{FILES}<int:file>/remove/", design_files.remove, name="design_file_remove"),
    path(f"{FILES}firmware/new/", design_files.new_firmware, name="firmware_new"),
    path(f"{FILES}firmware/<int:note>/", design_files.firmware, name="firmware"),
    path(
        f"{FILES}firmware/<int:note>/remove/", design_files.remove_firmware, name="firmware_remove"
    ),
]
