"""A course of the library's blueprint that learns on a restoration, with two pieces of work begun."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from tests import make
from tests.make.people import one


def restoration_course(**project: Any) -> SimpleNamespace:
    """The edition's activity RST, its restoration, a wall and a gate to work on, a master."""
    _source, data = make.document("RST")
    owner = make.party(
        f"secretariat-{one()}",
        "organisation",
        names={"en": "The Secretariat", "fr": "Le Secrétariat", "ar": "الأمانة", "az": "Katiblik"},
    )
    design = make.blueprint(make.programme("RST", owner=owner), data=data)
    of = make.edition("AZ-2026", of=design, languages=["en", "fr", "ar", "az"])
    course = make.activity(
        "RST",
        of=of,
        format="restoration",
        titles=data["activities"][0]["title"],
        planned_starts_on=date(2026, 9, 7),
        planned_ends_on=date(2026, 11, 27),
    )
    for number in range(10):
        make.session(course, code=f"W{number}")
    restoration = make.restoration(activity=course, **project)
    works = make.phase(restoration, "works", state="started", actual_from=date(2026, 9, 1))
    begun = {"state": "started", "started_on": date(2026, 9, 7)}
    return SimpleNamespace(
        course=course,
        project=restoration,
        works=works,
        wall=make.work_item(works, trade="lime", **begun),
        gate=make.work_item(works, trade="masonry", **begun),
        master=make.trainer(course).person,
    )


def signed_hours(site: SimpleNamespace, place: Any, hours: int, **fields: Any) -> None:
    """So many signed hours, ten a day, half of them on the wall and half on the gate."""
    fields.setdefault("level", 2)
    fields.setdefault("signed_at", make.moment(2026, 11, 1))
    fields.setdefault("written_at", make.moment(2026, 10, 1))
    for number in range(hours // 10):
        make.trainee_log(
            place,
            site.gate if number % 2 else site.wall,
            on=date(2026, 9, 8 + number),
            hours=10,
            supervisor=site.master,
            **fields,
        )
