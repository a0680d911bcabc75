"""Who founds registers, and what of them everybody may read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from karvan.foundation.people.access import STAFF, holds
from karvan.foundation.people.models import Person

from ..models import Element, LegalStatus, Monument, Register

# What the public is never shown is not even read: exact places, shapes and raw lines.
HIDDEN = ("latitude", "longitude", "geometry", "raw", "search_key")


def may_found(person: Person) -> bool:
    """True for those who may begin a register."""
    return holds(person, STAFF, "heritage")


def require_may_found(person: Person) -> None:
    """Let those pass who may begin a register; 403 for everybody else."""
    if not may_found(person):
        raise PermissionDenied


def public_registers() -> QuerySet[Register]:
    """Registers that are open to the public."""
    return Register.objects.filter(is_public=True).select_related("country")


def public_register(code: str) -> Register:
    """A register that is open to the public, or 404."""
    return get_object_or_404(public_registers(), code=code)


def public_monuments(register: Register) -> QuerySet[Monument]:
    """The monuments of a register as the public may read them, without their exact places."""
    return Monument.objects.filter(register=register).select_related("country").defer(*HIDDEN)


def public_monument(register: str, pk: int) -> Monument:
    """A monument of a public register, or 404."""
    found = public_monuments(public_register(register)).select_related("register", "country")
    return get_object_or_404(found, pk=pk)


def element_of(monument: Monument, pk: int) -> Element:
    """A part of the monument, or 404."""
    return get_object_or_404(Element.objects.select_related("parent"), pk=pk, monument=monument)


def status_of(monument: Monument, pk: int) -> LegalStatus:
    """A legal status of the monument, or 404."""
    return get_object_or_404(LegalStatus, pk=pk, monument=monument)
