"""Builders: plain functions that make the least valid row. Pass what matters, the rest is filled in."""

from __future__ import annotations

import hashlib
import itertools
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.places.models import Country, WorkingWeek
from karvan.stages.agreements.models import (
    Agreement,
    Commitment,
    Consultation,
    ConsultationParty,
    MinutesItem,
)
from karvan.stages.blueprints.models import Blueprint, Programme
from karvan.stages.calls.models import Application, Call
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity, Edition, Room, Venue
from karvan.stages.reviews.models import Assignment, Review, Reviewer, ReviewRound
from karvan.stages.selection.models import Decision, Offer, SelectionRun
from karvan.stages.timetables.models import Group, Session, Timetable, Trainer
from karvan.stages.ventures.models import Team, Venture

_numbers = itertools.count(1)
PASSWORD = "a long enough password"


def one() -> int:
    """A number not given before."""
    return next(_numbers)


def texts(english: str) -> dict[str, str]:
    """A text in the four languages, told apart by their codes."""
    return {
        code: f"{english} ({code})" if code != "en" else english
        for code in ("en", "fr", "ar", "az")
    }


def country(code: str = "AZ", **fields: Any) -> Country:
    names = {"AZ": "Azerbaijan", "MA": "Morocco", "KZ": "Kazakhstan", "EG": "Egypt"}
    made, new = Country.objects.get_or_create(
        code=code,
        defaults={
            "names": texts(names.get(code, f"Country {code}")),
            "official_languages": ["az"],
            "time_zone": {"AZ": "Asia/Baku", "MA": "Africa/Casablanca", "EG": "Africa/Cairo"}.get(
                code, "UTC"
            ),
            "region": "Asian",
            "currency": {"AZ": "AZN", "MA": "MAD", "EG": "EGP"}.get(code, "USD"),
            **fields,
        },
    )
    if new:
        workdays = [7, 1, 2, 3, 4] if code == "EG" else [1, 2, 3, 4, 5]
        WorkingWeek.objects.create(country=made, workdays=workdays, source="tests")
    return made


def person(name: str = "", *, email: str | None = "", **fields: Any) -> Person:
    number = one()
    address = f"person{number}@example.org" if email == "" else email
    password = fields.pop("password", PASSWORD)
    return Person.objects.create_user(
        address, password, full_name=name or f"Person {number}", **fields
    )


def party(code: str = "", kind: str = "ministry", **fields: Any) -> Party:
    code = code or f"party-{one()}"
    return Party.objects.create(
        code=code, kind=kind, names=fields.pop("names", texts(f"Party {code}")), **fields
    )


def role(kind: str, scope: str = "", *, of: Person | None = None, **fields: Any) -> Person:
    """A person who holds a role; returns the person."""
    holder = of or person(f"{kind.capitalize()} {one()}")
    if kind == "partner" and "party" not in fields:
        fields["party"] = party()
    Role.objects.create(person=holder, kind=kind, scope=scope, **fields)
    return holder


def officer(**fields: Any) -> Person:
    return role("officer", **fields)


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
    if "obligation" not in fields:
        fields.setdefault("item", None)
        fields["item"] = fields["item"] or minutes_item()
    fields.setdefault("titles", texts("A boot camp"))
    fields.setdefault("owner", None)
    fields["owner"] = fields["owner"] or party()
    fields.setdefault("promised_on", date(2021, 1, 20))
    return Commitment.objects.create(**fields)


def programme(code: str = "", **fields: Any) -> Programme:
    code = code or f"P{one()}"
    fields.setdefault("titles", texts(f"Programme {code}"))
    fields.setdefault("owner", None)
    fields["owner"] = fields["owner"] or party(kind="organisation")
    return Programme.objects.create(code=code, **fields)


def document(code: str = "TVP") -> tuple[bytes, dict[str, Any]]:
    """The library's blueprint of a programme: its bytes and its data."""
    from karvan.stages.blueprints import library

    source = library.source(code)
    return source, library.data(code)


def blueprint(
    of: Programme | None = None,
    *,
    data: dict[str, Any] | None = None,
    source: bytes = b"",
    **fields: Any,
) -> Blueprint:
    """A published version; its document is a small one unless ``data`` is given."""
    of = of or programme()
    fields.setdefault("number", 1)
    fields.setdefault("state", "published")
    fields.setdefault("imported_at", timezone.now())
    if fields["state"] == "published":
        fields.setdefault("published_at", timezone.now())
    source = source or b"karvan: blueprint/1\n"
    return Blueprint.objects.create(
        programme=of,
        source=source,
        sha256=hashlib.sha256(source).hexdigest(),
        data=data if data is not None else small_document(of.code),
        **fields,
    )


def small_document(code: str) -> dict[str, Any]:
    """The parsed form of a blueprint with one boot camp of one day, a form, a rubric and a quota."""
    return {
        "karvan": "blueprint/1",
        "programme": {"code": code, "title": texts(f"Programme {code}")},
        "activities": [
            {
                "code": "BC",
                "format": "boot_camp",
                "title": texts("Boot camp"),
                "duration": {"days": 1, "contact_minutes": 60},
                "cohort": {"min": 2, "max": 40},
                "trainer_roles": [
                    {"code": "HEAD", "title": texts("Head trainer"), "per_cohort": 1}
                ],
                "rooms": [{"code": "HALL", "seats": 40}],
                "outcomes": [],
                "sessions": [
                    {
                        "id": "D1S1",
                        "day": 1,
                        "title": texts("Opening"),
                        "kind": "plenary",
                        "minutes": 60,
                        "room": "HALL",
                        "roles": ["HEAD"],
                    }
                ],
                "selection": {
                    "decided_by": "rubric",
                    "reads": 2,
                    "third_read_over_points": 20,
                    "blind": True,
                    "rubric": {
                        "scale": [0, 5],
                        "criteria": [
                            {"code": "C1", "title": texts("Problem"), "weight": 60, "anchors": {}},
                            {"code": "C2", "title": texts("Team"), "weight": 40, "anchors": {}},
                        ],
                    },
                    "quotas": [
                        {
                            "key": "women",
                            "attribute": "sex",
                            "values": ["F"],
                            "floor_percent": 40,
                            "title": texts("Women"),
                        }
                    ],
                },
                "form": small_form(),
                "assessment": [],
                "award": {"certificate": {"min_attendance_percent": 80}},
            }
        ],
        "indicators": [],
        "budget_lines": [],
        "locks": [],
    }


def small_form() -> dict[str, Any]:
    """A form of four questions: sex, motivation, residence (eligibility) and a note."""
    return {
        "sections": [
            {
                "key": "about",
                "title": texts("About you"),
                "questions": [
                    {
                        "key": "sex",
                        "type": "choice",
                        "label": texts("Sex"),
                        "required": True,
                        "choices": [
                            {"value": "F", "label": texts("Woman")},
                            {"value": "M", "label": texts("Man")},
                        ],
                        "blind": True,
                        "attribute": "sex",
                        "purpose": texts("To keep the places fair"),
                        "retention_months": 24,
                    },
                    {
                        "key": "resident",
                        "type": "choice",
                        "label": texts("Do you live here?"),
                        "required": True,
                        "choices": [
                            {"value": "yes", "label": texts("Yes")},
                            {"value": "no", "label": texts("No")},
                        ],
                        "eligibility": {"equals": "yes"},
                        "purpose": texts("Only residents may take part"),
                        "retention_months": 24,
                    },
                    {
                        "key": "motivation",
                        "type": "long_text",
                        "label": texts("Why you?"),
                        "required": True,
                        "limits": {"max_words": 200},
                        "purpose": texts("Reviewers read it"),
                        "retention_months": 24,
                    },
                ],
            }
        ]
    }


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


def call(of: Activity | None = None, *, open_now: bool = True, **fields: Any) -> Call:
    of = of or activity()
    now = timezone.now()
    shift = timedelta(0) if open_now else timedelta(days=-60)
    form = fields.pop("form", small_form())
    return Call.objects.create(
        activity=of,
        slug=fields.pop("slug", f"call-{one()}"),
        titles=fields.pop("titles", texts("Call")),
        form=form,
        languages=fields.pop("languages", ["en", "fr", "ar", "az"]),
        opens_at=fields.pop("opens_at", now - timedelta(days=10) + shift),
        advertised_deadline=fields.pop("advertised_deadline", now + timedelta(days=10) + shift),
        closes_at=fields.pop("closes_at", now + timedelta(days=11) + shift),
        places=fields.pop("places", 2),
        state=fields.pop("state", "published"),
        **fields,
    )


def application(to: Call | None = None, **fields: Any) -> Application:
    """A draft by default; ``state="submitted"`` gives it number, hash and time."""
    number = one()
    now = timezone.now()
    fields.setdefault("call", to)
    fields["call"] = fields["call"] or call()
    fields.setdefault("state", "draft")
    fields.setdefault("email", f"applicant{number}@example.org")
    fields.setdefault("full_name", f"Applicant {number}")
    if fields["state"] in ("submitted", "ineligible"):
        fields.setdefault("number", f"KV-TEST-{number}")
        fields.setdefault("submitted_at", now)
        fields.setdefault("content_hash", hashlib.sha256(str(number).encode()).hexdigest())
    fields.setdefault("answers", {"sex": "F", "resident": "yes", "motivation": "I build."})
    fields.setdefault("attributes", {"sex": fields["answers"].get("sex", "F")})
    return Application.objects.create(
        token=secrets.token_urlsafe(32), created_at=now, saved_at=now, **fields
    )


def review_round(of: Call | None = None, **fields: Any) -> ReviewRound:
    of = of or call()
    fields.setdefault("rubric", small_document("X")["activities"][0]["selection"]["rubric"])
    fields.setdefault("state", "open")
    return ReviewRound.objects.create(call=of, **fields)


def reviewer(of: ReviewRound | None = None, **fields: Any) -> Reviewer:
    of = of or review_round()
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or role("reviewer", of.call.activity.scope)
    fields.setdefault("languages", ["en", "az", "ar", "fr"])
    return Reviewer.objects.create(round=of, **fields)


def assignment(
    of: Reviewer | None = None, *, application: Application | None = None, **fields: Any
) -> Assignment:
    of = of or reviewer()
    application = application or globals()["application"](of.round.call, state="submitted")
    fields.setdefault("assigned_at", timezone.now())
    return Assignment.objects.create(round=of.round, reviewer=of, application=application, **fields)


def review(
    of: Assignment | None = None, *, marks: dict[str, int] | None = None, **fields: Any
) -> Review:
    """A finished review; total by the small rubric's weights."""
    of = of or assignment()
    marks = marks or {"C1": 4, "C2": 3}
    criteria = of.round.rubric["criteria"]
    total = sum(c["weight"] * marks[c["code"]] * 100 // 5 for c in criteria)
    now = timezone.now()
    return Review.objects.create(
        assignment=of, marks=marks, total=total, state="done", saved_at=now, done_at=now, **fields
    )


def selection_run(of: Call | None = None, **fields: Any) -> SelectionRun:
    of = of or call()
    fields.setdefault("number", one())
    fields.setdefault("places", of.places)
    fields.setdefault("seed", "tests")
    fields.setdefault("document", b"{}")
    fields.setdefault("sha256", hashlib.sha256(b"{}").hexdigest())
    fields.setdefault("is_proved", True)
    return SelectionRun.objects.create(call=of, made_at=timezone.now(), **fields)


def decision(
    run: SelectionRun | None = None, *, application: Application | None = None, **fields: Any
) -> Decision:
    run = run or selection_run()
    application = application or globals()["application"](run.call, state="submitted")
    fields.setdefault("outcome", "selected")
    fields.setdefault("merit", 7500)
    fields.setdefault("rank", one())
    fields.setdefault("reason", "chosen_on_merit")
    return Decision.objects.create(run=run, application=application, **fields)


def offer(of: Decision | None = None, **fields: Any) -> Offer:
    of = of or decision()
    fields.setdefault("expires_at", timezone.now() + timedelta(days=5))
    return Offer.objects.create(
        run=of.run, application=of.application, offered_at=timezone.now(), **fields
    )


def trainer(of: Activity | None = None, **fields: Any) -> Trainer:
    of = of or activity()
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or role("trainer", of.scope)
    fields.setdefault("roles", ["HEAD"])
    return Trainer.objects.create(activity=of, **fields)


def group(of: Activity | None = None, **fields: Any) -> Group:
    of = of or activity()
    code = fields.pop("code", f"G{one()}")
    fields.setdefault("name", f"Group {code}")
    fields.setdefault("size", 20)
    return Group.objects.create(activity=of, code=code, **fields)


def session(of: Activity | None = None, **fields: Any) -> Session:
    of = of or activity()
    code = fields.pop("code", f"S{one()}")
    fields.setdefault("blueprint_code", code)
    fields.setdefault("titles", texts(f"Session {code}"))
    fields.setdefault("kind", "plenary")
    fields.setdefault("minutes", 60)
    return Session.objects.create(activity=of, code=code, **fields)


def timetable(of: Activity | None = None, **fields: Any) -> Timetable:
    of = of or activity()
    fields.setdefault("number", one())
    if fields.get("state", "draft") != "draft":
        fields.setdefault("published_at", timezone.now())
    return Timetable.objects.create(activity=of, made_at=timezone.now(), **fields)


def enrolment(of: Activity | None = None, **fields: Any) -> Enrolment:
    of = of or activity()
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or role("participant", of.scope)
    fields.setdefault("attributes", {"sex": "F"})
    return Enrolment.objects.create(activity=of, enrolled_at=timezone.now(), **fields)


def team(of: Edition | None = None, **fields: Any) -> Team:
    of = of or edition()
    code = fields.pop("code", f"T{one()}")
    fields.setdefault("name", f"Team {code}")
    return Team.objects.create(edition=of, code=code, **fields)


def venture(of: Team | None = None, **fields: Any) -> Venture:
    of = of or team()
    fields.setdefault("name", f"Venture {one()}")
    return Venture.objects.create(team=of, **fields)


def moment(year: int, month: int, day: int, hour: int = 12) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)
