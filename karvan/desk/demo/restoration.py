"""A monument is restored and four people learn on it: survey, permit, works, before and after.

Everything here is invented, the monument's state too.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from karvan.foundation.people.models import Party, Person
from karvan.foundation.people.services import create_party
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.delivery.models import Enrolment
from karvan.stages.delivery.services import call_roll
from karvan.stages.editions.models import Activity
from karvan.stages.editions.services import record_actual_dates
from karvan.stages.heritage.models import (
    ConditionSurvey,
    Element,
    Monument,
    RestorationProject,
    Term,
    WorkItem,
)
from karvan.stages.heritage.services.projects import change_project, start_project
from karvan.stages.heritage.services.projects_evidence import add_site_photo, add_viewpoint
from karvan.stages.heritage.services.projects_phases import begin_phase, end_phase, leave_out_phase
from karvan.stages.heritage.services.projects_works import (
    add_permit,
    add_work,
    finish_work,
    set_money,
    start_work,
)
from karvan.stages.heritage.services.surveys import begin_survey, describe_survey, sign_survey
from karvan.stages.heritage.services.surveys_parts import advise, note_damage, note_threat
from karvan.stages.heritage.services.trainees import log_hours, sign_hours
from karvan.stages.timetables.services import add_trainer, lay_out_sessions

from . import stages, teaching
from .cast import coordinator
from .world import World, at, texts

WEEKS = 12
DAYS_BACK = 140
PARTS = (
    ("south-facade", texts("South facade", "Façade sud", "الواجهة الجنوبية", "Cənub fasadı"), "limestone"),
    ("gate", texts("Gate", "Portail", "البوابة", "Darvaza"), "brick"),
)  # fmt: skip


def tell_restoration(world: World, monument: Monument) -> RestorationProject:
    """A restoration of a given monument that ended eight weeks ago, with its course."""
    by: Any = coordinator(world, "AZ")
    officer = world.people["officer"]
    first = world.today - timedelta(days=DAYS_BACK)
    last = first + timedelta(weeks=WEEKS)
    builders, institute = _parties(world)
    wall, gate = _parts(monument)
    before = _surveyed(monument, first - timedelta(days=60), "poor", institute, officer, wall)
    course, master, places = _course(world, first, last, by)
    project = _begun(monument, first, last, course, (builders, institute), officer)
    shots = _viewpoint(project, first, wall, officer)
    works = _works(project, (wall, gate), before, first, officer)
    _learned(project, first, works, master, places)
    _ended(project, shots, works, last, institute, officer, wall)
    project.refresh_from_db()
    return project


def _parties(world: World) -> tuple[Party, Party]:
    made = []
    for code, kind, names in (
        ("sheki-restorers", "company", texts("Sheki Restorers", "Restaurateurs de Sheki", "مرممو شكي", "Şəki bərpaçıları")),
        ("institute-of-monuments", "university", texts("Institute of Monuments", "Institut des monuments", "معهد المعالم", "Abidələr İnstitutu")),
    ):  # fmt: skip
        made.append(create_party(code=code, kind=kind, names=names, country=None, by=None))
        world.parties[code] = made[-1]
    return made[0], made[1]


def _parts(monument: Monument) -> tuple[Element, Element]:
    """The two parts that are worked on; those of the register where it has them."""
    found = list(monument.elements.all()[:2])
    for code, names, material in PARTS[len(found) :]:
        found.append(
            Element.objects.create(monument=monument, code=code, names=names, material=material)
        )
    return found[0], found[1]


def _surveyed(
    monument: Monument, on: date, condition: str, party: Party, by: Person, wall: Element
) -> ConditionSurvey:
    with at(on):
        survey = begin_survey(monument, by=by)
        describe_survey(
            survey, on=on, method="measured", condition=condition,
            extent="31_60" if condition == "poor" else "1_10", trend="worsening" if condition == "poor" else "stable",
            certainty="certain", surveyor_party=party, by=by,
        )  # fmt: skip
        if condition == "poor":
            note_damage(
                survey, pattern=_term("pattern", "granular_disintegration"), element=wall,
                extent_percent=40, severity=3, cause=_term("cause", "dissolved_salt"),
                cause_certainty="probable", moisture_percent=Decimal("18.5"), by=by,
            )  # fmt: skip
            note_threat(survey, category=_term("threat", "natural"), probability="probable", by=by)
            for part in (wall, None):
                advise(
                    survey, kind=_term("recommendation", "repointing"), element=part,
                    priority="6_12_months", by=by,
                )  # fmt: skip
        else:
            note_damage(
                survey, pattern=_term("pattern", "efflorescence"), element=wall,
                extent_percent=3, severity=1, by=by,
            )  # fmt: skip
        return sign_survey(survey, by=by)


def _course(
    world: World, first: date, last: date, by: Person
) -> tuple[Activity, Person, list[Enrolment]]:
    design = Blueprint.objects.get(programme__code="RST", number=1)
    with at(first - timedelta(days=50)):
        edition = stages.adopt(world, design, "AZ", first.year, by=by)
        course = edition.activities.get(code="RST")
        stages.plan(course, first, last, by=by)
        master = world.person("AZ", "restoration.master", language="az")
        for person, role in (
            (master, "MASTER"),
            (world.person("AZ", language="az"), "CONSERVATOR"),
            (world.person("AZ", language="az"), "SAFETY"),
        ):
            add_trainer(course, person=person, roles=[role], languages=["az", "en"], by=by)
        lay_out_sessions(course, by=by)
        keys = ("restoration.trainee", "", "", "")
        places = [
            teaching.one_more(
                course, world.person("AZ", key, language="az"), sex="FMFM"[at_], by=by
            )
            for at_, key in enumerate(keys)
        ]
    with at(first):
        record_actual_dates(course, starts_on=first, ends_on=last, reason="", by=by)
        there = dict.fromkeys((one.pk for one in places), "present")
        for session in course.sessions.all():
            call_roll(session, states=there, by=by)
    return course, master, places


def _begun(
    monument: Monument,
    first: date,
    last: date,
    course: Activity,
    parties: tuple[Party, Party],
    by: Person,
) -> RestorationProject:
    builders, institute = parties
    name = texts(
        f"Restoration of {monument}", f"Restauration : {monument}", f"ترميم {monument}", f"{monument}: bərpa"
    )  # fmt: skip
    with at(first - timedelta(days=40)):
        project = start_project(
            monument, code="demo-restoration", titles=name, contractor=builders,
            designer=institute, activity=course, starts_on=first - timedelta(days=45),
            ends_on=last + timedelta(days=7), currency="AZN", by=by,
        )  # fmt: skip
        for kind in ("research", "survey", "diagnosis", "concept"):
            phase = project.phases.get(kind=kind)
            day = first - timedelta(days=40)
            end_phase(begin_phase(phase, on=day, by=by), on=day, by=by)
        leave_out_phase(
            project.phases.get(kind="emergency"), reason="Nothing was about to fall.", by=by
        )
    with at(first - timedelta(days=20)):
        day = first - timedelta(days=20)
        add_permit(
            project, number="MK-17", authority="Ministry of Culture", granted_on=day,
            valid_to=last + timedelta(days=200), covers="South facade and gate", by=by,
        )  # fmt: skip
        for kind in ("permit", "trials"):
            phase = project.phases.get(kind=kind)
            end_phase(begin_phase(phase, on=day, by=by), on=day, by=by)
    return project


def _viewpoint(project: RestorationProject, first: date, wall: Element, by: Person) -> Any:
    with at(first - timedelta(days=5)):
        viewpoint = add_viewpoint(
            project, code="south", element=wall, by=by,
            names=texts("South facade from the gate", "Façade sud depuis le portail", "الواجهة الجنوبية من البوابة", "Darvazadan cənub fasadı"),
        )  # fmt: skip
        _shot(viewpoint, "before", first - timedelta(days=5), by)
    return viewpoint


def _works(
    project: RestorationProject,
    parts: tuple[Element, Element],
    survey: ConditionSurvey,
    first: date,
    by: Person,
) -> list[WorkItem]:
    with at(first):
        phase = begin_phase(project.phases.get(kind="works"), on=first, by=by)
        made = []
        for part, trade, advice, price in zip(
            parts, ("lime", "brick"), survey.advice.order_by("pk"), ("38.50", "61"), strict=True
        ):
            item = add_work(
                phase, element=part, treatment="Repointing with lime mortar", advice=advice,
                quantity=Decimal(64), unit="m2", unit_price=Decimal(price), trade=trade,
                materials="Lime putty, local sand", is_compatible=True, is_reversible=True, by=by,
            )  # fmt: skip
            made.append(start_work(item, on=first, by=by))
        for code, planned, paid in (("organisation", 4000, 3900), ("commission-az", 2500, 1200)):
            funder = Party.objects.get(code=code)
            set_money(
                phase, funder=funder, planned=Decimal(planned), committed=Decimal(planned),
                paid=Decimal(paid), by=by,
            )  # fmt: skip
    return made


def _learned(
    project: RestorationProject,
    first: date,
    works: Sequence[WorkItem],
    master: Person,
    places: Sequence[Enrolment],
) -> None:
    """Two have enough, one is half way, the fourth's hours still wait for a signature."""
    for number, (place, days) in enumerate(zip(places, (13, 12, 6, 5), strict=True)):
        logs = []
        for day in range(days):
            on = first + timedelta(days=1 + day * 2)
            with at(on):
                logs.append(
                    log_hours(
                        place, work=works[day % 2], on=on, hours=Decimal(10), supervisor=master,
                        by=place.person,
                    )
                )  # fmt: skip
        if number < 3:
            with at(on):
                sign_hours(project, levels={one.pk: 2 + number % 2 for one in logs}, by=master)


def _ended(
    project: RestorationProject,
    viewpoint: Any,
    works: Sequence[WorkItem],
    last: date,
    institute: Party,
    by: Person,
    wall: Element,
) -> None:
    with at(last):
        for item in works:
            finish_work(item, on=last, by=by)
        _shot(viewpoint, "after", last, by)
        end_phase(project.phases.get(kind="works"), on=last, by=by)
    _surveyed(project.monument, last + timedelta(days=2), "good", institute, by, wall)
    with at(last + timedelta(days=3)):
        day = last + timedelta(days=3)
        phase = project.phases.get(kind="acceptance")
        end_phase(begin_phase(phase, on=day, by=by), on=day, by=by)
        project.refresh_from_db()
        change_project(
            project, titles=project.titles, client=project.client, designer=project.designer,
            contractor=project.contractor, activity=project.activity, starts_on=project.starts_on,
            ends_on=project.ends_on, currency=project.currency, is_public=True, by=by,
        )  # fmt: skip


def _shot(viewpoint: Any, moment: str, on: date, by: Person) -> None:
    upload = SimpleUploadedFile(f"{moment}.jpg", _drawn(moment == "after"))
    add_site_photo(
        viewpoint, moment=moment, taken_on=on, upload=upload, operator="Site office",
        has_scale=True, by=by,
    )  # fmt: skip


def _term(vocabulary: str, code: str) -> Term:
    return Term.objects.get(vocabulary=vocabulary, code=code)


def _drawn(restored: bool) -> bytes:
    """A drawn stand-in for a photograph: a wall of stone, worn or restored, and a scale."""
    picture = Image.new("RGB", (960, 640), "#b9cbd8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 90, 900, 600), fill="#cdbd9a" if restored else "#a58f6b")
    for row in range(9):
        for column in range(9):
            left = 66 + column * 93 - (46 if row % 2 else 0)
            top = 96 + row * 56
            worn = not restored and (row * 7 + column * 3) % 5 < 2
            fill = "#6f5c41" if worn else "#d9cbab" if restored else "#b39d78"
            pen.rectangle((max(left, 62), top, min(left + 84, 898), top + 47), fill=fill)
    pen.rectangle((400, 300, 560, 600), fill="#4d3b2a")
    pen.pieslice((400, 220, 560, 380), 180, 360, fill="#4d3b2a")
    pen.line((700, 620, 860, 620), fill="#22282b", width=6)
    pen.text((752, 604), "1 m", fill="#22282b", font_size=24)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
