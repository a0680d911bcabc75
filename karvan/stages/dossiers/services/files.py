"""Files of the design, and notes on firmware."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, NotOfThisDossier
from ..models import DesignFile, Dossier, FirmwareNote, GateCheck
from .editing import locked_dossier

KINDS = (
    "design",
    "pdf",
    "png",
    "jpeg",
    "webp",
    "csv",
    "xlsx",
    "ods",
    "text",
    "yaml",
    "json",
    "docx",
)
# Roles of files that something else is made into: each needs its source, or why there is none.
EXPORTS = ("gerber", "cad_export", "firmware_binary")
FIELDS = (
    "role",
    "path",
    "tool",
    "licence",
    "third_party",
    "source_form",
    "source",
    "no_source_reason",
)
NOTE_FIELDS = ("chip", "interface", "readout", "image_sha256", "licence", "behaviour")
READOUT = "firmware_readout"


@transaction.atomic
def add_design_file(
    dossier: Dossier, *, upload: File[Any], by: Person | None, **values: Any
) -> DesignFile:
    """Keep a file of the design with what it is.

    Raises:
        NotGiven: an export without its source and without a reason; a path that is taken.
        NotOfThisDossier: its source is a file of another dossier.
    """
    held = locked_dossier(dossier)
    row = DesignFile(dossier=held, author=by)
    _fill(row, {**values, "path": values.get("path") or upload.name or ""})
    row.file = store_upload(upload, kinds=KINDS, scope=held.scope, by=by)
    row.save()
    record("design file added", held, by=by, after={"path": row.path, "role": row.role})
    return row


@transaction.atomic
def change_design_file(row: DesignFile, *, by: Person | None, **values: Any) -> DesignFile:
    """Change what is said of a file; its bytes never change. Raises as ``add_design_file``."""
    held = locked_dossier(row.dossier)
    row = DesignFile.objects.select_for_update().get(pk=row.pk)
    before = {"path": row.path, "role": row.role, "licence": row.licence}
    _fill(row, {**values, "path": values.get("path") or row.path})
    row.save()
    after = {"path": row.path, "role": row.role, "licence": row.licence}
    record("design file changed", held, by=by, before=before, after=after)
    return row


@transaction.atomic
def remove_design_file(row: DesignFile, *, by: Person | None) -> None:
    """Take a file out of the dossier.

    Raises:
        NotGiven: an export names it as its source and would be left without one.
    """
    held = locked_dossier(row.dossier)
    exports = [one.path for one in row.exports.filter(no_source_reason="")]
    if exports:
        raise NotGiven(
            _("It is the source of %(paths)s. Say there first why there is no source.")
            % {"paths": ", ".join(exports)}
        )
    record("design file removed", held, by=by, before={"path": row.path})
    row.delete()


@transaction.atomic
def note_firmware(
    dossier: Dossier, *, by: Person | None, note: FirmwareNote | None = None, **values: Any
) -> FirmwareNote:
    """Write down, or change, what was found out about the program in a chip.

    Raises:
        NotGiven: it was read, but nobody has answered yes that it may be.
        NotOfThisDossier: ``note`` is of another dossier.
    """
    held = locked_dossier(dossier)
    if note is not None and note.dossier_id != held.pk:
        raise NotOfThisDossier(_("That note belongs to another dossier."))
    row = note or FirmwareNote(dossier=held, author=by)
    for name in NOTE_FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.image_sha256 = row.image_sha256.lower()
    if row.readout == FirmwareNote.Readout.READ and not readout_allowed(held, by=by):
        raise NotGiven(
            _(
                "Firmware is read only after the adviser's item on read-out, licence and "
                "protection is answered with yes. Note it as not tried, or as refused on advice."
            )
        )
    row.save()
    record("firmware noted", held, by=by, after={"chip": row.chip, "state": row.readout})
    return row


@transaction.atomic
def remove_firmware_note(note: FirmwareNote, *, by: Person | None) -> None:
    """Take a note on firmware out."""
    held = locked_dossier(note.dossier)
    record("firmware note removed", held, by=by, before={"chip": note.chip})
    note.delete()


def readout_allowed(dossier: Dossier, *, by: Person | None = None) -> bool:
    """True when the gate's item on firmware is answered yes; where the dossier has no item of
    that code, when it has items of intellectual property and all of them are."""
    checks = GateCheck.objects.filter(dossier=dossier)
    own = checks.filter(code=READOUT).first()
    if own is not None:
        return own.answer == GateCheck.Answer.YES
    answers = list(checks.filter(kind=GateCheck.Kind.IP).values_list("answer", flat=True))
    return bool(answers) and all(one == GateCheck.Answer.YES for one in answers)


def _fill(row: DesignFile, values: dict[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.path = row.path.replace("\\", "/").strip("/ ")
    if not row.path or ".." in row.path.split("/"):
        raise NotGiven(_("A path names a file within the project, such as pcb/main.kicad_pcb."))
    taken = DesignFile.objects.filter(dossier=row.dossier, path=row.path).exclude(pk=row.pk)
    if taken.exists():
        raise NotGiven(_("There is a file at %(path)s already.") % {"path": row.path})
    if row.source is not None and row.source.dossier_id != row.dossier_id:
        raise NotOfThisDossier(_("That source belongs to another dossier."))
    if row.source is not None and row.source_id == row.pk:
        raise NotGiven(_("A file is not its own source."))
    if row.source_form:
        row.source, row.no_source_reason = None, ""
    elif row.role in EXPORTS and row.source is None and not row.no_source_reason.strip():
        raise NotGiven(_("An export needs its source, or a reason why there is none."))
