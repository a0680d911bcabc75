"""Builders of meetings, agreements and commitments."""

from __future__ import annotations

from datetime import date
from typing import Any

from karvan.stages.agreements.models import (
    Agreement,
    Commitment,
    Consultation,
    ConsultationParty,
    MinutesItem,
)

from .people import one, party, texts


def consultation(**fields: Any) -> Consultation:
    fields.setdefault("code", f"meeting-{one()}")
    fields.setdefault("titles", texts("Meeting"))
    fields.setdefault("starts_on", date(2021, 1, 20))
    fields.setdefault("ends_on", fields["starts_on"])
    parties = fields.pop("parties", None)
    made = Consultation.objects.create(**fields)
    for sitting in parties if parties is not None else [party(), party()]:
        ConsultationParty.objects.create(consultation=made, party=sitting)
    return made


def minutes_item(**fields: Any) -> MinutesItem:
    fields.setdefault("consultation", None)
    fields["consultation"] = fields["consultation"] or consultation()
    fields.setdefault("number", one())
    fields.setdefault("kind", "action")
    fields.setdefault("texts", texts("Hold a boot camp"))
    return MinutesItem.objects.create(**fields)


def agreement(**fields: Any) -> Agreement:
    fields.setdefault("code", f"agreement-{one()}")
    fields.setdefault("kind", "memorandum")
    fields.setdefault("titles", texts("Agreement"))
    parties = fields.pop("parties", None)
    made = Agreement.objects.create(**fields)
    made.parties.set(parties if parties is not None else [party(), party()])
    return made


def commitment(**fields: Any) -> Commitment:
    fields.setdefault("code", f"promise-{one()}")
    fields.setdefault("origin", "agreement" if "obligation" in fields else "minutes")
    if fields["origin"] == "minutes":
        fields.setdefault("item", None)
        fields["item"] = fields["item"] or minutes_item()
    fields.setdefault("titles", texts("A boot camp"))
    fields.setdefault("owner", None)
    fields["owner"] = fields["owner"] or party()
    fields.setdefault("promised_on", date(2021, 1, 20))
    return Commitment.objects.create(**fields)
