"""SPEC and COND: computed from signed hours and from surveys before and after works."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from karvan.stages.reports.queries.sources import COMPUTATIONS, Counted, Span
from tests import make
from tests.stages.heritage.course import restoration_course, signed_hours

pytestmark = pytest.mark.django_db


def computed(
    source: str, scope: str = "", *, as_of: datetime | None = None, groups: tuple[str, ...] = ()
) -> Counted:
    (figure,) = COMPUTATIONS[f"heritage.{source}"](Span(scope, as_of or timezone.now(), groups))
    return figure


class TestSpecialists:
    def test_nobody_who_wrote_hours_is_unknown_not_zero(self):
        figure = computed("specialists_trained")

        assert (figure.value, figure.is_collected) == (None, True)

    def test_those_with_enough_signed_hours_by_trade_and_sex(self):
        site = restoration_course()
        for sex, hours in (("F", 120), ("M", 120), ("M", 60)):
            place = make.enrolment(site.course, attributes={"sex": sex})
            signed_hours(site, place, hours)

        figure = computed("specialists_trained", site.course.scope, groups=("sex", "trade"))

        assert (figure.value, figure.numerator, figure.denominator) == (2, 2, 3)
        assert {k: part.value for k, part in figure.by["sex"].items()} == {"F": 1, "M": 1}
        assert sum(part.value for part in figure.by["trade"].values()) == 2
        assert "300" in figure.note
        for one in figure.slices:
            assert figure.rows.filter(one.where).count() == one.count

    def test_hours_signed_later_do_not_count_yet(self):
        site = restoration_course()
        signed_hours(site, make.enrolment(site.course), 120)

        earlier = computed("specialists_trained", as_of=make.moment(2026, 10, 15))

        assert (earlier.value, earlier.denominator) == (0, 1)

    def test_another_edition_is_not_counted(self):
        site = restoration_course()
        signed_hours(site, make.enrolment(site.course), 120)

        assert computed("specialists_trained", "RST/MA-2026").value is None


class TestCondition:
    def monument(self, before: str, after: str, **fields: Any) -> Any:
        """A restoration whose works ended on 1 June, with a survey on either side."""
        project = make.restoration(**fields)
        make.phase(project, state="done", actual_from=date(2026, 3, 1), actual_to=date(2026, 6, 1))
        signed_at = make.moment(2026, 7, 1)
        if before:
            make.survey(
                project.monument, on=date(2026, 2, 1), condition=before, signed_at=signed_at
            )
        if after:
            make.survey(project.monument, on=date(2026, 7, 1), condition=after, signed_at=signed_at)
        return project

    def test_no_works_are_unknown_not_zero(self):
        make.restoration()

        assert computed("condition_improved").value is None

    def test_risen_same_fallen_and_not_known_are_told_apart(self):
        risen = self.monument("poor", "good")
        self.monument("poor", "poor")
        self.monument("fair", "poor")
        self.monument("poor", "")
        self.monument("poor", "unknown")

        figure = computed("condition_improved")

        assert (figure.value, figure.denominator) == (1, 5)
        counts = {one.key: one.count for one in figure.slices}
        assert counts == {"risen": 1, "same": 1, "fallen": 1, "unseen": 2, "all": 5}
        assert list(figure.rows.filter(figure.slices[0].where)) == [risen.monument]
        assert figure.by["condition_class"]["good"].value == 1
        assert "Of 2 monuments it is not known" in figure.note

    def test_the_contractors_own_survey_shows_nothing(self):
        builder = make.party("masons", "company")
        project = self.monument("poor", "", contractor=builder)
        make.survey(project.monument, on=date(2026, 8, 1), condition="good", surveyor_party=builder)

        assert computed("condition_improved").value == 0

    def test_on_an_earlier_day_works_were_under_way_and_nothing_is_known(self):
        self.monument("poor", "good")

        figure = computed("condition_improved", as_of=make.moment(2026, 5, 1))

        assert (figure.value, figure.slices[3].count) == (0, 1)

    def test_it_is_counted_in_the_register_and_in_the_edition_of_its_course(self):
        course = make.activity("RST", format="restoration")
        project = self.monument("poor", "fair", activity=course)

        assert computed("condition_improved", course.edition.scope).value == 1
        assert computed("condition_improved", project.monument.register.scope).value == 1
        assert computed("condition_improved", "heritage/elsewhere").value is None


def test_figures_of_the_edition_open_to_their_records():
    site = restoration_course()
    signed_hours(site, make.enrolment(site.course), 120)
    make.phase(site.project, "survey")
    client = Client()
    client.force_login(make.officer())
    address = f"/en/editions/{site.course.edition.slug}/report/"

    answer = client.get(address)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Specialists trained" in page
    assert "not collected" not in page


def test_the_monuments_behind_a_figure_can_be_opened():
    site = restoration_course()
    site.works.actual_to, site.works.state = date(2026, 11, 1), "done"
    site.works.save()
    make.survey(site.project.monument, on=date(2026, 8, 1), condition="poor")
    make.survey(site.project.monument, on=date(2026, 11, 2), condition="good")
    client = Client()
    client.force_login(make.officer())

    answer = client.get(f"/en/reports/rows/{site.course.edition.scope}/COND/")

    assert answer.status_code == 200
    assert site.project.monument.national_id in answer.content.decode()
