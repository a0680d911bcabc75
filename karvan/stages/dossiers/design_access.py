"""One row of a part of a dossier that the caller has reached already."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=Model)


def row_of(rows: QuerySet[Row], pk: int) -> Row:
    """The row among those of the dossier, or 404: ``row_of(dossier.risks.all(), pk)``."""
    return get_object_or_404(rows, pk=pk)
