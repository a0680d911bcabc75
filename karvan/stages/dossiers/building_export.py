"""Build instructions as a project of GitBuilding: pages of its Markdown, one page a part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal

from django.utils.text import slugify

from .models import BuildStep, Dossier, PartLine

# The words of a part's page are English, as those of the program that reads them.


def gitbuilding_zip(
    dossier: Dossier, steps: Sequence[BuildStep], parts: Sequence[PartLine]
) -> bytes:
    """A ZIP with ``buildconf.yaml``, ``index.md`` and a page for every part that is in the bill."""
    pages = {one.pk: f"parts/{_file_name(one)}.md" for one in parts}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("buildconf.yaml", f"Title: {_quoted(dossier.title)}\n")
        packed.writestr("index.md", index_page(dossier, steps, pages))
        for one in parts:
            packed.writestr(pages[one.pk], part_page(one))
    return held.getvalue()


def index_page(dossier: Dossier, steps: Sequence[BuildStep], pages: dict[int, str]) -> str:
    """The one page of instructions: the list of parts, then every step with what it uses.

    What a step uses stands in its own line as ``[part](page){qty: 3}``; GitBuilding sums these up
    where ``{{BOM}}`` stands.
    """
    lines = [f"# {_in_line(dossier.title)}", ""]
    if dossier.summary:
        lines += [dossier.summary.strip(), ""]
    lines += ["{{BOM}}", ""]
    for one in steps:
        lines += [f"## {_in_line(one.title)} {{pagestep}}", ""]
        if one.text:
            lines += [one.text.strip(), ""]
        for use in one.uses.all():
            quantity = _quantity(use.quantity, use.part.unit)
            lines.append(f"* [{_in_line(str(use.part))}]({pages[use.part_id]}){{qty: {quantity}}}")
        for tool in one.tools:
            lines.append(f"* [{_in_line(tool)}]{{qty: 1, cat: tool}}")
        if one.uses.all() or one.tools:
            lines.append("")
        if one.check_text:
            lines += [f"> {_in_line(one.check_text)}", ""]
        if one.produces:
            lines += [f"[{_in_line(one.produces)}]{{output, qty: 1, hidden}}", ""]
    return "\n".join(lines).rstrip() + "\n"


def part_page(part: PartLine) -> str:
    """The page of a part: what it is and how it is ordered, as far as that is known."""
    facts = (
        ("Manufacturer", part.manufacturer),
        ("Part number", part.mpn),
        ("Value", part.value),
        ("Package", part.package),
        ("References", ", ".join(part.refs)),
    )
    known = [f"* {name}: {_in_line(value)}" for name, value in facts if value]
    return (
        "\n".join([f"# {_in_line(str(part))}", "", *known, "", part.note.strip()]).rstrip() + "\n"
    )


def _file_name(part: PartLine) -> str:
    return f"{slugify(str(part))[:50] or 'part'}-{part.pk}"


def _quantity(quantity: Decimal, unit: str) -> str:
    text = f"{quantity.normalize():f}"
    return text if unit in ("", "each") else f"{text} {unit}"


def _in_line(text: str) -> str:
    """Text that cannot end the brackets it stands in."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
