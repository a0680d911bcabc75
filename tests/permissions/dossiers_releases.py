"""Who may open the screens of releases; what is released is for everybody."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation.files.services import store_upload
from karvan.stages.dossiers.models import Rebuild
from tests import make

from .route import READERS, RUNNERS, SIGNED_IN, only, public

INSIDE = ("participant", "trainer", *READERS)
TEAM = ("participant", "trainer", *RUNNERS)
TEACHERS = ("trainer", *RUNNERS)


def dossier(world):
    return {"edition": world.edition.slug, "pk": world.dossier.pk}


def version(world):
    found = world.dossier.versions.first()
    return found or make.dossier_version(world.dossier)


def code(world):
    return {"code": version(world).code}


def rebuild(world):
    made, _new = Rebuild.objects.get_or_create(
        version=version(world),
        built_by="School",
        defaults={"country": world.edition.country, "built_on": date(2026, 11, 1)},
    )
    return {**dossier(world), "rebuild": made.pk}


def file(world):
    """A design file that the release names."""
    upload = SimpleUploadedFile("board.kicad_pcb", b"(kicad_pcb)")
    made = store_upload(upload, kinds=("design",), scope=world.dossier.scope, by=None)
    world.dossier.design_files.create(role="pcb", file=made, path="board.kicad_pcb")
    return {"code": make.dossier_version(world.dossier).code, "sha256": made.sha256}


def credited(world):
    return {"person": world.member.enrolment.person_id, "roles": ["hardware"]}


ROUTES = {
    "dossiers:release": only(INSIDE, arguments=dossier),
    "dossiers:manifest": only(TEAM, arguments=dossier),
    "dossiers:take_manifest": only(TEAM, method="post", arguments=dossier),
    "dossiers:credit": only(TEAM, method="post", arguments=dossier, data=credited),
    "dossiers:compare": only(INSIDE, arguments=dossier),
    "dossiers:supersede": only(RUNNERS, method="post", arguments=dossier),
    "dossiers:rebuild": only(INSIDE, method="post", arguments=dossier),
    "dossiers:confirm_rebuild": only(TEACHERS, method="post", arguments=rebuild),
    "dossiers:released": public(),
    "dossiers:public": public(arguments=code),
    "dossiers:carry_on": only(SIGNED_IN, arguments=code),
    "device_short": public(arguments=code),
    "device_okh": public(arguments=code),
    "device_losh": public(arguments=code),
    "device_snapshot": public(arguments=code),
    "device_bom": public(arguments=code),
    "device_paper": public(arguments=code),
    "device_file": public(arguments=file),
}
