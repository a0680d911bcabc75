"""Who may open the screens of restorations."""

from __future__ import annotations

from karvan.foundation.files.services import store_upload
from karvan.stages.heritage.services.projects_evidence import add_site_photo
from tests import make
from tests.foundation.files import samples

from .route import READERS, only, public

LEARNERS = ("participant", "trainer", *READERS)
ANYWHERE = (*LEARNERS, "neighbour")
KEEPERS = ("officer", "administrator")
WORKERS = ("trainer", *KEEPERS)


def project(world):
    return {"code": world.restoration.code}


def opened(world):
    world.restoration.is_public = True
    world.restoration.save()
    return project(world)


def monument(world):
    return {"register": world.register.code, "pk": world.restoration.monument.pk}


def phase(world):
    found = world.restoration.phases.filter(kind="works").first() or make.phase(world.restoration)
    return {**project(world), "kind": found.kind}


def permit(world):
    paper = samples.upload("permit.pdf", samples.pdf())
    kept = store_upload(paper, kinds=("pdf",), scope=world.restoration.scope, by=None)
    return {**project(world), "pk": make.permit(world.restoration, file=kept).pk}


def work(world):
    return {**project(world), "pk": make.work_item(make.phase(world.restoration)).pk}


def viewpoint(world):
    return {**project(world), "viewpoint": make.viewpoint(world.restoration).code}


def picture(world):
    upload = samples.upload("a.png", samples.picture("PNG"))
    made = add_site_photo(
        make.viewpoint(world.restoration),
        moment="before",
        taken_on=make.moment(2026, 1, 5).date(),
        upload=upload,
        by=None,
    )
    return {**project(world), "pk": made.pk}


def open_picture(world):
    opened(world)
    return picture(world)


ROUTES = {
    "heritage:edition": only(LEARNERS, arguments=lambda w: {"edition": w.edition.slug}),
    "heritage:projects": only(ANYWHERE),
    "heritage:project_new": only(KEEPERS, arguments=monument),
    "heritage:project": only(LEARNERS, arguments=project),
    "heritage:project_change": only(KEEPERS, arguments=project),
    "heritage:project_stop": only(KEEPERS, method="post", arguments=project),
    "heritage:project_resume": only(KEEPERS, method="post", arguments=project),
    "heritage:project_permit": only(KEEPERS, method="post", arguments=project),
    "heritage:project_permit_file": only(LEARNERS, arguments=permit),
    "heritage:project_phase": only(KEEPERS, arguments=phase),
    "heritage:project_phase_begin": only(KEEPERS, method="post", arguments=phase),
    "heritage:project_phase_end": only(KEEPERS, method="post", arguments=phase),
    "heritage:project_phase_leave_out": only(KEEPERS, method="post", arguments=phase),
    "heritage:works": only(LEARNERS, arguments=project),
    "heritage:work": only(WORKERS, arguments=work),
    "heritage:work_drop": only(WORKERS, method="post", arguments=work),
    "heritage:money": only(LEARNERS, arguments=project),
    "heritage:evidence": only(LEARNERS, arguments=project),
    "heritage:viewpoint": only(LEARNERS, arguments=viewpoint),
    "heritage:site_photo": only(LEARNERS, arguments=picture),
    "heritage:site_thumb": only(LEARNERS, arguments=picture),
    "heritage:completion": only(("trainer", *READERS), arguments=project),
    "heritage:project_public": public(arguments=opened),
    "heritage:project_public_photo": public(arguments=open_picture),
    "heritage:project_public_thumb": public(arguments=open_picture),
}
