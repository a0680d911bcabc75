"""Parts, imports, offers and files of a dossier that the caller has reached already."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from .models import BomImport, DesignFile, Dossier, FirmwareNote, PartLine, SourcingOffer


def import_of(dossier: Dossier, pk: int) -> BomImport:
    """A reading of a bill of materials into a dossier the caller has reached already, or 404."""
    rows = BomImport.objects.select_related("file", "dossier__activity")
    return get_object_or_404(rows, dossier=dossier, pk=pk)


def part_of(dossier: Dossier, pk: int) -> PartLine:
    """A line of a dossier the caller has reached already, or 404."""
    rows = PartLine.objects.select_related("made_from", "substitute_of", "dossier__activity")
    return get_object_or_404(rows.prefetch_related("offers"), dossier=dossier, pk=pk)


def offer_of(dossier: Dossier, pk: int) -> SourcingOffer:
    """An offer for a line of a dossier the caller has reached already, or 404."""
    rows = SourcingOffer.objects.select_related("part__dossier__activity")
    return get_object_or_404(rows, part__dossier=dossier, pk=pk)


def design_file_of(dossier: Dossier, pk: int) -> DesignFile:
    """A design file of a dossier the caller has reached already, or 404."""
    return get_object_or_404(DesignFile.objects.select_related("file"), dossier=dossier, pk=pk)


def firmware_note_of(dossier: Dossier, pk: int) -> FirmwareNote:
    """A note on firmware of a dossier the caller has reached already, or 404."""
    return get_object_or_404(FirmwareNote.objects.all(), dossier=dossier, pk=pk)
