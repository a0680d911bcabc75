"""The fourteen sections of a dossier: their weights, and the page where each is worked on."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its number, its weight in the score (they sum to 100), its page's name."""

    number: int
    key: str
    title: str | Promise
    weight: int
    url_name: str  # takes edition and pk


SECTIONS = (
    Section(1, "identification", _("Identification"), 8, "dossiers:identification"),
    Section(2, "gates", _("Gates"), 10, "dossiers:gates"),
    Section(3, "use", _("Intended use, users, setting"), 6, "dossiers:use"),
    Section(4, "function", _("Function test before opening"), 4, "dossiers:function"),
    Section(5, "blocks", _("Block diagram"), 8, "dossiers:diagram"),
    Section(6, "teardown", _("Teardown"), 12, "dossiers:teardown"),
    Section(7, "bom", _("Bill of materials"), 12, "dossiers:bom"),
    Section(8, "files", _("Design files"), 8, "dossiers:design_files"),
    Section(9, "measurements", _("Measurements and signals"), 10, "dossiers:measurements"),
    Section(10, "risks", _("Risks"), 8, "dossiers:risks"),
    Section(11, "requirements", _("Requirements and alternatives"), 6, "dossiers:requirements"),
    Section(12, "tests", _("Test protocol and runs"), 6, "dossiers:tests"),
    Section(13, "building", _("Build instructions"), 4, "dossiers:building"),
    Section(14, "release", _("Release"), 2, "dossiers:release"),
)
