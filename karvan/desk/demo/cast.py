"""The cast: parties by kind and country, and one person for every role."""

from __future__ import annotations

from karvan.foundation.people.models import Party
from karvan.foundation.people.services import create_party
from karvan.foundation.places.models import Country

from .world import World, at, texts

COUNTRIES = ("AZ", "KZ", "KG", "PK", "NG", "UZ", "MA", "EG", "SN", "JO", "BN")
TEN = COUNTRIES[1:]
CAPITALS = {
    "AZ": "Baku", "KZ": "Astana", "KG": "Bishkek", "PK": "Islamabad", "NG": "Abuja",
    "UZ": "Tashkent", "MA": "Rabat", "EG": "Cairo", "SN": "Dakar", "JO": "Amman",
    "BN": "Bandar Seri Begawan",
}  # fmt: skip
PLACES = {  # latitude, longitude of the capital
    "AZ": ("40.40926", "49.86709"), "KZ": ("51.16052", "71.47036"), "KG": ("42.87462", "74.56976"),
    "PK": ("33.68442", "73.04788"), "NG": ("9.05785", "7.49508"), "UZ": ("41.29950", "69.24007"),
    "MA": ("34.02088", "-6.84165"), "EG": ("30.04442", "31.23571"), "SN": ("14.71667", "-17.46769"),
    "JO": ("31.95394", "35.91063"), "BN": ("4.90303", "114.93982"),
}  # fmt: skip
LANGUAGES = {
    "AZ": ["az", "en"], "KZ": ["en"], "KG": ["en"], "PK": ["en"], "NG": ["en"], "UZ": ["en"],
    "MA": ["ar", "fr"], "EG": ["ar", "en"], "SN": ["fr"], "JO": ["ar", "en"], "BN": ["en"],
}  # fmt: skip


def parties(world: World) -> None:
    """The organisation, each country's commission and ministry, and Azerbaijan's partners."""
    with at(2020, 12, 1):
        _party(
            world,
            "organisation",
            "organisation",
            None,
            texts(
                "Organisation for Education, Science and Culture",
                "Organisation pour l'éducation, les sciences et la culture",
                "منظمة التربية والعلوم والثقافة",
                "Təhsil, Elm və Mədəniyyət Təşkilatı",
            ),
        )
        for code in COUNTRIES:
            country = Country.objects.get(pk=code)
            names = {
                one: country.names.get(one, country.names["en"]) for one in ("en", "fr", "ar", "az")
            }
            _party(
                world,
                f"commission-{code.lower()}",
                "commission",
                country,
                texts(
                    f"National Commission of {names['en']}",
                    f"Commission nationale ({names['fr']})",
                    f"اللجنة الوطنية ({names['ar']})",
                    f"Milli Komissiya ({names['az']})",
                ),
            )
            _party(
                world,
                f"youth-{code.lower()}",
                "ministry",
                country,
                texts(
                    f"Ministry of Youth ({names['en']})",
                    f"Ministère de la jeunesse ({names['fr']})",
                    f"وزارة الشباب ({names['ar']})",
                    f"Gənclər Nazirliyi ({names['az']})",
                ),
            )
        _azerbaijan(world)


def _azerbaijan(world: World) -> None:
    country = Country.objects.get(pk="AZ")
    for code, kind, names in (
        ("culture-az", "ministry", texts("Ministry of Culture of Azerbaijan", "Ministère de la culture d'Azerbaïdjan", "وزارة الثقافة في أذربيجان", "Azərbaycan Mədəniyyət Nazirliyi")),
        ("higher-oil-school", "university", texts("Baku Higher Oil School", "École supérieure du pétrole de Bakou", "مدرسة باكو العليا للنفط", "Bakı Ali Neft Məktəbi")),
        ("incubator-az", "incubator", texts("A business incubator in Baku", "Un incubateur à Bakou", "حاضنة أعمال في باكو", "Bakıda biznes inkubatoru")),
        ("bank-az", "bank", texts("A bank in Baku", "Une banque à Bakou", "مصرف في باكو", "Bakıda bank")),
    ):  # fmt: skip
        _party(world, code, kind, country, names)


def _party(
    world: World, code: str, kind: str, country: Country | None, names: dict[str, str]
) -> Party:
    made = create_party(code=code, kind=kind, names=names, country=country, by=None)
    world.parties[code] = made
    return made


def staff(world: World) -> None:
    """Those who can sign in to the demo: one for every role, a coordinator for every country."""
    with at(2020, 12, 2):
        administrator = world.person("AZ", "administrator")
        world.role(administrator, "administrator")
        for key, country in (("officer", "MA"), ("officer.second", "SN"), ("auditor", "JO")):
            world.role(world.person(country, key), key.partition(".")[0])
        for code in (
            "KZ",
            *(one for one in COUNTRIES if one != "KZ"),
        ):  # hers is the first to be offered
            key = "coordinator" if code == "KZ" else f"coordinator.{code.lower()}"
            world.person(code, key, language=LANGUAGES[code][0])
        world.person("AZ", "partner", language="az")
        for key, country in (
            ("reviewer", "EG"), ("trainer", "UZ"), ("mentor", "UZ"), ("participant", "UZ"),
        ):  # fmt: skip
            world.person(country, key, language="ar" if country == "EG" else "en")


def coordinator(world: World, country: str) -> object:
    """The person who runs a country's editions."""
    return world.people["coordinator" if country == "KZ" else f"coordinator.{country.lower()}"]
