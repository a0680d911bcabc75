"""What registers call their columns, in the languages they are written in.

Own compilation. Each list goes from the surest word to the least sure.
"""

from __future__ import annotations

LANGUAGES = ("en", "fr", "ar", "az", "ru", "tr", "de", "es", "fa")
LANGUAGE_WORDS = {
    "en": ("english", "anglais", "ingilis", "английский", "الانجليزية", "eng"),
    "fr": ("french", "francais", "fransiz", "французский", "الفرنسية", "fra"),
    "ar": ("arabic", "arabe", "ereb", "арабский", "العربية", "ara"),
    "az": ("azerbaijani", "azerbaidjanais", "azerbaycanca", "азербайджанский", "aze"),
    "ru": ("russian", "russe", "rus", "русский", "الروسية"),
    "tr": ("turkish", "turc", "turkce", "турецкий", "tur"),
    "de": ("german", "allemand", "deutsch", "немецкий", "deu"),
    "es": ("spanish", "espagnol", "espanol", "испанский", "spa"),
    "fa": ("persian", "farsi", "persan", "персидский", "fas"),
}
# Words that say nothing about a column of a register of monuments.
FILLERS = (
    "of", "the", "a", "in", "de", "du", "des", "la", "le", "les", "l", "d", "el", "del", "der", "die",
    "das", "monument", "monuments", "monumento", "denkmal", "denkmals", "site", "heritage",
    "abide", "abidenin", "abidesinin", "памятника", "памятник", "объекта", "объект", "object",
    "property", "bien", "objekt", "المعلم", "الموقع", "الاثر", "place", "eser", "eserin", "anit",
)  # fmt: skip

# A language behind a colon: the column is in that language.
WORDS: dict[str, tuple[str, ...]] = {
    "number": (
        "id no", "national id", "monument id", "inventory number", "inventory no", "register number", "reference number",
        "registration number", "id", "number", "no", "nr", "ref", "reference", "code", "sira no", "inv no", "inventarnummer",
        "numero d inventaire", "numero", "n", "identifiant", "inventar nomresi", "nomre", "qeydiyyat nomresi",
        "sira nomresi", "kod", "номер", "инвентарный номер", "учетный номер", "№", "код", "регистрационный номер",
        "رقم", "الرقم", "رقم التسجيل", "الرمز", "numero de inventario", "codigo", "nummer", "objektnummer",
        "kennziffer", "envanter no", "unique number", "arches id", "resource id", "uuid",
    ),
    "name": ("name", "primary name", "title", "site name", "label", "monument", "denomination", "bezeichnung name"),
    "name:en": ("english name",),
    "name:fr": ("nom", "appellation", "intitule", "titre", "nom du monument"),
    "name:ar": ("اسم", "الاسم", "اسم المعلم", "اسم الموقع", "المعلم", "التسميه", "العنوان الاسم"),
    "name:az": ("adi", "ad", "abidenin adi"),
    "name:ru": ("название", "наименование", "имя"),
    "name:tr": ("eser adi", "adi tr"),
    "name:de": ("bezeichnung", "objektname", "denkmalname"),
    "name:es": ("nombre", "denominacion"),
    "aka": (
        "aka", "also known as", "alternative name", "alternative names", "other names", "other name", "alias", "autres noms",
        "autre nom", "diger adlari", "basqa adlari", "другие названия", "اسماء اخرى", "otros nombres", "andere namen",
    ),
    "kind": (
        "type", "kind", "site type", "monument type", "interpretation type", "category", "typology", "classification",
        "nature", "categorie", "typologie", "tipologia", "novu", "nov", "tipi", "tip", "teyinati novu", "тип", "вид", "категория", "типология",
        "نوع", "النوع", "الصنف", "التصنيف", "tipo", "categoria", "art", "typ", "gattung", "kategorie", "turu", "tur",
        "heritage classification type",
    ),
    "importance": (
        "category of importance", "importance", "significance level", "level", "protection level", "level of importance",
        "ehemiyyet derecesi", "ehemiyyeti", "derece", "категория охраны", "категория историко культурного значения",
        "значение", "niveau", "niveau d importance", "الاهميه", "درجه الاهميه", "nivel", "bedeutung",
    ),
    "text": ("description", "general description", "short description", "summary", "remarks", "notes", "note"),
    "text:fr": ("resume", "observations", "remarques", "notice"),
    "text:ar": ("وصف", "الوصف", "ملاحظات"),
    "text:az": ("tesviri", "tesvir", "qeyd"),
    "text:ru": ("описание", "примечание", "примечания"),
    "text:es": ("descripcion", "observaciones"),
    "text:de": ("beschreibung", "kurzbeschreibung", "anmerkung"),
    "date": (
        "date", "dating", "period", "century", "construction date", "date of construction", "built", "age", "epoch",
        "cultural period type", "cultural period", "datation", "epoque", "siecle", "periode", "date de construction", "tarixi",
        "tarix", "dovr", "esr", "insa tarixi", "датировка", "дата", "время создания", "век", "период", "дата постройки",
        "تاريخ", "التاريخ", "الفتره", "القرن", "العصر", "تاريخ البناء", "fecha", "siglo", "epoca", "datacion", "datierung", "baujahr",
        "bauzeit", "yapim tarihi", "donem",
    ),
    "year_from": ("from year", "year from", "year built", "start year", "begin", "annee", "annee de construction", "il", "год", "год постройки", "سنه البناء", "ano", "jahr", "year"),
    "year_to": ("until year", "to year", "year to", "end year", "annee fin"),
    "builder": (
        "builder", "architect", "creator", "architecte", "auteur", "memar", "memari", "архитектор", "автор",
        "المعمار", "المهندس", "arquitecto", "autor", "architekt", "bauherr", "mimar",
    ),
    "country": (
        "iso code", "country", "country code", "country type", "state party", "states name", "states name en", "states", "pays",
        "pays code", "olke", "страна", "الدوله", "البلد", "بلد", "pais", "land", "staat", "ulke", "states parties",
    ),
    "adm1": (
        "adm1", "region", "province", "governorate", "state", "county", "ray iso", "prov iso", "gouvernorat", "gouvernorat iso",
        "departement", "rayon", "seher rayon", "bolge", "регион", "область", "республика", "субъект", "المحافظه", "محافظه",
        "المنطقه", "الولايه", "provincia", "comunidad", "bundesland", "il adi", "wilaya", "viloyat",
    ),
    "adm2": (
        "adm2", "district", "municipality", "city", "town", "commune", "ville", "locality", "delegation", "belediyye", "seher",
        "kend", "yasayis menteqesi", "район", "город", "населенный пункт", "муниципалитет", "المدينه", "مدينه", "القريه", "اللواء", "القضاء",
        "البلديه", "municipio", "localidad", "ciudad", "gemeinde", "stadt", "ort", "ilce",
    ),
    "address": (
        "address", "street", "location", "adresse", "lieu", "localisation", "unvan", "unvani", "yerlesdiyi yer", "yeri",
        "адрес", "местонахождение", "местоположение", "العنوان", "عنوان", "موقع", "direccion", "ubicacion", "anschrift", "lage", "strasse", "adres",
    ),
    "latitude": ("latitude", "lat", "latitude wgs84", "y", "en dairesi", "enlik", "en", "широта", "خط العرض", "دائره العرض", "عرض", "العرض", "latitud", "breite", "breitengrad", "geografische breite", "enlem", "latitude dd", "lat dd", "coord y"),
    "longitude": ("longitude", "lon", "long", "lng", "longitude wgs84", "x", "uzunluq", "uzunluq dairesi", "долгота", "خط الطول", "طول", "الطول", "longitud", "laenge", "lange", "langengrad", "geografische lange", "boylam", "longitude dd", "long dd", "lon dd", "coord x"),
    "geometry": (
        "geometric place expression", "geometry", "geom", "wkt", "geojson", "coordinates", "coordinate", "geo point", "location wkt",
        "the geom", "coordonnees", "coordonnees geographiques", "gps", "koordinatlari", "koordinat", "koordinatlar", "координаты",
        "الاحداثيات", "احداثيات", "coordenadas", "koordinaten", "shape", "geo shape", "latlong", "lat long", "lat lon",
    ),
    "certainty": ("location certainty", "certainty", "accuracy", "precision", "точность"),
    "materials": ("materials", "material", "building material", "materiaux", "materiau", "materiallar", "tikinti materiali", "материал", "материалы", "المواد", "ماده البناء", "materiales", "baustoff", "malzeme"),
    "owner": ("owner", "ownership", "proprietaire", "propriete", "sahibi", "mulkiyyet", "собственник", "владелец", "форма собственности", "المالك", "الملكيه", "propietario", "propiedad", "eigentumer", "sahip"),
    "use": ("use", "current use", "feature use type", "function", "usage", "utilisation", "affectation", "istifadesi", "teyinati", "использование", "назначение", "الاستخدام", "الاستعمال", "uso", "nutzung", "kullanim"),
    "designation": ("designation type", "designation", "legal status", "protection", "status", "statut", "protection juridique", "huquqi statusu", "statusu", "статус", "охранный статус", "الوضع القانوني", "التصنيف القانوني", "proteccion", "estatus", "schutzstatus", "statu"),
    "designation_from": ("designation from date", "designation date", "date of designation", "listed on", "date de protection", "date protection", "дата постановки", "decret date", "تاريخ التسجيل"),
    "designation_to": ("designation to date", "delisted on"),
    "authority": ("authority", "designated by", "decision", "decret", "decree", "autorite", "qerar", "постановление", "документ", "القرار", "الجهه", "autoridad", "behorde"),
    "whs_id": ("whs id", "world heritage id", "world heritage number", "whc id", "unesco id", "whs"),
    "inscribed": ("date inscribed", "year inscribed", "inscription year", "inscribed"),
    "lists": ("danger list", "lists", "list", "listes", "siyahi", "списки"),
    "commons": ("commonscat", "commons category", "commons", "categorie commons"),
    "source": ("source", "sources", "source url", "url", "link", "http url", "quelle", "menbe", "источник", "المصدر", "fuente"),
    "condition": ("overall condition type", "overall condition", "condition", "state of conservation", "conservation state", "etat", "etat de conservation", "veziyyeti", "texniki veziyyeti", "состояние", "техническое состояние", "حاله", "الحاله", "حاله الحفظ", "estado", "estado de conservacion", "zustand", "erhaltungszustand", "durumu"),
    "trend": ("damage trend type", "damage trend", "trend", "disturbance trend"),
    "surveyed_on": ("assessment activity date", "assessment date", "survey date", "date of survey", "inspection date", "date de visite", "дата обследования", "تاريخ الكشف"),
    "surveyor": ("investigator name", "surveyor", "recorded by", "investigator", "assessor"),
    "looting": ("at risk of looting", "risk of looting", "looting", "sensitive", "confidential"),
}  # fmt: skip
