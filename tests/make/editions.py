"""Builders of editions, activities, venues and rooms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from karvan.stages.blueprints.models import Blueprint
from karvan.stages.editions.models import Activity, Edition, Room, Venue

from .designs import blueprint
from .people import country, one, texts


def edition(code: str = "", *, of: Blueprint | None = None, **fields: Any) -> Edition:
    base = of or blueprint()
    fields.setdefault("country", None)
    fields["country"] = fields["country"] or country("AZ")
    code = code or f"{fields['country'].code}-{2000 + one()}"
    fields.setdefault("state", "adopted")
    fields.setdefault("adopted_at", timezone.now())
    return Edition.objects.create(
        programme=base.programme,
        blueprint=base,
        code=code,
        slug=f"{base.programme.code}-{code}".lower(),
        scope=f"{base.programme.code}/{code}",
        titles=fields.pop("titles", texts(f"Edition {code}")),
        languages=fields.pop("languages", ["en", "az"]),
        time_zone=fields.pop("time_zone", fields["country"].time_zone),
        currency=fields.pop("currency", fields["country"].currency),
        **fields,
    )


def activity(code: str = "BC", *, of: Edition | None = None, **fields: Any) -> Activity:
    of = of or edition()
    fields.setdefault("format", "boot_camp")
    fields.setdefault("titles", texts("Boot camp"))
    fields.setdefault("planned_starts_on", date(2026, 9, 14))
    fields.setdefault("planned_ends_on", fields["planned_starts_on"])
    return Activity.objects.create(edition=of, code=code, scope=f"{of.scope}/{code}", **fields)


def venue(**fields: Any) -> Venue:
    fields.setdefault("country", None)
    fields["country"] = fields["country"] or country("AZ")
    fields.setdefault("names", texts("Higher school"))
    fields.setdefault("city", "Baku")
    return Venue.objects.create(**fields)


def room(code: str = "", **fields: Any) -> Room:
    fields.setdefault("venue", None)
    fields["venue"] = fields["venue"] or venue()
    code = code or f"R{one()}"
    fields.setdefault("name", f"Room {code}")
    fields.setdefault("kinds", ["HALL"])
    fields.setdefault("seats", 40)
    return Room.objects.create(code=code, **fields)
