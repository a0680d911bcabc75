"""A small symposium with abstracts, papers, sessions and people who wish."""

from __future__ import annotations

from datetime import date
from typing import Any

from karvan.stages.blueprints import library
from karvan.stages.calls.models import Application, Call
from karvan.stages.convening.models import Paper, Symposium, Wish
from karvan.stages.convening.services.symposium_opening import open_symposium
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity
from tests import make

ABSTRACT = "We counted the buses of one town for a year and asked who waits for them. " * 3
VALID_ORCID = "0000-0002-1825-0097"


def activity(*, rooms: int = 2, days: int = 2) -> Activity:
    """The symposium of the library in Morocco, with a hall and rooms side by side."""
    of = make.edition(
        "MA-2021",
        of=make.blueprint(make.programme("SCS"), data=library.data("SCS")),
        country=make.country("MA"),
        languages=["en", "fr", "ar"],
    )
    made = make.activity(
        "SYM",
        of=of,
        format="symposium",
        titles=make.texts("Symposium"),
        planned_starts_on=date(2026, 9, 14),
        planned_ends_on=date(2026, 9, 13 + days),
        places=60,
    )
    venue = make.venue(country=of.country, city="Agadir")
    venue.editions.add(of)
    make.room("GREAT", venue=venue, name="Great hall", kinds=["HALL"], seats=200)
    for number in range(1, rooms + 1):
        make.room(f"R{number}", venue=venue, name=f"Room {number}", kinds=["SEM"], seats=60)
    return made


def call(of: Activity | None = None, **fields: Any) -> Call:
    of = of or activity()
    form = library.data("SCS")["activities"][0]["form"]
    return make.call(of, form=form, titles=make.texts("Call for abstracts"), **fields)


def author(name: str = "Aysel Karimli", **fields: Any) -> dict[str, str]:
    return {
        "name": name,
        "institution": "Institute of Towns",
        "country": "Azerbaijan",
        "presents": "no",
        **fields,
    }


def answers(**changed: Any) -> dict[str, Any]:
    return {
        "track": "mobility",
        "language": "en",
        "title": "Who waits for the bus",
        "abstract": ABSTRACT.strip(),
        "keywords": "buses, waiting",
        "prefers": "either",
        "authors": [
            author(presents="yes", email="aysel@example.org", orcid=VALID_ORCID),
            author("Youssef Amrani", country="المغرب", email="youssef@example.org"),
        ],
        "consent": True,
        **changed,
    }


def abstract(to: Call, **changed: Any) -> Application:
    """An abstract that was sent."""
    return make.application(to, state="submitted", answers=answers(**changed), attributes={})


def opened(**more: Any) -> Symposium:
    """A symposium with its call and tracks, and no abstract yet."""
    to = call(activity(**more))
    return open_symposium(to.activity, by=None)


def talks(of: Symposium, many: int, **fields: Any) -> list[Paper]:
    """Accepted talks, in turn in each of the four tracks."""
    tracks = list(of.tracks.order_by("code"))
    return [
        make.paper(
            of,
            state="talk",
            track=tracks[n % len(tracks)],
            authors=[f"Presenter {n}", f"Helper {n}"],
            **fields,
        )
        for n in range(many)
    ]


def attendee(of: Symposium, *papers: Paper) -> Enrolment:
    """Somebody enrolled who wishes to hear these papers."""
    made = make.enrolment(of.activity)
    Wish.objects.bulk_create(Wish(enrolment=made, paper=paper) for paper in papers)
    return made
