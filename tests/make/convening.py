"""Builders of organs, sessions, motions, symposia, titles and partnerships."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from karvan.stages.convening.models import (
    AgendaItem,
    Author,
    Delegation,
    DelegationCredential,
    Forum,
    Membership,
    Motion,
    MotionParagraph,
    Organ,
    Paper,
    Partnership,
    Resolution,
    ResolutionParagraph,
    RollMark,
    SessionDelegate,
    SessionDocument,
    Sitting,
    StatutorySession,
    Symposium,
    Title,
    TitleCycle,
    TitleNomination,
    TitleSeries,
    Track,
    TrackProposal,
    VoteEvent,
)
from karvan.stages.editions.models import Activity

from .editions import activity
from .people import country, one, party, person, texts


def organ(code: str = "", **fields: Any) -> Organ:
    code = code or f"organ-{one()}"
    fields.setdefault("names", texts("General Conference"))
    fields.setdefault("abbreviation", code.upper())
    fields.setdefault("symbol_pattern", "{organ} {session}/{year}/{item}{rev}{status}")
    fields.setdefault("number_pattern", "{organ} {session}/{kind}.{number}")
    fields.setdefault("working_languages", ["en", "fr", "ar"])
    fields.setdefault("official_languages", ["en", "fr", "ar"])
    fields.setdefault("majorities", {"default": "simple", "charter": "two_thirds"})
    fields.setdefault("scope", f"organs/{code}")
    return Organ.objects.create(code=code, **fields)


def membership(of: Organ | None = None, code: str = "", **fields: Any) -> Membership:
    of = of or organ()
    code = code or f"S{one()}"
    fields.setdefault("names", texts(f"State {code}"))
    return Membership.objects.create(organ=of, code=code, **fields)


def statutory_session(of: Organ | None = None, **fields: Any) -> StatutorySession:
    of = of or organ()
    number = fields.setdefault("ordinal", one())
    slug = fields.setdefault("slug", f"{of.code}-{number}"[:40])
    fields.setdefault("titles", texts("Session"))
    fields.setdefault("starts_on", date(2026, 12, 7))
    fields.setdefault("ends_on", date(2026, 12, 9))
    fields.setdefault("scope", f"{of.scope}/{slug}")
    return StatutorySession.objects.create(organ=of, **fields)


def delegation(
    of: StatutorySession | None = None, *, credential: str = "accepted", **fields: Any
) -> Delegation:
    """A member's delegation with accepted credentials; ``credential=""`` leaves it without."""
    of = of or statutory_session()
    fields.setdefault("capacity", "member")
    if fields["capacity"] == "member":
        fields.setdefault("membership", None)
        fields["membership"] = fields["membership"] or membership(of.organ)
        fields.setdefault("names", fields["membership"].names)
    fields.setdefault("names", texts("A guest"))
    made = Delegation.objects.create(session=of, **fields)
    if credential:
        DelegationCredential.objects.create(
            delegation=made,
            issuer="Minister of Foreign Affairs",
            received_on=date(2026, 12, 1),
            form="original",
            state=credential,
            reason="Not signed" if credential == "refused" else "",
        )
    return made


def session_delegate(of: Delegation | None = None, **fields: Any) -> SessionDelegate:
    of = of or delegation()
    fields.setdefault("name", "Leyla Quliyeva")
    return SessionDelegate.objects.create(delegation=of, **fields)


def agenda_item(of: StatutorySession | None = None, **fields: Any) -> AgendaItem:
    of = of or statutory_session()
    number = of.agenda_items.count() + 1
    fields.setdefault("number", str(number))
    fields.setdefault("position", number)
    fields.setdefault("titles", texts("Next venue"))
    fields.setdefault("state", "included")
    return AgendaItem.objects.create(session=of, **fields)


def session_document(of: StatutorySession | None = None, **fields: Any) -> SessionDocument:
    of = of or statutory_session()
    fields.setdefault("symbol", f"GC {one()}")
    fields.setdefault("kind", "working")
    fields.setdefault("titles", texts("Report of the Director-General"))
    return SessionDocument.objects.create(session=of, **fields)


def sitting(of: StatutorySession | None = None, **fields: Any) -> Sitting:
    of = of or statutory_session()
    now = timezone.now()
    fields.setdefault("number", of.sittings.count() + 1)
    fields.setdefault("planned_start", now)
    fields.setdefault("planned_end", now)
    fields.setdefault("opened_at", now)
    return Sitting.objects.create(session=of, **fields)


def present(of: Sitting, *delegations: Delegation) -> None:
    """These delegations are in the hall from now on."""
    now = timezone.now()
    for one_of_them in delegations:
        RollMark.objects.create(sitting=of, delegation=one_of_them, is_present=True, at=now)


def motion(of: StatutorySession | None = None, **fields: Any) -> Motion:
    of = of or statutory_session()
    paragraphs = fields.pop("operative", ["Decides to meet again."])
    fields.setdefault("symbol", f"{of.slug}/L.{one()}")
    fields.setdefault("kind", "resolution")
    fields.setdefault("titles", texts("Next venue"))
    fields.setdefault("submitted_at", timezone.now())
    made = Motion.objects.create(session=of, **fields)
    for position, text in enumerate(paragraphs, start=1):
        MotionParagraph.objects.create(
            motion=made,
            is_operative=True,
            number=str(position),
            position=position,
            texts=texts(text),
        )
    return made


def vote_event(of: StatutorySession | None = None, **fields: Any) -> VoteEvent:
    of = of or statutory_session()
    fields.setdefault("identifier", f"V{one()}")
    fields.setdefault("titles", texts("Next venue"))
    fields.setdefault("method", "roll_call")
    fields.setdefault("requirement", "simple")
    fields.setdefault("options", ["yes", "no", "abstain"])
    fields.setdefault("opened_at", timezone.now())
    return VoteEvent.objects.create(session=of, **fields)


def resolution(of: StatutorySession | None = None, **fields: Any) -> Resolution:
    of = of or statutory_session()
    paragraphs = fields.pop("operative", ["Decides to meet again."])
    fields.setdefault("kind", "resolution")
    number = fields.setdefault("ordinal", of.resolutions.count() + 1)
    fields.setdefault("number", f"{of.slug}/R.{number}")
    fields.setdefault("titles", texts("Next venue"))
    fields.setdefault("adopted_at", timezone.now())
    made = Resolution.objects.create(session=of, organ=of.organ, **fields)
    for position, text in enumerate(paragraphs, start=1):
        ResolutionParagraph.objects.create(
            resolution=made,
            is_operative=True,
            number=str(position),
            position=position,
            texts=texts(text),
        )
    return made


def symposium(of: Activity | None = None, **fields: Any) -> Symposium:
    of = of or activity("SYM", format="symposium", titles=texts("Symposium"))
    return Symposium.objects.create(activity=of, **fields)


def track(of: Symposium | None = None, **fields: Any) -> Track:
    of = of or symposium()
    fields.setdefault("code", f"track-{one()}")
    fields.setdefault("names", texts("Smart cities"))
    return Track.objects.create(symposium=of, **fields)


def paper(of: Symposium | None = None, **fields: Any) -> Paper:
    """A paper with two authors, the first of whom presents it."""
    of = of or symposium()
    number = fields.setdefault("number", of.papers.count() + 1)
    fields.setdefault("titles", texts(f"Paper {number}"))
    fields.setdefault("abstract", "What was found.")
    authors = fields.pop("authors", ["Aysel Karimli", "Youssef Amrani"])
    made = Paper.objects.create(symposium=of, **fields)
    for position, name in enumerate(authors, start=1):
        Author.objects.create(paper=made, position=position, name=name, is_presenter=position == 1)
    return made


def track_proposal(of: Paper | None = None, **fields: Any) -> TrackProposal:
    of = of or paper()
    fields.setdefault("outcome", "talk")
    fields.setdefault("reason", "Sound and new.")
    fields.setdefault("proposed_at", timezone.now())
    fields["proposed_by"] = fields.get("proposed_by") or person()
    made, _new = TrackProposal.objects.get_or_create(paper=of, defaults=fields)
    return made


def title_series(code: str = "", **fields: Any) -> TitleSeries:
    code = code or f"culture-{one()}"
    fields.setdefault("names", texts("Capital of culture"))
    fields.setdefault(
        "regions",
        [{"code": one_of, "names": texts(one_of)} for one_of in ("Arab", "Asian", "African")],
    )
    fields.setdefault("first_year", 2005)
    fields.setdefault("scope", f"titles/{code}")
    return TitleSeries.objects.create(code=code, **fields)


def title_cycle(of: TitleSeries | None = None, year: int = 2027, **fields: Any) -> TitleCycle:
    of = of or title_series()
    fields.setdefault("scope", f"{of.scope}/{year}")
    fields.setdefault("seats", {"Arab": 1, "Asian": 1, "African": 1})
    return TitleCycle.objects.create(series=of, year=year, **fields)


def title_nomination(of: TitleCycle | None = None, **fields: Any) -> TitleNomination:
    of = of or title_cycle()
    fields.setdefault("city_names", texts("Shusha"))
    fields.setdefault("country", country("AZ"))
    fields.setdefault("region", "Asian")
    fields.setdefault("party", None)
    fields["party"] = fields["party"] or party()
    return TitleNomination.objects.create(cycle=of, **fields)


def title(of: TitleSeries | None = None, **fields: Any) -> Title:
    of = of or title_series()
    fields.setdefault("city_names", texts("Baku"))
    fields.setdefault("region", "Asian")
    fields.setdefault("year", 2009)
    return Title.objects.create(series=of, **fields)


def forum(**fields: Any) -> Forum:
    fields.setdefault("code", f"forum-{one()}")
    fields.setdefault("names", texts("Forum"))
    fields.setdefault("kind", "forum")
    return Forum.objects.create(**fields)


def partnership(**fields: Any) -> Partnership:
    for name in ("party", "partner"):
        fields.setdefault(name, None)
        fields[name] = fields[name] or party()
    fields.setdefault("kind", "official_partner")
    return Partnership.objects.create(**fields)
