"""The kinds of file that are taken, and how a person knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

# Told by their names alone: what is inside is read by those who ask for such a file, and it is
# only ever given back as a download of bytes.
CAPTURES = (
    "hea",
    "dat",
    "mat",
    "atr",
    "qrs",
    "edf",
    "bdf",
    "sr",
    "vcd",
    "wav",
    "tsv",
    "txt",
    "csv",
)
DESIGNS = (
    "kicad_sch", "kicad_pcb", "kicad_pro", "sch", "brd", "lbr", "net", "step", "stp", "stl", "3mf",
    "fcstd", "scad", "dxf", "f3d", "iges", "igs", "gbr", "drl", "zip", "toml", "ino", "c", "h",
    "cpp", "py", "rs", "hex", "bin", "xml", "rst", "ini", "md",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. The first of ``extensions`` is the one given back."""

    code: str
    label: str | Promise
    extensions: tuple[str, ...]
    content_type: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", _("PDF document"), ("pdf",), "application/pdf"),
        Kind("jpeg", _("JPEG picture"), ("jpg", "jpeg", "jpe"), "image/jpeg"),
        Kind("png", _("PNG picture"), ("png",), "image/png"),
        Kind("webp", _("WebP picture"), ("webp",), "image/webp"),
        Kind("csv", _("table as text (CSV)"), ("csv", "tsv"), "text/csv"),
        Kind(
            "xlsx",
            _("Excel workbook"),
            ("xlsx",),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        Kind(
            "ods",
            _("OpenDocument spreadsheet"),
            ("ods",),
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
        Kind(
            "docx",
            _("Word document"),
            ("docx",),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        Kind("text", _("plain text"), ("txt", "md"), "text/plain"),
        Kind("yaml", _("YAML document"), ("yaml", "yml"), "application/yaml"),
        Kind("json", _("JSON document"), ("json",), "application/json"),
        Kind("capture", _("recorded signal"), CAPTURES, "application/octet-stream"),
        Kind("design", _("design file"), DESIGNS, "application/octet-stream"),
    )
}
PICTURES = ("jpeg", "png", "webp")
PAPERS = ("pdf", *PICTURES)
TABLES = ("csv", "xlsx", "ods")
WRITTEN = ("csv", "text", "yaml", "json")  # told apart by their names only
RAW = ("capture", "design")  # bytes of any form, known by their names


def named_kind(name: str) -> Kind | None:
    """The kind that a file's name promises, or None where the ending is none of ours."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    return next((kind for kind in KINDS.values() if ending in kind.extensions), None)


def listed(kinds: Iterable[str]) -> str:
    """The kinds as a person reads them: "PDF document, JPEG picture or PNG picture"."""
    labels = [str(KINDS[code].label) for code in kinds]
    if len(labels) < 2:
        return "".join(labels)
    joint = pgettext("joins the last two of a list of kinds of file", "or")
    return f"{', '.join(labels[:-1])} {joint} {labels[-1]}"
