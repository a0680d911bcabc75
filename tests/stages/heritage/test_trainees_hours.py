"""Hours under supervision: signed by another, at most 12 a day, and only then counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.heritage.errors import NotAllowedYet, NotGiven, NotOfThisProject, WrongState
from karvan.stages.heritage.models import TraineeLog
from karvan.stages.heritage.queries.trainees import Worked, totals_of, worked_by
from karvan.stages.heritage.services.trainees import log_hours, sign_hours, take_back_hours
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 10)


@pytest.fixture
def site() -> Any:
    """A restoration on which a course learns, with work begun on two parts."""
    course = make.activity("RST", format="restoration")
    project = make.restoration(activity=course)
    phase = make.phase(project, state="started", actual_from=date(2026, 10, 1))
    begun = {"state": "started", "started_on": date(2026, 10, 5), "trade": "lime"}
    return SimpleNamespace(
        project=project,
        course=course,
        wall=make.work_item(phase, **begun),
        gate=make.work_item(phase, **begun),
        planned=make.work_item(phase),
        master=make.trainer(course).person,
        place=make.enrolment(course),
    )


def write(site: Any, hours: Any = 6, **fields: Any) -> TraineeLog:
    given = {"work": site.wall, "on": DAY, "supervisor": site.master, "by": site.place.person}
    return log_hours(
        fields.pop("place", site.place), hours=Decimal(str(hours)), **{**given, **fields}
    )


class TestWriting:
    def test_hours_wait_for_the_signature(self, site):
        made = write(site, "6.5", note=" Joints ")

        assert (made.hours, made.note, made.signed_at) == (Decimal("6.5"), "Joints", None)
        worked = worked_by([site.place.pk])[site.place.pk]
        assert (worked.signed, worked.waiting) == (0, Decimal("6.5"))

    @pytest.mark.parametrize("hours", [0, -1, "12.1", 13])
    def test_a_day_has_more_than_none_and_at_most_12(self, site, hours):
        with pytest.raises(NotGiven, match="at most 12"):
            write(site, hours)

        assert not TraineeLog.objects.exists()

    def test_all_logs_of_a_day_are_added_up_also_on_another_project(self, site):
        write(site, 8)
        write(site, 4, work=site.gate)
        other = make.enrolment(make.activity("BC"), person=make.person())
        make.trainee_log(other, on=DAY, hours=12)

        with pytest.raises(NotGiven, match=r"12.0 hours already written .* it would be 12.5"):
            write(site, "0.5")

    def test_another_day_begins_anew(self, site):
        write(site, 12)

        assert write(site, 12, on=date(2026, 11, 11)).hours == 12

    def test_nobody_supervises_himself(self, site):
        make.role("trainer", site.course.scope, of=site.place.person)

        with pytest.raises(NotGiven, match="own work"):
            write(site, supervisor=site.place.person)

    def test_a_supervisor_teaches_in_the_course(self, site):
        with pytest.raises(NotGiven, match="Not a trainer of this course"):
            write(site, supervisor=make.person())

    def test_the_work_has_begun(self, site):
        with pytest.raises(NotAllowedYet, match="has not begun by"):
            write(site, work=site.planned)
        with pytest.raises(NotAllowedYet, match="has not begun by"):
            write(site, on=date(2026, 10, 4))

    def test_the_work_is_of_the_own_project(self, site):
        other = make.work_item()

        with pytest.raises(NotOfThisProject):
            write(site, work=other)

    @pytest.mark.parametrize(
        ("ends_on", "on", "said"),
        [
            (None, date(2126, 1, 1), "not come"),
            (date(2026, 11, 9), DAY, "after the project ends"),
        ],
    )
    def test_a_day_ahead_or_after_the_project_is_refused(self, site, ends_on, on, said):
        site.project.ends_on = ends_on
        site.project.save()

        with pytest.raises(NotGiven, match=said):
            write(site, on=on)

    def test_who_has_left_writes_none(self, site):
        site.place.state, site.place.left_reason = "left", "Moved away"
        site.place.save()

        with pytest.raises(WrongState):
            write(site)

    def test_on_a_stopped_project_nothing_is_written(self, site):
        site.project.state = "stopped"
        site.project.save()

        with pytest.raises(WrongState, match="stopped"):
            write(site)

    def test_unsigned_hours_are_taken_back_signed_ones_stay(self, site):
        first, second = write(site, 4), write(site, 4)
        sign_hours(site.project, levels={first.pk: 2}, by=site.master)

        take_back_hours(second, by=site.place.person)

        with pytest.raises(WrongState, match="signed and stay"):
            take_back_hours(first, by=site.place.person)
        assert TraineeLog.objects.get() == first


class TestSigning:
    def test_many_at_once_with_one_record(self, site):
        logs = [write(site, 4, on=date(2026, 11, day)) for day in (2, 3, 4)]

        sign_hours(site.project, levels={one.pk: 3 for one in logs}, by=site.master)

        worked = worked_by([site.place.pk])[site.place.pk]
        assert (worked.signed, worked.waiting) == (12, 0)
        assert Record.objects.filter(act="hours signed").count() == 1

    def test_by_nobody_but_the_supervisor(self, site):
        log, colleague = write(site), make.trainer(site.course).person

        with pytest.raises(NotAllowedYet, match="another supervisor"):
            sign_hours(site.project, levels={log.pk: 2}, by=colleague)

    def test_not_ones_own(self, site):
        log = write(site)
        TraineeLog.objects.filter(pk=log.pk).update(supervisor=site.place.person)

        with pytest.raises(NotAllowedYet, match="own hours"):
            sign_hours(site.project, levels={log.pk: 2}, by=site.place.person)

    def test_all_or_none(self, site):
        good, bad = write(site, 3), write(site, 3)

        with pytest.raises(NotGiven, match="level"):
            sign_hours(site.project, levels={good.pk: 2, bad.pk: 0}, by=site.master)

        assert not TraineeLog.objects.filter(signed_at__isnull=False).exists()

    def test_once(self, site):
        log = write(site)
        sign_hours(site.project, levels={log.pk: 2}, by=site.master)

        with pytest.raises(WrongState, match="signed already"):
            sign_hours(site.project, levels={log.pk: 4}, by=site.master)

    def test_none_chosen_and_one_that_is_gone(self, site):
        with pytest.raises(NotGiven, match="at least one"):
            sign_hours(site.project, levels={}, by=site.master)
        with pytest.raises(NotOfThisProject):
            sign_hours(site.project, levels={99_999: 2}, by=site.master)


class TestTotals:
    def test_a_level_counts_once_shown_on_two_parts(self):
        assert Worked(levels={1: 4}).level == 0
        assert Worked(levels={1: 4, 2: 2}).level == 2
        assert Worked(levels={1: 4, 2: 2, 3: 3}).level == 3

    def test_hours_elements_and_what_lacks(self, site):
        for work, day in ((site.wall, 2), (site.gate, 3)):
            log = write(site, 10, work=work, on=date(2026, 11, day))
            sign_hours(site.project, levels={log.pk: 2}, by=site.master)
        write(site, 5)

        (line,) = totals_of(site.project)

        assert line["worked"].outputs() == {
            "supervised_hours": 20,
            "elements": 2,
            "competence_level": 2,
        }
        assert line["lacks"] == {"supervised_hours": 100}
        assert not line["has_enough"]

    @pytest.mark.parametrize("people", [1, 3])
    def test_the_page_costs_the_same_for_one_and_for_three(
        self, site, people, django_assert_num_queries
    ):
        for _number in range(people - 1):
            place = make.enrolment(site.course)
            make.trainee_log(place, site.wall)
        client = Client()
        client.force_login(make.officer())
        url = reverse("heritage:trainees", args=[site.project.code])
        client.get(url)

        with django_assert_num_queries(12):
            assert client.get(url).status_code == 200


class TestPages:
    def client(self, person: Any) -> Client:
        client = Client()
        client.force_login(person)
        return client

    def test_thirteen_hours_are_shown_again(self, site):
        url = reverse("heritage:hours", args=[site.project.code])
        typed = {
            "work": site.wall.pk,
            "on": "2026-11-10",
            "hours": "13",
            "supervisor": site.master.pk,
            "note": "Long day",
        }

        answer = self.client(site.place.person).post(url, typed)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "at most 12 hours" in page
        assert 'value="Long day"' in page

    def test_hours_are_typed_with_a_comma_and_signed_in_bulk(self, site):
        trainee, master = self.client(site.place.person), self.client(site.master)
        url = reverse("heritage:hours", args=[site.project.code])
        typed = {
            "work": site.wall.pk,
            "on": "2026-11-10",
            "hours": "6,5",
            "supervisor": site.master.pk,
        }
        assert trainee.post(url, typed).status_code == 302
        log = TraineeLog.objects.get()
        signing = reverse("heritage:signing", args=[site.project.code])

        refused = master.post(signing, {"sign": [log.pk]})
        assert refused.status_code == 422
        assert "Say the level" in refused.content.decode()
        assert master.post(signing, {"sign": ["x"]}).status_code == 422
        assert master.post(signing, {"sign": [log.pk], f"level-{log.pk}": "3"}).status_code == 302

        log.refresh_from_db()
        assert (log.level, log.hours) == (3, Decimal("6.5"))
