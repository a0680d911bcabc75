"""Who may open the screens of bodies and of their members."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import store_upload
from tests import make

from .route import READERS, only

RUN = ("officer", "administrator")
READ = ("auditor", *RUN)


def organ(world):
    return {"organ": world.organ.code}


def member(world):
    made = world.organ.memberships.filter(code="QM").first() or make.membership(world.organ, "QM")
    return {**organ(world), "pk": made.pk}


def own_file(world):
    """A table that the administrator brought; the officer's is another person's."""
    scope = world.organ.scope
    kept = StoredFile.objects.filter(scope=scope).first() or store_upload(
        SimpleUploadedFile("members.csv", b"code,name\nAZ,Azerbaijan\n"),
        kinds=("csv",),
        scope=scope,
        by=world.people["administrator"],
    )
    return {**organ(world), "file": kept.pk}


ROUTES = {
    # Whoever reads programmes, or speaks for a party, sees the organs that are open to it.
    "convening:organs": only(("partner", "neighbour", *READERS)),
    "convening:new_organ": only(RUN),
    "convening:organ": only(READ, arguments=organ),
    "convening:change_organ": only(RUN, arguments=organ),
    "convening:members": only(READ, arguments=organ),
    "convening:new_member": only(RUN, arguments=organ),
    "convening:members_import": only(RUN, arguments=organ),
    "convening:members_preview": only(("administrator",), arguments=own_file),
    "convening:member": only(READ, arguments=member),
    "convening:change_member": only(RUN, method="post", arguments=member),
    "convening:member_status": only(RUN, method="post", arguments=member),
    "convening:succeed_member": only(RUN, method="post", arguments=member),
}
