"""To take over what another project's manifest says, where the dossier says nothing yet."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.models import Dossier
from karvan.stages.dossiers.reading.manifest import LONGEST, ManifestRead, read_manifest

from .editing import locked_dossier


def look_at_manifest(upload: File[bytes], *, by: Person | None) -> ManifestRead:
    """Read a manifest; nothing is kept and nothing it names is fetched.

    Raises:
        Unreadable: it is no manifest; the sentence says up to where it could be read.
    """
    return read_manifest(upload.read(LONGEST + 1), name=upload.name or "")


def take_manifest(dossier: Dossier, *, summary: str, use: str, by: Person | None) -> dict[str, str]:
    """Write summary and clinical need where the dossier has none; returns what was written."""
    with transaction.atomic():
        held = locked_dossier(dossier)
        taken = {}
        if summary.strip() and not held.summary:
            held.summary = taken["summary"] = summary.strip()
        if use.strip() and not held.intended_use.get("clinical_need"):
            held.intended_use = {**held.intended_use, "clinical_need": use.strip()}
            taken["clinical need"] = use.strip()
        if taken:
            held.save(update_fields=["summary", "intended_use", "changed_at"])
            record("took over manifest", held, by=by, after=taken)
    return taken
