"""The real history in miniature: what was promised in January 2021 and what came of it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from karvan.stages.agreements.models import Commitment, Evidence
from karvan.stages.editions.models import Departure, Fulfilment
from karvan.stages.ventures.models import Final, FinalEntry
from tests import make

PROMISED = date(2021, 1, 20)
WHY_TWO_DAYS = "The hall was free for two days only."
COUNTRIES = ("KZ", "UZ", "KG", "PK", "NG", "MA", "EG", "JO", "TN", "SN")


def programme(code="TVP"):
    return make.blueprint(make.programme(code))


def promise(**fields):
    return make.commitment(promised_on=PROMISED, **fields)


def evidence(commitment, text="News", **fields):
    fields.setdefault("source", "A newspaper of the day")
    return Evidence.objects.create(
        commitment=commitment, texts=make.texts(text), added_at=timezone.now(), **fields
    )


def camp(blueprint, country="AZ", first=None, last=None, **fields):
    """An edition of a country with its boot camp, held from first to last (or not yet)."""
    edition = make.edition(of=blueprint, country=make.country(country))
    make.activity(of=edition, actual_starts_on=first, actual_ends_on=last, **fields)
    return edition


def two_days(edition):
    return Departure.objects.create(
        edition=edition,
        path="activities.BC.duration.days",
        before=3,
        after=2,
        level="bounded",
        reason=WHY_TWO_DAYS,
        made_at=timezone.now(),
    )


def boot_camp_promised(**fields):
    fields.setdefault(
        "terms", {"programme": "TVP", "format": "boot_camp", "country": "AZ", "days": 3}
    )
    fields.setdefault("due_on", date(2021, 7, 31))
    return promise(titles=make.texts("A three-day boot camp in Baku"), **fields)


def ten_countries_promised(**fields):
    fields.setdefault("due_on", date(2021, 12, 31))
    return promise(
        titles=make.texts("Ten other countries"),
        terms={"programme": "TVP", "countries": 10, "besides": ["AZ"]},
        **fields,
    )


def baku(blueprint):
    """12 and 13 September 2021, a Sunday and a Monday, two days instead of three."""
    edition = camp(blueprint, "AZ", date(2021, 9, 12), date(2021, 9, 13))
    two_days(edition)
    return edition


def went_to_the_final(edition, on):
    final, _new = Final.objects.get_or_create(
        programme=edition.programme,
        code=f"final-{on}",
        defaults={
            "titles": make.texts("Common final"),
            "place": "Baku and Shusha",
            "starts_on": on,
            "ends_on": on,
        },
    )
    venture = make.venture(make.team(edition))
    return FinalEntry.objects.create(final=final, venture=venture, national_rank=1)


def fulfils(edition, commitment):
    return Fulfilment.objects.create(edition=edition, commitment=commitment)


def whole():
    """All five promises of the meeting, as far as anything is known of them."""
    blueprint = programme()
    baku(blueprint)
    for number, code in enumerate(COUNTRIES):
        camp(blueprint, code, date(2022, 1 + number, 10), date(2022, 1 + number, 11))
    symposium = promise(titles=make.texts("A symposium"), due_on=date(2022, 6, 30))
    evidence(symposium, "The symposium met", happened_on=date(2022, 5, 20), delivers=True)
    workshop = promise(titles=make.texts("A workshop"), due_on=date(2021, 12, 31))
    made = [boot_camp_promised(), ten_countries_promised(), symposium, workshop]
    return Commitment.objects.filter(pk__in=[one.pk for one in made])
