"""What a column holds, told from its heading in several languages, and from what is in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from .bom_numbers import is_nothing, number_of, text_of
from .bom_refs import looks_like_refs
from .bom_shapes import Table

CHIP_SIZES = {
    "201", "402", "603", "805", "1206", "1210", "1806", "1812", "2010", "2512", "1005", "1608",
    "2012", "3216", "3225", "5025", "6332", "2220", "1008", "0201", "0402", "0603", "0805", "01005",
}  # fmt: skip
# In this order: the first that fits a heading is its field. A dollar ends a whole heading.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("ignore", r"^(order|ordered|in stock|stock|bestand|status|libref|lib|library|sheet ?path|datasheet|data sheet|datenblatt|fiche technique|image|photo|picture|bild|pos ?[xyz]|rot(ation)?|side|layer|center.*|mid ?[xy]|weight.*|mass.*|height|width)$"),
    ("line_cost", r"^(cost per (?!(item|unit|piece|pc|each|pack|package|packet|box|reel)\b)\w+|ext(ended)?\.? ?(price|cost).*|total ?(price|cost|amount).*|(price|cost|sum)? ?total|sub ?total|line ?(cost|total|price)|amount|gesamt(preis|summe|kosten)?|sum(me)?|prix total|montant|total (ht|ttc)|сумма|стоимость|итого|mebleg|məbləğ)$"),
    ("ignore", r"^(cost|price|total|packages|packs|prix|preis).*\b(for|pour|für) .+"),
    ("pack_price", r"^(package|pack|packet|kit|box|reel) ?(cost|price)|^(cost|price) (per|of|for) (a )?(pack|package|packet|box|reel)$|^packungspreis|^prix (du|par) (lot|paquet)|^цена (за )?упаковк"),
    ("pack_size", r"^((items|pieces|pcs|units|parts|qty|quantity|number) ?(per|in|/) ?(a )?(pack|package|packet|box|reel|bag|lot)|pack(age|aging)? ?(size|quantity|qty)|price ?(qty|quantity|units|per)|ve|verpackungseinheit|stück(zahl)? pro packung|quantité par (lot|paquet)|в упаковке)$"),
    ("packs", r"^(packages|packs|boxes|reels)( needed| required)?$"),
    ("moq", r"^(moq|min(imum)?\.? ?(order)?( qty| quantity)?|mindest(bestell)?menge)$"),
    ("refs", r"^(ref(erence|s|erences)?s?|ref ?des(ignator)?s?|reference ?designators?|designator.?|designators|part ?ref.*|bezeichner|repère.?|repere.?|références?|referenz(en)?|bauteil(e)?( ?nr)?|location|schematic ?ref.*|обозначени[ея]|поз(иционное)?\.? ?обозначени[ея])$"),
    ("url", r"^(url|link|links|web ?(site|link|page)?|hyperlink|lien|buy ?link|purchase ?link|product ?(link|page|url)|supplier ?(link|url)|where to buy|адрес|ссылка|keçid)$"),
    ("sku", r"^((supplier|vendor|distributor|seller|order(ing)?|catalog(ue)?|retailer|supp?|lieferant(en)?)\.?('?s)? ?(part|product|item)? ?(no|nr|num|number|#|code|sku|pn|p/n|id|ref|reference)|order ?(no|nr|num|number|code|#)|sku|spn|digi-?key( ?(part|pn|#|no|number|part number))?|mouser( ?(part|pn|#|no|number|part number))?|lcsc( ?(part|pn|#|no|number|part number|part #))?|jlcpcb( ?part ?#?)?|jlc ?part.*|farnell.*|rs ?components.*|bestell ?(nr|nummer)|artikel ?(nr|nummer)|réf(érence)? fournisseur|supplier and ref|артикул|заказной номер)$"),
    ("supplier", r"^(supplier.?|suppliers|vendor.?|distributor.?|retailer.?|shop|store|seller|source.?|sources( of materials?)?|source of materials?|bought from|lieferant(en)?|händler|fournisseur.?|vendeur|поставщик|təchizatçı|site)( name| \d)?$"),
    ("manufacturer", r"^(manufacturer.?|manufacturers?|mfr\.?|mfg\.?|manuf\.?|maker|brand|make|mf|hersteller|fabricant|producer|производитель|istehsalçı|part ?manufacturer|manufacturer ?(name|_name))( ?(name|\d))?$"),
    ("mpn", r"^((manufacturer|mfr|mfg|manuf|man|hersteller|fabricant)\.?('?s)? ?(part|product|item|artikel)? ?(no|nr|num|number|#|code|pn|p/n|ref(erence)?|id|nummer)|manufacturer ?(pn|part)|m ?p ?n|p/?n|pn|part ?(no|nr|num|number|#|code|id)s?|partnumber|part_number|teile ?(nr|nummer)|herstellernummer|référence (fabricant|pièce)|парт ?номер|модель|model( ?(no|nr|number))?|order code)$"),
    ("quantity", r"^(qty|qnty|quant(ity)?|quantities|qté|qte|quantité|count|number|num|nb|nombre|no of (parts|items|pieces)|number (of|required|needed).*|amount ?(needed|required)?|pcs|pieces|anzahl|menge|stück(zahl)?|stk|кол(ичество|-во|\.|во)?|say|miqdar|adet|cantidad|quantit[aà]|(items|units|parts|pieces|qty|quantity) ?(needed|required)|(items|units|parts|pieces|qty|quantity) ?(per|/|for a|for one|per one) ?\w+|total ?(qty|quantity))$"),
    ("unit", r"^(unit|units|price ?unit|uom|u/m|einheit|unité|единица|ед\.? ?изм\.?|vahid|measure)$"),
    ("price", r"^((unit|each|piece|item|single|avg|average|approx(imate)?|est(imated)?)?[ _]?(price|cost)s?( ?(per|/|a|for)? ?(item|unit|piece|pc|pcs|each|ea|one|1))?|price.*each|cost|preis|einzelpreis|stückpreis|prix( unitaire)?( ht| ttc)?|coût( unitaire)?( ht| ttc)?|pu|prix ?u\.?|цена|qiymət|precio|prezzo)$"),
    ("currency", r"^(currency|währung|devise|валюта|curr)$"),
    ("package", r"^(package|footprint|case(/package)?|package ?/ ?case|case ?size|housing|gehäuse|bauform|boîtier|empreinte|корпус|pattern|pcb ?footprint|size)$"),
    ("value", r"^(value.?|val|comment|wert|valeur|номинал|part ?value|designation|nominal)$"),
    ("description", r"^((item|part|component|product|parts?|article) ?(description|desc|name|title)s?|description.?|desc|name|item ?name|title|parts?|beschreibung|bezeichnung|benennung|désignation|libellé|article|component|composant|product|bauteilname|наименование|описание|название|ad|təsvir|material|what)$"),
    ("fitted", r"^(dnp|dnf|dni|do not (populate|fit|place)|no ?pop|not fitted|populate|fitted|fit|mount(ed)?|bestückt|assembled?)$"),
    ("optional", r"^(optional|optionnel|option)$"),
    ("kind", r"^(type|kind|part ?type|component ?type|bauart|tsdc)$"),
    ("section", r"^(category|cat|group|section|module|sub-?assembly|assembly|system|kategorie|baugruppe|catégorie|sous-ensemble|категория)$"),
    ("item", r"^(item|items|item ?(no|nr|number|#)|line ?#|pos|position|no|nr|n°|#|id|index|line|lfd\.? ?nr|line ?no|s\.? ?no|sl\.? ?no|sr\.? ?no|№|п/п|№ п/п|sıra)$"),
    ("note", r"^(note.?|notes|remark.?|remarks|comments|spec(s|ification|ifications)?|details?|info|additional.*|bemerkung(en)?|anmerkung(en)?|hinweis|remarques?|commentaires?|примечани[ея]|qeyd|tolerance|rating|voltage|alternat.*|use|purpose|function|device|werkstoff|matière|material type)$"),
)  # fmt: skip
PATTERNS = tuple((name, re.compile(pattern, re.I)) for name, pattern in _PATTERNS)
FIELDS = (
    "item", "refs", "quantity", "unit", "description", "value", "package", "manufacturer", "mpn",
    "kind", "section", "fitted", "optional", "note", "supplier", "sku", "url", "price", "pack_price",
    "pack_size", "packs", "moq", "line_cost", "currency",
)  # fmt: skip
_MAKERS = re.compile(r"mpn|m p n|man|mfr|mfg|hersteller|fabricant")
_OF_ONE = re.compile(r"unit|each|item|piece|einzel|stück|single|/ ?1$|per|p\.?u\.?$|u\.$")
_BARE = ("price", "cost", "preis", "prix", "цена", "costs", "prices")
SAMPLE = 300  # rows that settle what the headings leave open
MANY = ("note", "url", "sku", "supplier")  # several columns may go to these


def plain_heading(text: Any) -> str:
    """A heading without its unit, currency, marks of emphasis and links."""
    said = unicodedata.normalize("NFKC", text_of(text))
    said = re.sub(r"\[([^\]]*)\](\[[^\]]*\]|\([^)]*\))", r"\1", said)
    said = re.sub(r"[(\[{].*?[)\]}]", " ", said)
    said = re.sub(r"[$€£¥₹₽₼*_:`\"]|\b(USD|EUR|GBP|CHF|AZN|RUB|CAD|AUD)\b", " ", said)
    said = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", said)
    said = " ".join(said.split()).lower().strip(" .-–/")
    return re.sub(r"(?<=[a-zа-я]) ?\d$", "", said)


@lru_cache(maxsize=8192)
def field_named(heading: str) -> str:
    """The field a heading names, "ignore" for one that is known and not taken, "" if unknown."""
    said = plain_heading(heading)
    if not said or len(said) > 60:
        return ""
    for name, pattern in PATTERNS:
        if pattern.search(said):
            return name
    return ""


def keys_of(head: Sequence[str]) -> tuple[str, ...]:
    """A name for each column that is not another's: the heading, or "column 8" by its place."""
    seen: dict[str, int] = {}
    keys = []
    for at, heading in enumerate(head, start=1):
        key = text_of(heading) or f"#{at}"
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key} #{at}")
    return tuple(keys)


def guessed_mapping(table: Table) -> dict[str, str]:
    """Heading to field, for every column; "" where nothing is known. A field is given once,
    but for ``MANY``; what is in the columns settles what the headings leave open."""
    columns = {key: [row.cells[at] if at < len(row.cells) else "" for row in table.rows[:SAMPLE]]
               for at, key in enumerate(keys_of(table.head))}  # fmt: skip
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, heading in zip(columns, table.head, strict=True):
        name = _by_content(field_named(heading), heading, columns[key])
        if name in taken and name not in MANY:
            name = _second(name, taken)
        found[key] = name
        taken.add(name)
    _settle_numbers(found)
    _settle_prices(found)
    if "pack_price" in taken:  # beside the price of a pack, a bare cost is that of the line
        for key in [k for k, n in found.items() if n == "price" and plain_heading(k) == "cost"]:
            found[key] = "" if "line_cost" in taken else "line_cost"
    if "description" not in taken:
        _promote(found, columns)
    return found


def _by_content(name: str, heading: str, cells: Sequence[Any]) -> str:
    """The field by what the cells are where the heading says too little or something else."""
    filled = [cell for cell in cells if not is_nothing(cell)]
    if not filled:
        return name
    numbers = [number_of(cell) for cell in filled]
    counting = [n for n in numbers if n is not None]
    counts_up = len(counting) > 1 and counting == [counting[0] + at for at in range(len(filled))]
    refs = sum(looks_like_refs(cell) for cell in filled)
    if name == "description" and plain_heading(heading) in ("part", "parts", "component"):
        return "refs" if refs * 5 > len(filled) * 4 else name
    if name == "refs" and plain_heading(heading) in ("bauteil", "bauteile", "location"):
        return name if refs * 2 > len(filled) else "description"
    if name in ("mpn", "item") or not text_of(heading):
        if counts_up and counting[0] <= 1:
            return "item"
        if (
            name == "item"
            and all(looks_like_refs(c) for c in filled)
            and any("," in str(c) for c in filled)
        ):
            return "refs"
        if name == "item" and not counting and sum(len(str(c)) for c in filled) > 12 * len(filled):
            return "description"
    if name in ("", "mpn") and all(
        str(c).startswith(("http://", "https://", "www.")) for c in filled
    ):
        return "url"
    if not name and not text_of(heading) and all(looks_like_refs(c) for c in filled):
        return "refs"
    if name == "package" and len(counting) * 2 > len(filled):
        odd = [c for c in filled if number_of(c) is not None and text_of(c) not in CHIP_SIZES]
        return "" if len(odd) * 2 > len(filled) else name
    return name


def _second(name: str, taken: set[str]) -> str:
    """Where a second column of the same field goes."""
    others = {"value": "description", "description": "note", "mpn": "sku", "package": "note",
              "refs": "note", "manufacturer": "note", "quantity": "", "price": "", "item": ""}  # fmt: skip
    other = others.get(name, "")
    return "" if other in taken and other not in MANY else other


def _settle_numbers(found: dict[str, str]) -> None:
    """The manufacturer's number is the column that says so; a bare number is then one's own."""
    exact = [
        key for key in found if _MAKERS.match(plain_heading(key)) and field_named(key) == "mpn"
    ]
    held = next((key for key, name in found.items() if name == "mpn"), None)
    if exact and held and held not in exact:
        found[exact[0]] = "mpn"
        found[held] = "" if "item" in found.values() else "item"


def _settle_prices(found: dict[str, str]) -> None:
    """Of two prices the one that says of what is the price of one; the bare one is the line's."""
    prices = [key for key in found if field_named(key) == "price"]
    exact = [key for key in prices if _OF_ONE.search(plain_heading(key))]
    bare = [key for key in prices if plain_heading(key) in _BARE]
    if exact and bare:
        found |= dict.fromkeys(prices, "") | {exact[0]: "price"}
        if "line_cost" not in found.values():
            found[bare[0]] = "line_cost"


def _promote(found: dict[str, str], columns: dict[str, list[Any]]) -> None:
    """Without a description, the value or an unknown column of words says what a part is."""
    if "value" in found.values() and "refs" in found.values():
        return
    rows = max(map(len, columns.values()), default=0)
    for wanted in ("value", "kind", "note", "item", ""):
        for key, name in found.items():
            cells = [c for c in columns[key] if not is_nothing(c)]
            words = [
                c
                for c in cells
                if number_of(c) is None and (wanted == "item" or len(text_of(c)) > 2)
            ]
            if name == wanted and words and len(words) * 2 > len(cells) and len(cells) * 2 >= rows:
                found[key] = "description"
                return
