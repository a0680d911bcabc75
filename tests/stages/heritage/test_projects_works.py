"""Works, money and pictures: advised or with a reason, paid from what is committed, seen before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from karvan.stages.heritage.errors import NotAllowedYet, NotGiven, NotOfThisProject, WrongState
from karvan.stages.heritage.models import FundingLine, SitePhoto, WorkItem
from karvan.stages.heritage.queries.projects import money_of, priced_works, viewpoints_of
from karvan.stages.heritage.services.projects_evidence import add_site_photo, add_viewpoint
from karvan.stages.heritage.services.projects_works import (
    add_work,
    drop_work,
    finish_work,
    set_money,
    start_work,
)
from karvan.stages.heritage.services.surveys_parts import advise
from tests import make
from tests.foundation.files import samples

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)


def works_phase(**fields: Any) -> Any:
    """The works of a restoration that has a permit and a survey, begun on 1 October."""
    project = make.restoration(**fields)
    make.permit(project, granted_on=date(2026, 9, 1))
    make.survey(project.monument, on=date(2026, 8, 1))
    return make.phase(project, "works", state="started", actual_from=date(2026, 10, 1))


def plan(phase: Any, **fields: Any) -> WorkItem:
    fields.setdefault("element", None)
    fields["element"] = fields["element"] or make.element(phase.project.monument)
    given = {"treatment": "Repointing", "quantity": Decimal(12), "unit": "m2", "reason": "Open"}
    return add_work(phase, by=None, **{**given, **fields})


def picture(viewpoint: Any, moment: str, on: date, **fields: Any) -> SitePhoto:
    data = samples.picture("PNG", (80, 60))
    return add_site_photo(
        viewpoint,
        moment=moment,
        taken_on=on,
        upload=samples.upload("a.png", data),
        by=None,
        **fields,
    )


class TestATreatment:
    def test_it_follows_a_recommendation(self):
        phase = works_phase()
        survey = make.survey(phase.project.monument, state="draft")
        advice = advise(
            survey, kind=make.term("recommendation", "repointing"), priority="immediate", by=None
        )

        with pytest.raises(NotGiven, match="not signed yet"):
            plan(phase, advice=advice, reason="")
        survey.state, survey.signed_at = "signed", make.moment(2026, 11, 2)
        survey.save()
        advice.refresh_from_db()

        assert plan(phase, advice=advice, reason="").number == "1"
        assert plan(phase).number == "2"

    def test_without_one_and_without_a_reason_it_is_refused(self):
        phase = works_phase()

        with pytest.raises(NotGiven, match="recommendation or a reason"):
            plan(phase, reason="  ")

        assert not WorkItem.objects.exists()

    def test_materials_that_are_not_compatible_need_a_reason(self):
        phase = works_phase()
        survey = make.survey(phase.project.monument)
        advice = survey.advice.create(kind=make.term("recommendation"), priority="immediate")

        with pytest.raises(NotGiven, match="not compatible"):
            plan(phase, advice=advice, reason="", is_compatible=False)

    def test_it_is_of_this_monument(self):
        phase, other = works_phase(), make.survey()
        advice = other.advice.create(kind=make.term("recommendation"), priority="immediate")

        with pytest.raises(NotOfThisProject):
            plan(phase, element=make.element())
        with pytest.raises(NotOfThisProject):
            plan(phase, advice=advice)

    @pytest.mark.parametrize("wrong", [{"quantity": Decimal(0)}, {"unit_price": Decimal(-1)}])
    def test_amounts_are_above_zero(self, wrong):
        with pytest.raises(NotGiven, match="above zero"):
            plan(works_phase(), **wrong)

    def test_a_phase_that_is_over_takes_none(self):
        phase = works_phase()
        phase.state = "done"
        phase.save()

        with pytest.raises(WrongState, match="no more work"):
            plan(phase)


class TestWorkIsDone:
    def test_from_begin_to_end(self):
        item = plan(works_phase())

        start_work(item, on=DAY, by=None)
        done = finish_work(item, on=date(2026, 11, 9), by=None)

        assert (done.state, done.started_on, done.done_on) == ("done", DAY, date(2026, 11, 9))

    def test_not_before_its_phase_nor_without_a_permit_that_day(self):
        item = plan(works_phase())
        item.phase.project.permits.update(valid_to=date(2026, 10, 15))

        with pytest.raises(NotAllowedYet, match="expired"):
            start_work(item, on=DAY, by=None)
        with pytest.raises(NotAllowedYet, match="has not begun by"):
            start_work(item, on=date(2026, 9, 20), by=None)

    def test_not_done_before_it_began(self):
        item = start_work(plan(works_phase()), on=DAY, by=None)

        with pytest.raises(NotGiven, match="cannot be done before"):
            finish_work(item, on=date(2026, 11, 1), by=None)

    def test_not_after_the_project(self):
        item = plan(works_phase(ends_on=date(2026, 10, 31)))

        with pytest.raises(NotGiven, match="after the project ends"):
            start_work(item, on=DAY, by=None)

    def test_dropped_with_a_reason_and_not_done_then(self):
        item = plan(works_phase())

        with pytest.raises(NotGiven, match="Say why"):
            drop_work(item, reason="", by=None)
        drop_work(item, reason="Found sound", by=None)

        with pytest.raises(WrongState):
            start_work(item, on=DAY, by=None)

    def test_its_price_is_quantity_times_unit_price_and_unknown_is_not_zero(self):
        phase = works_phase()
        plan(phase, quantity=Decimal("2.5"), unit_price=Decimal("40.10"))
        plan(phase)
        dropped = plan(phase, unit_price=Decimal(1000))
        drop_work(dropped, reason="Too dear", by=None)

        found = priced_works(phase.project)

        assert (found.total, found.unpriced) == (Decimal("100.25"), 1)


class TestMoney:
    def test_more_is_not_paid_than_committed(self):
        phase, bank = works_phase(currency="AZN"), make.party("bank", "bank")
        amounts = {"planned": Decimal(100), "committed": Decimal(80), "by": None}

        with pytest.raises(NotGiven, match=r"10.00.AZN more than"):
            set_money(phase, funder=bank, paid=Decimal(90), **amounts)

        assert not FundingLine.objects.exists()
        set_money(phase, funder=bank, paid=Decimal(80), **amounts)

    def test_a_line_of_one_phase_and_funder_is_written_anew(self):
        phase, bank = works_phase(), make.party("bank", "bank")
        for paid in (10, 60):
            set_money(
                phase,
                funder=bank,
                planned=Decimal(100),
                committed=Decimal(80),
                paid=Decimal(paid),
                by=None,
            )

        assert [one.paid for one in FundingLine.objects.all()] == [60]

    def test_sums_by_phase_and_funder_meet_in_one_total(self):
        phase = works_phase()
        survey = make.phase(phase.project, "survey")
        one, two = make.party("one"), make.party("two")
        for where, who, planned in ((phase, one, 100), (phase, two, 50), (survey, one, 7)):
            set_money(
                where,
                funder=who,
                planned=Decimal(planned),
                committed=Decimal(planned),
                paid=Decimal(1),
                by=None,
            )

        found = money_of(phase.project)

        assert found.total.planned == Decimal(157)
        assert sum(s.planned for s in found.by_phase) == Decimal(157)
        assert sum(s.paid for s in found.by_funder) == found.total.paid == Decimal(3)


class TestPictures:
    def test_an_after_needs_a_before_from_the_same_place(self):
        phase = works_phase()
        here, there = make.viewpoint(phase.project), make.viewpoint(phase.project)
        picture(there, "before", date(2026, 9, 1))

        with pytest.raises(NotAllowedYet, match="no picture before"):
            picture(here, "after", DAY)

        assert not here.pictures.exists()

    def test_before_during_after_make_a_pair(self):
        viewpoint = make.viewpoint(works_phase().project)
        picture(viewpoint, "before", date(2026, 9, 1), operator="Elnur Rzayev", has_scale=True)
        picture(viewpoint, "during", date(2026, 10, 15))
        picture(viewpoint, "after", DAY)

        (seen,) = viewpoints_of(viewpoint.project)

        assert seen.has_pair
        assert len(seen.during) == 1
        assert (seen.before.width, seen.before.thumb.kind) == (80, "webp")

    def test_a_before_is_not_younger_than_the_works(self):
        with pytest.raises(NotGiven, match="Works began on"):
            picture(make.viewpoint(works_phase().project), "before", DAY)

    def test_an_after_is_younger_than_its_before(self):
        viewpoint = make.viewpoint(works_phase().project)
        picture(viewpoint, "before", date(2026, 9, 20))

        with pytest.raises(NotGiven, match="must be younger"):
            picture(viewpoint, "after", date(2026, 9, 10))

    def test_a_day_ahead_is_refused(self):
        with pytest.raises(NotGiven, match="not come yet"):
            picture(make.viewpoint(), "before", date(2126, 1, 1))

    def test_a_viewpoint_has_a_code_of_its_own(self):
        project = make.restoration()
        add_viewpoint(project, code="south", names=make.texts("South"), by=None)

        with pytest.raises(NotGiven, match="south"):
            add_viewpoint(project, code="south", names=make.texts("South"), by=None)
