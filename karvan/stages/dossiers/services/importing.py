"""Read a bill of materials into a dossier: previewed first, then taken as ticked, or set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..bom_queries import part_lines
from ..errors import NotGiven, WrongState
from ..models import BomImport, ColumnMapping, Dossier, PartLine, SourcingOffer
from ..reading.bom_checks import price_in_unit
from ..reading.bom_diff import COMPARED, Diff, Standing, diff_of, offer_with_price
from ..reading.bom_reading import read_bom
from ..reading.bom_shapes import BomReading, Line, Offer, line_as_data, line_from_data
from ..reading.bom_units import conversion
from .editing import locked_dossier

KINDS = ("csv", "xlsx", "ods", "text", "yaml", "json", "design")
PRICE_STEP, PACK_STEP = Decimal("0.000001"), Decimal("0.0001")


@transaction.atomic
def read_import(dossier: Dossier, *, upload: File[Any], by: Person | None) -> BomImport:
    """Read a file and keep what it says as a preview; no line of the dossier changes.

    A mapping of the same headings that was used in the workshop before is used again.

    Raises:
        Unreadable, FileNotAllowed and its kin: with what and where; nothing is kept.
    """
    held = locked_dossier(dossier)
    if (upload.name or "").lower().endswith(".json") and upload.size <= settings.MAX_UPLOAD_BYTES:
        read_bom(upload.read(), upload.name or "")  # says where it stops being readable
        upload.seek(0)
    stored = store_upload(upload, kinds=KINDS, scope=held.scope, by=by)
    with open_file(stored) as file:
        data = file.read()
    reading = read_bom(data, stored.name)
    remembered = _remembered(held, reading)
    if remembered:
        reading = read_bom(data, stored.name, table=reading.chosen, mapping=remembered)
    made = BomImport(dossier=held, file=stored, author=by)
    _keep(made, reading)
    return made


@transaction.atomic
def map_import(
    preview: BomImport, *, table: int, mapping: Mapping[str, str], by: Person | None
) -> BomImport:
    """Read the file again with another table or mapping; both are remembered for its headings.

    Raises:
        WrongState: it was taken over or set aside.
    """
    held = locked_dossier(preview.dossier)
    preview = _open_preview(preview)
    with open_file(preview.file) as file:
        data = file.read()
    is_other = table != preview.sniffed.get("table")
    reading = read_bom(data, preview.file.name, table=table, mapping=None if is_other else mapping)
    if is_other and (remembered := _remembered(held, reading)):
        reading = read_bom(data, preview.file.name, table=table, mapping=remembered)
    elif not is_other:
        _remember(held, reading)
    _keep(preview, reading)
    return preview


@transaction.atomic
def take_import(
    preview: BomImport, *, ticked: Collection[str], by: Person | None, currency: str = ""
) -> BomImport:
    """Take over what is ticked: ``add-3`` (``add-all``), ``change-17-quantity``, ``gone-17``.

    ``currency`` is that of prices which do not say theirs.

    Raises:
        WrongState: it was taken over or set aside already.
        NotGiven: nothing is ticked.
    """
    held = locked_dossier(preview.dossier)
    preview = _open_preview(preview)
    lines = [line_from_data(one) for one in preview.lines]
    diff = diff_of(standing(held), lines)
    added = [at for at in diff.added if "add-all" in ticked or f"add-{at}" in ticked]
    gone = [key for key in diff.gone if f"gone-{key}" in ticked]
    changed = [
        (index, key, names)
        for index, key, fields in diff.changed
        if (names := [one.name for one in fields if f"change-{key}-{one.name}" in ticked])
    ]
    if not (added or gone or changed):
        raise NotGiven(_("Tick at least one line to take over, or set the file aside."))
    _add(preview, [lines[index] for index in added], currency, by)
    _change(held, preview, [(lines[index], key, names) for index, key, names in changed], currency)
    PartLine.objects.filter(dossier=held, pk__in=gone).delete()
    preview.state, preview.taken_at = BomImport.State.TAKEN, clock.now()
    preview.accepted = len(added) + len(changed)
    preview.rejected = len(lines) - diff.same - preview.accepted
    preview.save()
    with_reading = {"added": len(added), "changed": len(changed), "removed": len(gone)}
    record("bom taken", held, by=by, after={"file": preview.file.name, **with_reading})
    return preview


@transaction.atomic
def set_import_aside(preview: BomImport, *, by: Person | None) -> BomImport:
    """Leave a preview: nothing of it is taken over; the file stays for who asks what was read.

    Raises:
        WrongState: it was taken over or set aside already.
    """
    held = locked_dossier(preview.dossier)
    preview = _open_preview(preview)
    preview.state = BomImport.State.SET_ASIDE
    preview.save()
    record("bom set aside", held, by=by, after={"file": preview.file.name})
    return preview


def preview_diff(preview: BomImport, *, by: Person | None = None) -> tuple[list[Line], Diff]:
    """The lines of a preview, and what they would change now. Writes nothing."""
    lines = [line_from_data(one) for one in preview.lines]
    return lines, diff_of(standing(preview.dossier), lines)


def standing(dossier: Dossier, *, by: Person | None = None) -> list[Standing]:
    """The dossier's lines as the diff compares them. Two queries."""
    found = []
    for line in part_lines(dossier):
        offer = next((one for one in line.offers.all() if one.price is not None), None)
        price = offer.price / offer.price_quantity if offer and offer.price is not None else None
        fields = {name: getattr(line, name) for name in COMPARED}
        found.append(Standing(line.pk, line.sheet, fields, price, offer.currency if offer else ""))
    return found


def _open_preview(preview: BomImport) -> BomImport:
    found = BomImport.objects.select_for_update().select_related("file").get(pk=preview.pk)
    if found.state != BomImport.State.PREVIEW:
        raise WrongState(_("This file was taken over or set aside already."))
    return found


def _keep(made: BomImport, reading: BomReading) -> None:
    made.sniffed = {"format": reading.format, **reading.sniffed, "facts": dict(reading.facts)}
    made.sniffed["tables"] = [
        {"title": one.title, "sheet": one.sheet, "lines": len(one.rows)} for one in reading.tables
    ]
    chosen = reading.tables[reading.chosen]
    made.sniffed["stated"] = [
        {"label": one.label, "value": str(one.value)} for one in chosen.stated if one.label
    ]
    made.mapping = dict(reading.mapping)
    made.lines = [line_as_data(line) for line in reading.lines]
    made.doubts = [doubt.as_data() for doubt in reading.doubts]
    made.save()


def _headings(reading: BomReading) -> str:
    return hashlib.sha256("\x1f".join(reading.mapping).encode()).hexdigest()


def _remembered(dossier: Dossier, reading: BomReading) -> dict[str, str]:
    found = ColumnMapping.objects.filter(scope=dossier.scope, headings=_headings(reading)).first()
    return dict(found.mapping) if found else {}


def _remember(dossier: Dossier, reading: BomReading) -> None:
    ColumnMapping.objects.update_or_create(
        scope=dossier.scope,
        headings=_headings(reading),
        defaults={"mapping": dict(reading.mapping), "used_at": clock.now()},
    )


def _add(preview: BomImport, lines: list[Line], currency: str, by: Person | None) -> None:
    """New lines with their offers and their materials; four statements however many there are."""
    made = [_line(preview, line, order, by) for order, line in enumerate(lines, start=1)]
    PartLine.objects.bulk_create(made)
    offers = [
        offer
        for row, line in zip(made, lines, strict=True)
        for offer in _offers(row, line, currency, by)
    ]
    SourcingOffer.objects.bulk_create(offers)
    by_item = {line.item: row for row, line in zip(made, lines, strict=True) if line.item}
    bound = []
    for row, line in zip(made, lines, strict=True):
        if line.made_from in by_item:
            row.made_from = by_item[line.made_from]
            bound.append(row)
    PartLine.objects.bulk_update(bound, ["made_from"])


def _line(preview: BomImport, line: Line, order: int, by: Person | None) -> PartLine:
    row = PartLine(dossier=preview.dossier, order=order, sheet=line.sheet, author=by)
    for name in COMPARED:
        setattr(row, name, _kept(name, getattr(line, name)))
    row.source_import = preview
    row.source_row = _source(preview, line)
    row.warnings = [doubt.as_data() for doubt in line.doubts]
    return row


def _source(preview: BomImport, line: Line) -> dict[str, Any]:
    source = {"file": preview.file.name, "sheet": preview.sniffed.get("sheet", ""), "row": line.row}
    if line.item:
        source["item"] = line.item
    if line.stated_cost is not None:
        source["stated"] = str(line.stated_cost)
    return source


def _kept(name: str, value: Any) -> Any:
    if name == "refs":
        return list(value)
    return value[:24] if name == "unit" else value


def _offers(row: PartLine, line: Line, currency: str, by: Person | None) -> list[SourcingOffer]:
    counted = offer_with_price(line)
    made = []
    for offer in line.offers:
        one = SourcingOffer(part=row, author=by, supplier=offer.supplier, sku=offer.sku)
        one.url = offer.url[:500] if offer.url.startswith(("http://", "https://")) else ""
        _set_price(one, offer, line, currency)
        one.chosen = offer is counted and one.price is not None
        made.append(one)
    return made


def _set_price(one: SourcingOffer, offer: Offer, line: Line, currency: str) -> None:
    """The price for so many of the line's unit; unknown where the units do not fit."""
    one.currency = ""
    if offer.price is None or price_in_unit(offer, line.unit) is None:
        one.price = None
        return
    factor = conversion(offer.price_unit, line.unit) if offer.price_unit else Decimal(1)
    pack = offer.price_quantity * (factor or Decimal(1))
    if not PACK_STEP <= pack < Decimal(10) ** 10:
        one.price = None
        return
    one.price = offer.price.quantize(PRICE_STEP)
    one.currency = offer.currency or currency
    one.price_quantity = pack.quantize(PACK_STEP)
    one.moq = max(offer.moq, PACK_STEP).quantize(PACK_STEP)


def _change(
    dossier: Dossier, preview: BomImport, changes: list[tuple[Line, int, list[str]]], currency: str
) -> None:
    rows = {
        row.pk: row for row in part_lines(dossier).filter(pk__in=[key for _l, key, _n in changes])
    }
    for line, key, names in changes:
        row = rows[key]
        for name in names:
            if name != "price":
                setattr(row, name, _kept(name, getattr(line, name)))
        row.source_import, row.source_row = preview, _source(preview, line)
        row.warnings = [doubt.as_data() for doubt in line.doubts]
        row.save()
        if "price" in names:
            _change_price(row, line, currency)


def _change_price(row: PartLine, line: Line, currency: str) -> None:
    """The counted offer takes the new price where it is the same supplier's; else a new one does."""
    offer = offer_with_price(line)
    if offer is None:
        return
    counted = row.offers.filter(chosen=True).first()
    is_same = counted and counted.supplier.lower() == offer.supplier.lower()
    one = counted if counted and is_same else SourcingOffer(part=row, supplier=offer.supplier)
    one.sku, one.url = offer.sku or one.sku, offer.url or one.url
    before = one.currency
    _set_price(one, offer, line, currency)
    one.currency = one.currency or before
    if counted and not is_same:
        counted.chosen = False
        counted.save(update_fields=["chosen", "changed_at"])
    one.chosen = one.price is not None
    one.save()
