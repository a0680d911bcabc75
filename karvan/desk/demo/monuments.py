"""A register of twelve real monuments of Azerbaijan, three of them on the World Heritage List.

Names, places and dates are the demo's own compilation, to about a kilometre; photographs are
drawn. Decision 132 of 2 August 2001 is the country's list of monuments under state protection.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.stages.heritage.models import Monument, Register
from karvan.stages.heritage.reading.years import years_of
from karvan.stages.heritage.services.gallery import add_photo
from karvan.stages.heritage.services.registers import found_register
from karvan.stages.heritage.services.registers_elements import add_element
from karvan.stages.heritage.services.registers_monuments import enter_monument, write_status

from .world import World, at, texts

SOURCE = "own compilation"
RETRIEVED = date(2024, 3, 1)
WORLD_HERITAGE, IN_DANGER = "World Heritage List", "List of World Heritage in Danger"
DECISION = "Cabinet of Ministers, decision no. 132"
DECIDED = date(2001, 8, 2)
# Number, names, type, importance, date, region, district, latitude, longitude, materials.
MONUMENTS = (
    ("AZ-001", texts("Walled City of Baku with the Shirvanshahs' Palace and Maiden Tower", "Cité fortifiée de Bakou, palais des Chirvanchahs et tour de la Vierge", "مدينة باكو المسورة مع قصر الشروانشاهيين وبرج العذراء", "Şirvanşahlar sarayı və Qız qalası ilə İçərişəhər"), "walled city", "world", "12th–16th century", "Bakı", "Səbail", 40.3667, 49.8333, ("limestone",)),
    ("AZ-002", texts("Gobustan Rock Art Cultural Landscape", "Paysage culturel d'art rupestre de Gobustan", "المشهد الثقافي للفن الصخري في غوبستان", "Qobustan qayaüstü incəsənət mədəni landşaftı"), "rock art", "world", "from the end of the Ice Age to the Middle Ages", "Bakı", "Qaradağ", 40.1250, 49.3750, ("limestone",)),
    ("AZ-003", texts("Historic Centre of Sheki with the Khan's Palace", "Centre historique de Sheki avec le palais du Khan", "المركز التاريخي لشكي مع قصر الخان", "Xan sarayı ilə birgə Şəkinin tarixi mərkəzi"), "historic town", "world", "18th–19th century", "Şəki", "Şəki", 41.2033, 47.1875, ("river stone", "brick", "timber")),
    ("AZ-004", texts("Maiden Tower", "Tour de la Vierge", "برج العذراء", "Qız qalası"), "tower", "world", "12th century", "Bakı", "Səbail", 40.3661, 49.8372, ("limestone", "gypsum mortar")),
    ("AZ-005", texts("Palace of the Shirvanshahs", "Palais des Chirvanchahs", "قصر الشروانشاهيين", "Şirvanşahlar sarayı"), "palace", "world", "15th century", "Bakı", "Səbail", 40.3660, 49.8333, ("limestone",)),
    ("AZ-006", texts("Momine Khatun Mausoleum", "Mausolée de Momine Khatoun", "ضريح مؤمنة خاتون", "Möminə xatın türbəsi"), "mausoleum", "world", "1186", "Naxçıvan", "Naxçıvan", 39.2089, 45.4119, ("brick", "glazed tile")),
    ("AZ-007", texts("Sheki Khan's Palace", "Palais des Khans de Sheki", "قصر خانات شكي", "Şəki xan sarayı"), "palace", "world", "1797", "Şəki", "Şəki", 41.2044, 47.1975, ("brick", "timber", "stained glass")),
    ("AZ-008", texts("Fire Temple of Baku", "Temple du feu de Bakou", "معبد النار في باكو", "Atəşgah"), "temple", "national", "17th–18th century", "Bakı", "Suraxanı", 40.4156, 50.0086, ("limestone",)),
    ("AZ-009", texts("Khudafarin Bridges", "Ponts de Khoudaférine", "جسور خداآفرين", "Xudafərin körpüləri"), "bridge", "world", "12th–13th century", "Qarabağ", "Cəbrayıl", 39.1490, 46.9400, ("brick", "river stone")),
    ("AZ-010", texts("Alinja Fortress", "Forteresse d'Alindja", "قلعة أليـنجة", "Əlincə qalası"), "fortress", "national", "11th–15th century", "Naxçıvan", "Culfa", 39.1990, 45.6910, ("rubble stone",)),
    ("AZ-011", texts("Yukhari Govhar Agha Mosque", "Mosquée Youkhari Govhar Agha", "مسجد يوخاري جوهر آغا", "Yuxarı Gövhər ağa məscidi"), "mosque", "national", "1883–1885", "Qarabağ", "Şuşa", 39.7600, 46.7500, ("limestone", "brick")),
    ("AZ-012", texts("Burial mounds of Borsunlu", "Tumulus de Borsounlou", "تلال الدفن في بورسونلو", "Borsunlu kurqanları"), "burial mound", "national", "2nd millennium BCE", "Gəncə-Daşkəsən", "Goranboy", 40.5500, 46.6500, ("earth", "timber")),
)  # fmt: skip
LISTED: dict[str, tuple[str, tuple[tuple[str, int, int | None], ...]]] = {
    "AZ-001": ("958", ((WORLD_HERITAGE, 2000, None), (IN_DANGER, 2003, 2009))),
    "AZ-002": ("1076", ((WORLD_HERITAGE, 2007, None),)),
    "AZ-003": ("1549", ((WORLD_HERITAGE, 2019, None),)),
}
LOOTED = ("AZ-012",)
PROTECTED = ("AZ-004", "AZ-005", "AZ-006", "AZ-007", "AZ-008", "AZ-011")
PARTS = (
    ("palace", "", texts("Palace", "Palais", "القصر", "Saray"), "building", "brick"),
    ("south-facade", "palace", texts("South facade", "Façade sud", "الواجهة الجنوبية", "Cənub fasadı"), "facade", "brick"),
    ("iwan", "south-facade", texts("Portal of the hall", "Portail de la salle", "إيوان القاعة", "Salonun eyvanı"), "bay", "timber"),
    ("windows", "south-facade", texts("Latticed windows", "Fenêtres à claire-voie", "نوافذ الشبكة", "Şəbəkə pəncərələri"), "bay", "stained glass"),
    ("upper-hall", "palace", texts("Upper hall", "Salle haute", "القاعة العليا", "Yuxarı salon"), "room", "brick"),
    ("mural", "upper-hall", texts("Mural of the upper hall", "Peinture murale de la salle haute", "جدارية القاعة العليا", "Yuxarı salonun divar rəsmi"), "mural", "plaster"),
)  # fmt: skip


def tell_monuments(world: World) -> Register:
    """The register of Azerbaijan; returns it. The restorations' chapter goes on from AZ-007."""
    officer = world.people["officer"]
    with at(2024, 3, 4):
        register = found_register(
            code="az",
            names=texts("Register of monuments of Azerbaijan", "Registre des monuments d'Azerbaïdjan", "سجل معالم أذربيجان", "Azərbaycan abidələrinin reyestri"),
            country=Country.objects.get(pk="AZ"),
            source=SOURCE,
            licence="CC BY 4.0",
            rounding_km=10,
            is_public=True,
            by=officer,
        )  # fmt: skip
        made = {row[0]: _enter(register, row, officer) for row in MONUMENTS}
        for number in PROTECTED:
            write_status(
                made[number],
                designation="Monument of history and culture under state protection",
                authority=DECISION,
                starts_on=DECIDED,
                source=SOURCE,
                by=officer,
            )
        _parts(made["AZ-007"], officer)
        _photographs(made["AZ-007"], officer)
    return register


def _enter(register: Register, row: tuple[Any, ...], by: Person) -> Monument:
    number, names, kind, importance, dated, region, district, latitude, longitude, materials = row
    whs, lists = LISTED.get(number, ("", ()))
    first, last = years_of(dated) or (None, None)
    return enter_monument(
        register,
        national_id=number,
        names=names,
        kind=kind,
        importance=importance,
        date_text=dated,
        year_from=first,
        year_to=last,
        country=register.country,
        adm1=region,
        adm2=district,
        latitude=latitude,
        longitude=longitude,
        certainty="about a kilometre",
        is_at_risk_of_looting=number in LOOTED,
        materials=list(materials),
        whs_id=whs,
        lists=[{"list": name, "from": start, "to": end} for name, start, end in lists],
        source=SOURCE,
        retrieved_on=RETRIEVED,
        by=by,
    )


def _parts(monument: Monument, by: Person) -> None:
    made: dict[str, Any] = {}
    for code, parent, names, kind, material in PARTS:
        made[code] = add_element(
            monument, code=code, names=names, kind=kind, material=material,
            parent=made.get(parent), by=by,
        )  # fmt: skip


def _photographs(monument: Monument, by: Person) -> None:
    shown = (
        ("facade.png", texts("South facade, drawn", "Façade sud, dessinée", "الواجهة الجنوبية، مرسومة", "Cənub fasadı, çəkilmiş"), 5),
        ("windows.png", texts("Latticed windows, drawn", "Fenêtres à claire-voie, dessinées", "نوافذ الشبكة، مرسومة", "Şəbəkə pəncərələri, çəkilmiş"), 9),
    )  # fmt: skip
    for name, captions, arches in shown:
        add_photo(
            monument,
            upload=SimpleUploadedFile(name, _drawn(arches)),
            captions=captions,
            taken_on=RETRIEVED,
            photographer="Drawn for the demo",
            rights="CC0",
            is_public=True,
            by=by,
        )


def _drawn(arches: int) -> bytes:
    """A drawn stand-in for a photograph: a wall with so many pointed windows."""
    picture = Image.new("RGB", (960, 640), "#cfe0e8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 140, 900, 580), fill="#c8a97e", outline="#6d5333", width=6)
    pen.rectangle((40, 110, 920, 150), fill="#8a6a45")
    wide = 800 // arches
    for number in range(arches):
        left = 80 + number * wide
        right = left + wide - 16
        pen.pieslice((left, 210, right, 330), 180, 360, fill="#31506b")
        pen.rectangle((left, 268, right, 500), fill="#31506b")
        for line in range(left + 12, right, 18):
            pen.line((line, 268, line, 500), fill="#d9b26a", width=3)
    pen.rectangle((0, 580, 960, 640), fill="#7f9a63")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
