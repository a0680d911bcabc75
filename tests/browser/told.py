"""A small true-looking world for the journeys: the ventures programme held in one country."""

from __future__ import annotations

from datetime import date
from typing import Any

from karvan.foundation.places.models import Country
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.calls.asking import with_contact
from karvan.stages.calls.models import Application, Call
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.timetables.services import add_trainer, lay_out_sessions, make_groups
from tests import make

FRIDAY = date(2027, 4, 9)
TRAINERS = ["Leyla Məmmədova", "ليلى محمدوفا", "Tural Əliyev", "Aïcha Benali", "Nərgiz Quliyeva"]

PROGRAMME = {
    "en": "Technology ventures programme",
    "fr": "Programme d’entreprises technologiques",
    "ar": "برنامج المشاريع التقنية",
    "az": "Texnoloji müəssisələr proqramı",
}
BAKU_2026 = {"en": "Baku 2026", "fr": "Bakou 2026", "ar": "باكو 2026", "az": "Bakı 2026"}
CAMP = {
    "en": "Boot camp", "fr": "Camp de formation", "ar": "المعسكر التدريبي", "az": "Təlim düşərgəsi",
}  # fmt: skip
CALL = {
    "en": "Boot camp in Baku: set up a technology business",
    "fr": "Camp à Bakou : créer une entreprise technologique",
    "ar": "معسكر باكو: أسس عملا تقنيا",
    "az": "Bakıda düşərgə: texnoloji biznes qurun",
}
SCHOOL = {
    "en": "Higher School of Baku",
    "fr": "École supérieure de Bakou",
    "ar": "المدرسة العليا في باكو",
    "az": "Bakı Ali Məktəbi",
}
MINISTRY = {
    "en": "Ministry of Youth",
    "fr": "Ministère de la Jeunesse",
    "ar": "وزارة الشباب",
    "az": "Gənclər Nazirliyi",
}
COUNTRIES = {
    "AZ": {"en": "Azerbaijan", "fr": "Azerbaïdjan", "ar": "أذربيجان", "az": "Azərbaycan"},
    "KZ": {"en": "Kazakhstan", "fr": "Kazakhstan", "ar": "كازاخستان", "az": "Qazaxıstan"},
    "MA": {"en": "Morocco", "fr": "Maroc", "ar": "المغرب", "az": "Mərakeş"},
}
PUMP = "I build pumps that water small gardens and need no mains. "


def country(code: str = "AZ") -> Country:
    official = {"KZ": ["kk"], "MA": ["ar", "fr"]}.get(code, ["az"])
    return make.country(code, names=COUNTRIES[code], official_languages=official)


def blueprint() -> Blueprint:
    """The library's ventures programme, published."""
    source, data = make.document("TVP")
    programme = make.programme("TVP", titles=PROGRAMME)
    return make.blueprint(programme, data=data, source=source)


def baku(of: Blueprint | None = None) -> Edition:
    """The edition of Azerbaijan, with its venue."""
    edition = make.edition(
        "AZ-2026", of=of or blueprint(), country=country(), titles=BAKU_2026, languages=["en", "ar"]
    )
    venue = make.venue(country=edition.country, names=SCHOOL)
    venue.editions.add(edition)
    make.room("HALL", venue=venue, name="Aula")
    return edition


def camp(of: Edition | None = None, **fields: Any) -> Activity:
    """Its boot camp of three days."""
    fields.setdefault("planned_starts_on", date(2027, 4, 5))
    fields.setdefault("planned_ends_on", date(2027, 4, 7))
    return make.activity("BC3", of=of or baku(), titles=CAMP, **fields)


def camp_laid_out(last: date) -> Activity:
    """The camp from a Friday on, with rooms, trainers and two groups: ready for its timetable."""
    held = camp(planned_starts_on=FRIDAY, planned_ends_on=last, places=40)
    part = held.edition.blueprint.data["activities"][0]
    venue = held.edition.venues.get()
    for room in part["rooms"]:
        for number in range(min(room.get("count", 2), 3)):
            make.room(
                f"{room['code'][:8]}{number}",
                venue=venue,
                name=f"{room['title']['en'].split(' (')[0]} {number + 1}",
                kinds=[room["code"]],
                seats=max(20, room["seats"]),
            )
    for role in part["trainer_roles"]:
        for name in TRAINERS:
            add_trainer(held, person=make.person(name), roles=[role["code"]], by=None)
    make_groups(held, count=2, by=None)
    lay_out_sessions(held, by=None)
    return held


def call(of: Activity | None = None, *, form: dict[str, Any] | None = None, **fields: Any) -> Call:
    """Its open call with the library's form."""
    _source, data = make.document("TVP")
    form = form or with_contact(data["activities"][0]["form"])
    return make.call(of or camp(), slug="baku-2026", titles=CALL, form=form, **fields)


def answers(number: int = 1) -> dict[str, Any]:
    """What an applicant wrote, of the lengths the form asks for."""
    return {
        "full_name": f"Leyla Məmmədova {number}",
        "email": f"leyla{number}@example.org",
        "birth_date": "2002-05-17",
        "residence": "yes",
        "language": "yes",
        "availability": "yes",
        "consent": True,
        "sex": "F" if number % 2 else "M",
        "region": "outside" if number % 3 else "capital",
        "disability": "no",
        "institution_type": "university",
        "institution": f"University {number % 4}",
        "discipline": "engineering",
        "first_time": "yes",
        "problem": PUMP * 8,
        "sector": "agriculture",
        "feasibility": PUMP * 5,
        "benefit": PUMP * 4,
        "skills": PUMP * 4,
        "applying_as": "alone",
        "commitment": PUMP * 3,
    }


def application(to: Call, number: int = 1, **fields: Any) -> Application:
    """One that was sent."""
    written = answers(number)
    kept = ("sex", "region", "disability", "institution")
    return make.application(
        to,
        state="submitted",
        number=f"KV-{number:04d}",
        full_name=written["full_name"],
        answers=written,
        attributes={key: written[key] for key in kept},
        **fields,
    )
