"""Weeks on paper: a page for each, on A4 and A3, in four languages, tagged and named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.urls import reverse
from django.utils.translation import override

from karvan.foundation import clock
from karvan.stages.timetables import printed
from karvan.stages.timetables.queries import placements_of
from karvan.stages.timetables.services import build_timetable, publish_timetable
from tests import make

from . import camps

pytestmark = pytest.mark.django_db

AT = make.moment(2026, 9, 1)


@pytest.fixture
def version():
    sessions = [{"id": f"D{day}S1", "day": day, "minutes": 60} for day in (1, 2)]
    activity = camps.ready(sessions, starts_on=date(2021, 1, 19), ends_on=date(2021, 1, 22))
    return publish_timetable(build_timetable(activity, by=None), by=None)


def sheets(version, **asked):
    asked = {"by": "whole", "paper": "a4", "week": None, "made_at": AT, **asked}
    return printed.sheets_of(version, placements_of(version), **asked)


def opened(content, tmp_path: Path):
    path = tmp_path / "timetable.pdf"
    path.write_bytes(content)
    return pikepdf.open(path)


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
@pytest.mark.parametrize(("paper", "width_mm"), [("a4", 297), ("a3", 420)])
def test_a_week_is_a_tagged_page_across_in_every_language(
    version, tmp_path, language, paper, width_mm
):
    with override(language):
        content = printed.as_pdf(sheets(version, paper=paper))

    with opened(content, tmp_path) as pdf:
        assert str(pdf.Root.Lang).split("-")[0] == language
        assert pdf.Root.MarkInfo.Marked
        (page,) = pdf.pages
        assert round(float(page.mediabox[2]) / 72 * 25.4) == width_mm


def test_closed_day_version_and_times_stand_in_what_is_printed(version):
    page = sheets(version).pages[0]

    assert any(day.closed for day in page.week.days)
    assert printed._foot(sheets(version)).startswith("Version 1, published")
    assert len(page.week.lines) >= 4


def test_each_trainer_and_room_has_its_own_pages(version):
    other = make.trainer(version.activity)
    last = placements_of(version).last()
    last.trainers.set([other])

    assert len(sheets(version, by="trainer").pages) == 2
    assert [page.subject for page in sheets(version, by="room").pages] == ["HALL"] or len(
        sheets(version, by="room").pages
    ) == 1


def test_group_page_holds_its_own_sessions_and_those_for_all(version):
    one, other = placements_of(version)
    group = make.group(version.activity)
    one.session.group = group
    one.session.save()

    (page,) = sheets(version, by="group").pages

    held = [p for day in page.week.days for p in day.placements]
    assert (page.subject, {p.pk for p in held}) == (str(group), {one.pk, other.pk})


def test_same_sheets_are_the_same_bytes_and_a_strange_letter_stops_nothing(version):
    session = placements_of(version).first().session
    session.titles = make.texts("Pumps # and \U0001f6b0 [x]")
    session.save()

    assert printed.as_pdf(sheets(version)) == printed.as_pdf(sheets(version))


def test_reader_chooses_pages_and_paper_on_screen(version, client):
    client.force_login(make.role("participant", version.activity.scope))
    activity = version.activity
    path = reverse("timetables:print", args=[activity.edition.slug, activity.code])

    page = client.get(path)
    wrong = client.get(path, {"by": "nobody", "paper": "a4"})
    made = client.get(path, {"by": "whole", "paper": "a3", "week": "2021-01-18"})

    assert "A page for each room" in page.text
    assert wrong.status_code == 422
    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"].endswith('-1-whole-a3-en.pdf"')


def test_one_week_can_be_printed_alone():
    sessions = [{"id": f"D{day}S1", "day": day, "minutes": 60} for day in (1, 8)]
    activity = camps.ready(
        sessions, starts_on=date(2026, 9, 14), ends_on=date(2026, 9, 14) + timedelta(days=11)
    )
    version = build_timetable(activity, by=None)

    both = sheets(version, made_at=clock.now())
    one = sheets(version, week=date(2026, 9, 21))

    assert (len(both.pages), len(one.pages)) == (2, 1)
    assert "a draft that is not in force" in printed._foot(one)


def test_what_the_page_was_narrowed_to_is_what_is_printed(version, client):
    client.force_login(make.officer())
    activity = version.activity
    other = make.trainer(activity)
    placements_of(version).last().trainers.set([other])
    path = reverse("timetables:print", args=[activity.edition.slug, activity.code])

    page = client.get(path, {"trainer": other.pk, "week": "2021-01-18"})
    made = client.get(path, {"trainer": other.pk, "by": "trainer", "paper": "a4"})

    assert f'name="trainer" value="{other.pk}"' in page.text
    assert '<option value="2021-01-18" selected>' in page.text
    assert "-1-trainer-a4-en.pdf" in made["Content-Disposition"]
