"""Surveys: a draft is written, signed and then never changes; a class does not rise by itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from karvan.foundation.records.models import Record
from karvan.stages.heritage import surveys_triggers
from karvan.stages.heritage.errors import NotAllowedYet, NotGiven, NotOfThisProject, WrongState
from karvan.stages.heritage.models import ConditionSurvey, DamageObservation
from karvan.stages.heritage.queries.surveys import compared, looked_at, overdue, risk_of_survey
from karvan.stages.heritage.services.surveys import (
    begin_survey,
    describe_survey,
    discard_survey,
    sign_survey,
)
from karvan.stages.heritage.services.surveys_parts import (
    advise,
    mark_damage,
    note_damage,
    note_threat,
    take_out,
)
from tests import make
from tests.foundation.files import samples

pytestmark = pytest.mark.django_db
BOX = {"shape": "box", "x": 0.1, "y": 0.2, "w": 0.3, "h": 0.4, "colour": "red", "label": "Crack"}


def draft(monument: Any = None, **fields: Any) -> ConditionSurvey:
    fields.setdefault("surveyor", make.officer())
    fields.setdefault("extent", "11_30")
    return make.survey(monument, state="draft", **fields)


def restored(monument: Any, contractor: Any) -> None:
    project = make.restoration(monument, contractor=contractor)
    make.phase(project, "works", state="started", actual_from=date(2026, 3, 1))


class TestADraft:
    def test_the_same_person_goes_on_with_the_same_draft(self):
        monument, officer = make.monument(), make.officer()

        first = begin_survey(monument, by=officer)

        assert begin_survey(monument, by=officer) == first
        assert begin_survey(monument, by=make.officer()) != first
        acts = Record.objects.filter(subject_kind="heritage.conditionsurvey", subject_id=first.pk)
        assert [one.act for one in acts] == ["survey begun"]

    def test_its_head_is_written(self):
        survey = describe_survey(
            draft(),
            on=date(2026, 11, 3),
            method="measured",
            condition="fair",
            extent="1_10",
            trend="worsening",
            by=None,
        )

        survey.refresh_from_db()
        assert (survey.condition, survey.extent, survey.trend) == ("fair", "1_10", "worsening")

    def test_a_day_ahead_is_refused(self):
        with pytest.raises(NotAllowedYet, match="has not come yet"):
            describe_survey(
                draft(), on=date(2126, 1, 1), method="visual", condition="fair", by=None
            )

    def test_the_next_survey_comes_after_this_one(self):
        with pytest.raises(NotAllowedYet, match="later day"):
            describe_survey(
                draft(),
                on=date(2026, 11, 3),
                method="visual",
                condition="fair",
                next_due_on=date(2026, 11, 3),
                by=None,
            )

    def test_it_is_thrown_away_with_all_in_it(self):
        survey = draft()
        note_damage(survey, pattern=make.term(), by=None)

        discard_survey(survey, by=None)

        assert not ConditionSurvey.objects.exists()
        assert not DamageObservation.objects.exists()


class TestWhatItFound:
    def test_damage_with_measures_and_photograph(self):
        survey = draft()
        made = note_damage(
            survey,
            pattern=make.term(),
            element=make.element(survey.monument),
            extent_percent=40,
            severity=3,
            cause=make.term("cause", "water_action"),
            cause_certainty="probable",
            crack_mm=Decimal("2.5"),
            photo=samples.upload("crack.png", samples.picture("PNG")),
            by=None,
        )

        assert made.photo.kind == "png"
        marked = mark_damage(made, marks=[BOX, {**BOX, "shape": "point"}], by=None)
        assert [one["number"] for one in marked.marks] == [1, 2]

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"extent_percent": 101}, "between 0 and 100"),
            ({"moisture_percent": Decimal(120)}, "between 0 and 100"),
            ({"crack_mm": Decimal(0)}, "wider than 0 mm"),
            ({"cause_certainty": "certain"}, "Name the cause"),
        ],
    )
    def test_bad_measures_are_refused_and_nothing_is_kept(self, wrong, said):
        survey = draft()

        with pytest.raises(NotGiven, match=said):
            note_damage(survey, pattern=make.term(), by=None, **wrong)

        assert not survey.observations.exists()

    def test_a_part_of_another_monument_is_refused(self):
        with pytest.raises(NotOfThisProject):
            note_damage(draft(), pattern=make.term(), element=make.element(), by=None)

    @pytest.mark.parametrize(
        "wrong", [{"x": 1.2}, {"w": 0.95}, {"w": 0.0}, {"shape": "cloud"}, {"y": -0.1}]
    )
    def test_a_mark_off_the_picture_is_refused(self, wrong):
        photo = samples.upload("a.png", samples.picture("PNG"))
        made = note_damage(draft(), pattern=make.term(), photo=photo, by=None)

        with pytest.raises(NotGiven, match="Mark 1"):
            mark_damage(made, marks=[{**BOX, **wrong}], by=None)

        made.refresh_from_db()
        assert made.marks == []

    def test_advice_is_due_by_its_priority(self):
        survey = draft(on=date(2026, 11, 2))

        urgent = advise(
            survey, kind=make.term("recommendation", "shoring"), priority="6_12_months", by=None
        )

        assert urgent.due_on == date(2027, 11, 2)

    def test_what_was_noted_can_be_taken_out_of_a_draft(self):
        survey = draft()
        threat = note_threat(
            survey, category=make.term("threat", "natural"), probability="probable", by=None
        )

        take_out(threat, by=None)

        assert not survey.threats.exists()


class TestSigning:
    def test_the_monument_has_the_class_and_the_next_day_follows(self):
        survey = draft(on=date(2026, 11, 2), condition="very_bad")

        signed = sign_survey(survey, by=survey.surveyor)

        signed.monument.refresh_from_db()
        assert (signed.state, signed.monument.condition) == ("signed", "very_bad")
        assert signed.next_due_on == date(2027, 5, 2)

    def test_an_older_survey_signed_later_does_not_change_the_class(self):
        monument = make.monument(condition="fair")
        make.survey(monument, on=date(2026, 11, 2), condition="fair")

        sign_survey(draft(monument, on=date(2024, 5, 1), condition="poor"), by=None)

        monument.refresh_from_db()
        assert monument.condition == "fair"

    def test_all_that_is_missing_is_said_at_once(self):
        survey = draft(extent="", surveyor=None, surveyor_name="")

        with pytest.raises(NotAllowedYet, match=r"how far the damage goes.*who made the survey"):
            sign_survey(survey, by=None)

        survey.refresh_from_db()
        assert survey.state == "draft"

    def test_a_signed_survey_never_changes(self):
        survey = sign_survey(draft(), by=None)
        note = {"on": survey.on, "method": "visual", "condition": "good", "by": None}

        for act in (
            lambda: sign_survey(survey, by=None),
            lambda: discard_survey(survey, by=None),
            lambda: describe_survey(survey, **note),
            lambda: note_damage(survey, pattern=make.term(), by=None),
        ):
            with pytest.raises(WrongState, match="is signed"):
                act()

    def test_the_database_refuses_to_change_it_too(self):
        survey = draft()
        note_damage(survey, pattern=make.term(), severity=3, by=None)
        sign_survey(survey, by=None)
        surveys_triggers.install(connection)

        for rows, change in (
            (ConditionSurvey.objects.all(), {"condition": "good"}),
            (DamageObservation.objects.all(), {"severity": 1}),
        ):
            with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
                rows.update(**change)


class TestAClassRises:
    """After a restoration only by a survey of somebody who is not its contractor."""

    def monument(self) -> tuple[Any, Any]:
        monument, builder = make.monument(condition="poor"), make.party("baku-masons", "company")
        make.survey(monument, on=date(2026, 1, 10), condition="poor")
        restored(monument, builder)
        return monument, builder

    def test_not_by_the_contractors_own_survey(self):
        monument, builder = self.monument()
        survey = draft(monument, condition="good", surveyor_party=builder)

        with pytest.raises(NotAllowedYet, match=r"from “Poor” to “Good” by a survey of the contr"):
            sign_survey(survey, by=None)

        monument.refresh_from_db()
        assert monument.condition == "poor"

    def test_not_by_one_of_its_people_under_another_name(self):
        monument, builder = self.monument()
        person = make.role("partner", "", party=builder)
        survey = draft(
            monument, condition="good", surveyor=person, surveyor_party=make.party("institute")
        )

        with pytest.raises(NotAllowedYet, match="contractor"):
            sign_survey(survey, by=None)

    def test_not_while_nobody_says_for_whom(self):
        monument, _builder = self.monument()

        with pytest.raises(NotAllowedYet, match="for which party you surveyed"):
            sign_survey(draft(monument, condition="good"), by=None)

    def test_by_another_party(self):
        monument, _builder = self.monument()
        institute = make.party("institute", "university")

        sign_survey(draft(monument, condition="good", surveyor_party=institute), by=None)

        monument.refresh_from_db()
        assert monument.condition == "good"

    def test_the_contractor_may_say_that_it_got_worse(self):
        monument, builder = self.monument()

        sign_survey(draft(monument, condition="very_bad", surveyor_party=builder), by=None)

        monument.refresh_from_db()
        assert monument.condition == "very_bad"

    def test_a_survey_from_before_the_works_is_no_after_survey(self):
        monument, _builder = self.monument()

        sign_survey(draft(monument, on=date(2026, 2, 1), condition="fair"), by=None)

        monument.refresh_from_db()
        assert monument.condition == "fair"

    def test_without_a_restoration_anybody_may_put_a_class_right(self):
        monument = make.monument(condition="poor")
        make.survey(monument, on=date(2026, 1, 10), condition="poor")

        sign_survey(draft(monument, condition="fair"), by=None)

        monument.refresh_from_db()
        assert monument.condition == "fair"


def test_two_surveys_meet_by_part_and_pattern():
    monument = make.monument()
    wall, crack, moss = make.element(monument), make.term(), make.term(code="moss")
    before, after = draft(monument, condition="poor"), draft(monument, condition="fair")
    note_damage(before, pattern=crack, element=wall, severity=3, by=None)
    note_damage(before, pattern=moss, element=wall, severity=1, by=None)
    note_damage(after, pattern=crack, element=wall, severity=1, by=None)

    lines = {one["pattern"]: one for one in compared(before, after)["lines"]}

    assert (lines["crack"]["before"].severity, lines["crack"]["after"].severity) == (3, 1)
    assert lines["moss"]["after"] is None


def test_the_risk_of_a_survey_is_of_its_worst_parts():
    survey = draft(extent="31_60")
    note_damage(survey, pattern=make.term(), severity=2, by=None)
    note_threat(survey, category=make.term("threat", "natural"), probability="planned", by=None)

    assert risk_of_survey(survey).parts == "3 × 2 × 3"


def test_overdue_is_told_by_the_newest_signed_survey():
    late, renewed = make.monument(), make.monument()
    make.survey(late, on=date(2020, 1, 1), next_due_on=date(2021, 1, 1))
    make.survey(renewed, on=date(2020, 1, 1), next_due_on=date(2021, 1, 1))
    make.survey(renewed, on=date(2026, 1, 1), next_due_on=date(2029, 1, 1))
    make.survey(renewed, on=date(2026, 2, 1), state="draft")

    rows = looked_at(type(late).objects.all()).filter(overdue(date(2026, 11, 29)))

    assert list(rows) == [late]
