"""Who may open the screens of a dossier's parts, costs, design files and firmware."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation.files.models import StoredFile
from karvan.stages.dossiers.models import DesignFile, FirmwareNote, SourcingOffer
from karvan.stages.dossiers.services.files import add_design_file
from karvan.stages.dossiers.services.importing import read_import
from tests import make

from .route import READERS, RUNNERS, only

INSIDE = ("participant", "trainer", *READERS)
EDITORS = ("participant", "trainer", *RUNNERS)


def dossier(world):
    return {"edition": world.edition.slug, "pk": world.dossier.pk}


def stored(world):
    return StoredFile.objects.create(
        name="parts.csv",
        kind="csv",
        content_type="text/csv",
        size=1,
        sha256="0" * 64,
        storage_name="lost/parts.csv",
        scope=world.dossier.scope,
        uploaded_at=world.enrolment.enrolled_at,
    )


def read(world):
    sent = SimpleUploadedFile("parts.csv", b"Qty,Description\n1,Motor\n2,Rod\n")
    made = read_import(world.dossier, upload=sent, by=None)
    return {**dossier(world), "read": made.pk}


def line(world):
    return {**dossier(world), "line": make.part_line(world.dossier).pk}


def offer(world):
    made = SourcingOffer.objects.create(part=make.part_line(world.dossier), supplier="S", price=1)
    return {**dossier(world), "offer": made.pk}


def file(world):
    made = DesignFile.objects.create(
        dossier=world.dossier, file=stored(world), role="document", path=f"{stored(world).pk}.md"
    )
    return {**dossier(world), "file": made.pk}


def kept_file(world):
    row = add_design_file(
        world.dossier,
        upload=SimpleUploadedFile("a.kicad_pcb", b"(kicad_pcb)"),
        role="pcb",
        source_form=True,
        by=None,
    )
    return {**dossier(world), "file": row.pk}


def note(world):
    made = FirmwareNote.objects.create(dossier=world.dossier, chip="U1")
    return {**dossier(world), "note": made.pk}


def kept_line(world):
    made = world.dossier.part_lines.first() or make.part_line(world.dossier)
    return {**dossier(world), "line": made.pk}


ROUTES = {
    "dossiers:bom": only(INSIDE, arguments=dossier),
    "dossiers:bom_costs": only(INSIDE, arguments=dossier),
    "dossiers:bom_import": only(EDITORS, arguments=dossier),
    "dossiers:bom_preview": only(EDITORS, arguments=read),
    "dossiers:bom_columns": only(EDITORS, method="post", arguments=read),
    "dossiers:bom_take": only(EDITORS, method="post", arguments=read),
    "dossiers:bom_set_aside": only(EDITORS, method="post", arguments=read),
    "dossiers:part_new": only(EDITORS, arguments=dossier),
    "dossiers:part": only(INSIDE, arguments=kept_line),
    # Only the first who may takes it out; the others find it gone: tests/stages/dossiers/test_bom_pages.py
    "dossiers:part_remove": only(("participant",), method="post", arguments=line),
    "dossiers:offer_new": only(EDITORS, arguments=kept_line),
    "dossiers:offer": only(EDITORS, arguments=offer),
    "dossiers:offer_choose": only(EDITORS, method="post", arguments=offer),
    "dossiers:offer_remove": only(("participant",), method="post", arguments=offer),
    "dossiers:design_files": only(INSIDE, arguments=dossier),
    "dossiers:design_file_new": only(EDITORS, arguments=dossier),
    "dossiers:design_file": only(EDITORS, arguments=file),
    "dossiers:design_file_download": only(INSIDE, arguments=kept_file),
    "dossiers:design_file_remove": only(("participant",), method="post", arguments=file),
    "dossiers:firmware_new": only(EDITORS, arguments=dossier),
    "dossiers:firmware": only(EDITORS, arguments=note),
    "dossiers:firmware_remove": only(("participant",), method="post", arguments=note),
}
