"""What each doubt says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# "look": somebody must decide; "note": said so that nothing happens in silence.
LOOK, NOTE = "look", "note"

DOUBTS: dict[str, tuple[str, str | Promise]] = {
    "refs_more": (LOOK, _("%(count)s references (%(refs)s), but the quantity is %(quantity)s.")),
    "refs_fewer": (LOOK, _("The quantity is %(quantity)s, but only %(count)s is named: %(refs)s.")),
    "refs_are_codes": (NOTE, _("The references look like codes of groups, one a line (%(example)s); they are not counted against the quantity.")),
    "repeated_ref": (LOOK, _("%(ref)s stands %(count)s times. Is it one part or several?")),
    "placed_twice": (LOOK, _("%(ref)s is on the board %(count)s times; it is counted once.")),
    "two_values": (LOOK, _("%(ref)s has several values: %(values)s.")),
    "unannotated": (LOOK, _("Parts without a number: %(refs)s. Each is counted as one.")),
    "not_fitted": (NOTE, _("Not fitted (%(why)s): it is kept, and in no cost.")),
    "optional": (NOTE, _("Optional: it is kept, and in no cost.")),
    "range": (LOOK, _("A range: “%(text)s”. The cost counts the least.")),
    "about": (NOTE, _("An estimate: “%(text)s”.")),
    "two_measures": (LOOK, _("Two measures: “%(text)s”. The first is taken.")),
    "quantity_unreadable": (LOOK, _("“%(text)s” is not read as a quantity; it is left unknown.")),
    "no_quantity": (LOOK, _("No quantity: it is unknown, not one.")),
    "no_quantity_column": (LOOK, _("No column names a quantity: it is unknown for %(count)s lines.")),
    "unknown_unit": (LOOK, _("The unit “%(unit)s” is not known; it cannot be converted.")),
    "material": (NOTE, _("Material of %(parts)s: where these have a price, it is not counted beside them.")),
    "mark": (NOTE, _("A logo, fiducial or hole (%(refs)s): drawn on the board, not bought, in no cost.")),
    "left_out_of_bom": (NOTE, _("%(count)s parts are marked in the drawing as in no bill of materials: %(refs)s.")),
    "other_sheets": (LOOK, _("The drawing has more sheets, in other files: %(files)s. Import these too.")),
    "listed_only": (NOTE, _("%(count)s parts are drawn on other sheets; they are taken from the list in this file: %(refs)s.")),
    "multiplier_unknown": (LOOK, _("“%(multiplier)s” does not say how many; the quantity is left unknown.")),
    "no_mpn": (NOTE, _("%(count)s of %(of)s lines have no part number of a manufacturer or supplier.")),
    "no_price": (NOTE, _("%(count)s of %(of)s lines have no price. A missing price is never counted as nought.")),
    "price_nought": (LOOK, _("The price is written as 0. It is left unknown; enter 0 if the part is free.")),
    "price_unreadable": (LOOK, _("“%(text)s” is not read as a price; it is left unknown.")),
    "price_unit_unknown": (LOOK, _("“%(text)s” is a price for something that is not known; it is left out.")),
    "price_about": (NOTE, _("An estimated price: “%(text)s”.")),
    "price_other_unit": (LOOK, _("The price is for another unit than the quantity (%(unit)s); it is left unknown.")),
    "price_from_cost": (NOTE, _("The price of one is reckoned from the cost of the line, %(cost)s, and its quantity, %(quantity)s.")),
    "prices_disagree": (LOOK, _("The price of one is %(price)s, but a pack of %(size)s costs %(pack)s. The pack is taken.")),
    "pack_size_unknown": (LOOK, _("A pack costs %(price)s, but how many are in it is not said; it is taken as one.")),
    "price_disagrees_with_sources": (LOOK, _("The price stated is %(stated)s; its %(count)s sources give %(sources)s.")),
    "one_price_several_offers": (NOTE, _("One price for %(count)s suppliers or order numbers; it stands at the first.")),
    "cost_disagrees": (LOOK, _("The cost stated for the line is %(stated)s; price times quantity is %(computed)s.")),
    "cost_is_of_packs": (NOTE, _("The cost stated, %(stated)s, is that of whole packs; price times quantity is %(computed)s.")),
    "total_disagrees": (LOOK, _("“%(label)s” is stated as %(stated)s; the lines give %(computed)s.")),
    "total_is_of_packs": (NOTE, _("“%(label)s”, %(stated)s, is that of whole packs; per item the lines give %(computed)s.")),
    "several_currencies": (LOOK, _("Prices in several currencies: %(currencies)s.")),
    "currency_not_stated": (LOOK, _("%(count)s prices do not say their currency. Say it before you take the lines over.")),
    "several_tables": (LOOK, _("The file holds %(count)s tables: %(names)s. Take each over by itself.")),
    "tables_disagree": (LOOK, _("“%(one)s” and “%(other)s” differ for %(count)s references: %(refs)s.")),
    "section_row": (NOTE, _("“%(text)s” is read as a heading for the lines under it.")),
    "figures_without_name": (LOOK, _("Figures without a name are no line: %(figures)s.")),
    "unnamed_column": (LOOK, _("Column %(column)s has no heading and holds %(count)s cells.")),
    "column_left": (NOTE, _("The column “%(heading)s” (%(count)s cells) is not taken over.")),
    "heading_lies": (LOOK, _("The heading says “%(heading)s”, but the cells are something else: “%(example)s”.")),
    "no_head": (LOOK, _("No row names the columns. Say below what each of them is.")),
    "head_unknown": (LOOK, _("The first row is taken for headings, of which too few are known. Say below what each is.")),
    "formula_without_value": (LOOK, _("A formula without a kept value: %(formula)s. Open the workbook, save it, and import it again.")),
    "typed_among_formulas": (LOOK, _("Typed figures among formulas: %(cells)s.")),
    "formulas_not_read": (NOTE, _("The formulas of the workbook could not be read (%(why)s); its values are.")),
    "other_reader": (NOTE, _("The usual reader of workbooks failed (%(why)s); another one read it.")),
    "sheet_unreadable": (LOOK, _("This sheet could not be read: %(why)s.")),
    "letters_lost": (LOOK, _("%(count)s letters are not of the encoding %(encoding)s and are shown as �.")),
    "quotes_open": (LOOK, _("A quotation mark is never closed; quotation marks are read as plain signs.")),
    "read_from_bullets": (NOTE, _("%(count)s lines come from lists, not from a table.")),
    "bom_elsewhere": (LOOK, _("The manifest names a bill of materials in another file: %(path)s.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One doubt as a sentence; doubts that say the same stand together."""

    code: str
    weight: str
    text: str
    places: tuple[str, ...]


def sentence(doubt: Mapping[str, Any]) -> str:
    """What a doubt says. One of a code that is not known says its code."""
    known = DOUBTS.get(doubt["code"])
    if known is None:
        return str(doubt["code"])
    try:
        return str(str(known[1]) % doubt.get("args", {}))
    except (KeyError, TypeError, ValueError):
        return str(known[1])


def weight(code: str) -> str:
    return DOUBTS.get(code, (LOOK, ""))[0]


def grouped(doubts: Iterable[Mapping[str, Any]]) -> list[Said]:
    """Doubts by what they say, those to look at first, each with all its places."""
    found: dict[tuple[str, str], list[str]] = {}
    for doubt in doubts:
        places = found.setdefault((doubt["code"], sentence(doubt)), [])
        for place in str(doubt.get("where") or "").split(", "):
            if place and place not in places:
                places.append(place)
    said = [Said(code, weight(code), text, tuple(places)) for (code, text), places in found.items()]
    return sorted(
        said,
        key=lambda one: (
            one.weight != LOOK,
            list(DOUBTS).index(one.code) if one.code in DOUBTS else 0,
        ),
    )
