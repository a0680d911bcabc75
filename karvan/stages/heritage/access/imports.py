"""Which imports a person may reach: those of the registers it keeps."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ..models import MonumentImport, Register


def imports_of(register: Register) -> QuerySet[MonumentImport]:
    """The tables read into a register, the newest first, without their reports."""
    return register.imports.select_related("file", "made_by", "register").defer("report")


def import_of(register: Register, pk: int) -> MonumentImport:
    """One of them with its report, or 404."""
    return get_object_or_404(imports_of(register).defer(None), pk=pk)
