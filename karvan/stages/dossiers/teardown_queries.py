"""Named reads of teardowns: steps with everything shown beside them, and single rows or 404."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.models import Person

from .models import Annotation, Block, Dossier, PartLine, StepPhoto, TeardownStep


def steps_of(dossier: Dossier) -> QuerySet[TeardownStep]:
    """The steps in their order with photographs, marks, blocks and parts. Six queries."""
    marks = Annotation.objects.select_related("block", "part").order_by("number")
    photos = StepPhoto.objects.select_related("file", "thumb").prefetch_related(
        Prefetch("annotations", queryset=marks)
    )
    return (
        TeardownStep.objects.filter(dossier=dossier)
        .order_by("order")
        .prefetch_related(Prefetch("photos", queryset=photos), "blocks", "parts")
    )


def step_in(dossier: Dossier, pk: int) -> TeardownStep:
    """One step of the dossier with what is shown beside it, or 404."""
    return get_object_or_404(steps_of(dossier), pk=pk)


def photo_in(dossier: Dossier, pk: int) -> StepPhoto:
    """One photograph of the dossier's steps, or 404."""
    rows = StepPhoto.objects.select_related("step__dossier__activity", "file", "thumb")
    return get_object_or_404(rows, pk=pk, step__dossier=dossier)


def photo_file_in(dossier: Dossier, pk: int, *, small: bool) -> StoredFile:
    """The stored picture of a photograph, or its small copy, or 404."""
    photo = photo_in(dossier, pk)
    return photo.thumb if small and photo.thumb else photo.file


def marks_of(photo: StepPhoto) -> list[Annotation]:
    """The marks of a photograph by their numbers."""
    return list(photo.annotations.select_related("block", "part").order_by("number"))


def blocks_of(dossier: Dossier) -> QuerySet[Block]:
    """The blocks of the dossier's diagram in their order."""
    return Block.objects.filter(dossier=dossier)


def parts_of(dossier: Dossier) -> QuerySet[PartLine]:
    """The lines of the bill of materials in their order."""
    return PartLine.objects.filter(dossier=dossier)


def guide_file_in(dossier: Dossier, pk: int, *, by: Person) -> StoredFile:
    """A file the person sent to be read as a guide into this dossier, or 404."""
    return get_object_or_404(StoredFile, pk=pk, scope=dossier.scope, uploaded_by=by)
