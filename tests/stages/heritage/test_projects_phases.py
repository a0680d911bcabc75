"""Restorations: phases in order; works need a permit in force and a survey younger than 24 months."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine

from karvan.foundation.records.models import Record
from karvan.stages.heritage.errors import NotAllowedYet, NotGiven, WrongState
from karvan.stages.heritage.models import Phase, RestorationProject
from karvan.stages.heritage.services.projects import (
    change_project,
    resume_project,
    start_project,
    stop_project,
)
from karvan.stages.heritage.services.projects_phases import (
    begin_phase,
    end_phase,
    leave_out_phase,
    missing_for_works,
    plan_phase,
)
from karvan.stages.heritage.services.projects_works import add_permit
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
LATER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-12-20 10:00+00:00", tick=False):
        yield


def project(monument: Any = None, **fields: Any) -> RestorationProject:
    fields.setdefault("code", "khan-palace")
    return start_project(
        monument or make.monument(), titles=make.texts("Palace"), by=None, **fields
    )


def phase(of: RestorationProject, kind: str) -> Phase:
    return of.phases.get(kind=kind)


def up_to(of: RestorationProject, kind: str, on: date = TODAY) -> None:
    """Leave out or pass everything before a phase."""
    for one in of.phases.order_by("position"):
        if one.kind == kind:
            return
        if one.kind == "permit":
            make.permit(of, granted_on=date(2026, 10, 1))
            begin_phase(one, on=on, by=None)
            end_phase(one, on=on, by=None)
        else:
            leave_out_phase(one, reason="Done before", by=None)


class TestARestoration:
    def test_it_begins_with_its_eleven_phases_in_order(self):
        made = project()

        assert list(made.phases.values_list("kind", flat=True)) == list(Phase.Kind.values)
        assert made.scope == f"{made.monument.register.scope}/khan-palace"
        assert Record.objects.filter(act="restoration started").count() == 1

    def test_a_code_is_given_once(self):
        project()

        with pytest.raises(NotGiven, match="khan-palace"):
            project()

    def test_a_course_learns_on_one_restoration(self):
        course = make.activity("RST", format="restoration")
        project(activity=course)

        with pytest.raises(NotGiven, match="khan-palace"):
            project(code="other", activity=course)

    def test_it_ends_after_it_begins(self):
        with pytest.raises(NotGiven, match="end after it begins"):
            project(starts_on=LATER, ends_on=TODAY)

        assert not RestorationProject.objects.exists()

    def test_its_contractor_stays_once_works_have_begun(self):
        builder = make.party("masons", "company")
        made = make.restoration(contractor=builder)
        make.phase(made, "works", state="started", actual_from=TODAY)

        with pytest.raises(NotGiven, match="contractor cannot change"):
            change_project(made, titles=made.titles, contractor=make.party(), by=None)

    def test_while_it_is_stopped_nothing_begins(self):
        made = project()
        stop_project(made, reason="The vault moves", by=None)

        with pytest.raises(WrongState, match="The vault moves"):
            begin_phase(phase(made, "research"), on=TODAY, by=None)

        resume_project(made, by=None)
        begin_phase(phase(made, "research"), on=TODAY, by=None)
        with pytest.raises(WrongState, match="not stopped"):
            resume_project(made, by=None)

    def test_it_is_not_stopped_without_a_reason(self):
        with pytest.raises(NotGiven, match="Say why"):
            stop_project(project(), reason=" ", by=None)


class TestPhases:
    def test_earlier_ones_come_first_and_are_named(self):
        made = project()

        with pytest.raises(NotAllowedYet, match="Research and documentation, Survey"):
            begin_phase(phase(made, "diagnosis"), on=TODAY, by=None)

    def test_emergency_measures_begin_at_any_time(self):
        begun = begin_phase(phase(project(), "emergency"), on=TODAY, by=None)

        assert begun.actual_from == TODAY

    def test_one_is_left_out_with_a_reason(self):
        made = project()

        with pytest.raises(NotGiven, match="Say why"):
            leave_out_phase(phase(made, "trials"), reason="", by=None)
        left = leave_out_phase(phase(made, "trials"), reason="Mortar is known", by=None)

        assert (left.state, left.reason) == ("skipped", "Mortar is known")

    @pytest.mark.parametrize("kind", ["permit", "works", "acceptance"])
    def test_some_are_never_left_out(self, kind):
        with pytest.raises(NotGiven, match="No restoration goes without"):
            leave_out_phase(phase(project(), kind), reason="Faster", by=None)

    def test_one_ends_after_it_begins(self):
        made = project()
        begin_phase(phase(made, "research"), on=LATER, by=None)

        with pytest.raises(NotGiven, match="end after it begins"):
            end_phase(phase(made, "research"), on=TODAY, by=None)

    def test_one_is_begun_once(self):
        made = project()
        begin_phase(phase(made, "research"), on=TODAY, by=None)

        with pytest.raises(WrongState, match="cannot begin"):
            begin_phase(phase(made, "research"), on=LATER, by=None)

    def test_nothing_is_dated_after_the_project_but_what_follows_the_works(self):
        made = project(starts_on=date(2026, 1, 1), ends_on=date(2026, 11, 30))

        with pytest.raises(NotGiven, match="after the project ends, on .*30 November 2026"):
            begin_phase(phase(made, "research"), on=LATER, by=None)
        with pytest.raises(NotGiven, match="before the project begins"):
            plan_phase(
                phase(made, "works"), planned_from=date(2025, 1, 1), planned_to=None, by=None
            )
        plan_phase(
            phase(made, "monitoring"), planned_from=LATER, planned_to=date(2029, 1, 1), by=None
        )

    def test_a_day_ahead_is_planned_not_begun(self):
        with pytest.raises(NotGiven, match="plan the phase instead"):
            begin_phase(phase(project(), "research"), on=date(2027, 1, 1), by=None)


class TestWorks:
    def test_all_that_is_missing_is_said_at_once(self):
        made = project()

        with pytest.raises(NotAllowedYet) as refused:
            begin_phase(phase(made, "works"), on=TODAY, by=None)

        said = str(refused.value)
        assert "Earlier phases are not done or left out" in said
        assert "No permit is entered." in said
        assert "The monument has no signed survey" in said
        assert phase(made, "works").state == "planned"

    def test_they_begin_with_permit_and_survey(self):
        made = project()
        make.survey(made.monument, on=date(2025, 6, 1))
        up_to(made, "works")

        begin_phase(phase(made, "works"), on=TODAY, by=None)

        made.refresh_from_db()
        assert made.state == "works"

    @pytest.mark.parametrize(
        ("granted", "until", "said"),
        [
            (date(2025, 1, 1), date(2026, 11, 1), "expired on .*1 November 2026"),
            (date(2026, 11, 3), None, "only in force from .*3 November 2026"),
        ],
    )
    def test_a_permit_that_is_not_in_force_is_none(self, granted, until, said):
        made = project()
        make.survey(made.monument, on=date(2026, 6, 1))
        make.permit(made, granted_on=granted, valid_to=until)

        (missing,) = missing_for_works(made, TODAY)

        assert re.search(said, missing)

    @pytest.mark.parametrize(
        ("surveyed", "counts"),
        [
            (date(2024, 11, 1), False),
            (date(2024, 11, 2), False),
            (date(2024, 11, 3), True),
            (date(2026, 11, 3), False),
        ],
    )
    def test_a_survey_counts_for_less_than_24_months(self, surveyed, counts):
        made = project()
        make.permit(made, granted_on=date(2026, 10, 1))
        make.survey(made.monument, on=surveyed)

        assert (missing_for_works(made, TODAY) == []) is counts

    def test_a_draft_is_no_survey(self):
        made = project()
        make.permit(made)
        make.survey(made.monument, on=date(2026, 10, 1), state="draft")

        assert "no signed survey" in missing_for_works(made, TODAY)[0]

    def test_they_end_when_no_work_is_left(self):
        made = project()
        make.survey(made.monument, on=date(2026, 6, 1))
        up_to(made, "works")
        works = begin_phase(phase(made, "works"), on=TODAY, by=None)
        item = make.work_item(works, treatment="Repointing")

        with pytest.raises(NotAllowedYet, match="Repointing"):
            end_phase(works, on=LATER, by=None)

        item.state = "done"
        item.save()
        assert end_phase(works, on=LATER, by=None).state == "done"


class TestAcceptance:
    def ready(self, contractor: Any = None) -> RestorationProject:
        made = project(contractor=contractor)
        make.survey(made.monument, on=date(2026, 6, 1), condition="poor")
        up_to(made, "works")
        end_phase(begin_phase(phase(made, "works"), on=TODAY, by=None), on=LATER, by=None)
        begin_phase(phase(made, "acceptance"), on=LATER, by=None)
        return made

    def test_it_needs_a_survey_after_the_works_by_another_than_the_contractor(self):
        builder = make.party("masons", "company")
        made = self.ready(builder)
        make.survey(made.monument, on=LATER, condition="poor", surveyor_party=builder)

        with pytest.raises(NotAllowedYet, match="by another than the contractor"):
            end_phase(phase(made, "acceptance"), on=date(2026, 12, 10), by=None)

        make.survey(made.monument, on=LATER, condition="good", surveyor_party=make.party())
        end_phase(phase(made, "acceptance"), on=date(2026, 12, 10), by=None)
        made.refresh_from_db()
        assert (made.state, made.accepted_on) == ("accepted", date(2026, 12, 10))

    def test_monitoring_follows(self):
        made = self.ready()
        make.survey(made.monument, on=LATER, condition="good")
        end_phase(phase(made, "acceptance"), on=date(2026, 12, 10), by=None)
        leave_out_phase(phase(made, "maintenance"), reason="The owner has one", by=None)

        begin_phase(phase(made, "monitoring"), on=date(2026, 12, 11), by=None)

        made.refresh_from_db()
        assert made.state == "monitored"


def test_the_permit_phase_ends_with_a_permit_in_force():
    made = project()
    for kind in ("research", "survey", "diagnosis", "emergency", "concept"):
        leave_out_phase(phase(made, kind), reason="Done before", by=None)
    begun = begin_phase(phase(made, "permit"), on=TODAY, by=None)

    with pytest.raises(NotAllowedYet, match="No permit is entered"):
        end_phase(begun, on=TODAY, by=None)

    add_permit(made, number="17/2026", authority="Ministry", granted_on=TODAY, by=None)
    end_phase(begun, on=TODAY, by=None)
    made.refresh_from_db()
    assert made.state == "permitted"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"valid_to": date(2026, 10, 1)}, "cannot end before"),
        ({"granted_on": date(2027, 1, 1)}, "once it is granted"),
    ],
)
def test_a_permit_with_bad_days_is_refused(fields, said):
    with pytest.raises(NotGiven, match=said):
        add_permit(
            project(),
            **{"number": "1", "authority": "Ministry", "granted_on": TODAY, "by": None, **fields},
        )


def test_a_permit_is_entered_once():
    made = project()
    make.permit(made, number="17/2026")

    with pytest.raises(NotGiven, match="17/2026"):
        add_permit(made, number="17/2026", authority="Ministry", granted_on=TODAY, by=None)
