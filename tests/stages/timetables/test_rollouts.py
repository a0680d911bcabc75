"""A team's year: drafted, ordered, explained, mended, agreed; and its pages with scripts off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from karvan.foundation.places.models import ClosedPeriod, HolidayNote, WorkingHours
from karvan.foundation.records.models import Record
from karvan.stages.timetables import services
from karvan.stages.timetables.errors import DatesMissing, NothingToPlace, WrongState
from karvan.stages.timetables.models import Rollout
from karvan.stages.timetables.rollout_pictures import route_of, year_of
from karvan.stages.timetables.rollout_quarters import quarter_days, quarters_between
from karvan.stages.timetables.rollout_reasons import reasons_of
from karvan.stages.timetables.rollout_windows import fixed_day, kilometres, windows_of
from tests import make

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2027, 1, 1), date(2027, 6, 30)


@pytest.fixture
def editions():
    """Editions in Azerbaijan, Kazakhstan and Morocco of one programme."""
    base = make.blueprint()
    return [
        make.edition(f"{code}-2027", of=base, country=make.country(code))
        for code in ("AZ", "KZ", "MA")
    ]


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def draft(editions, **more):
    settings = {"team": "Team A", "day_from": FIRST, "day_to": LAST, **more}
    return services.draft_rollout(editions[0].programme, editions=editions, by=None, **settings)


def change(rollout, edition=None, settings=None, **typed):
    plain = {
        name: getattr(rollout, name)
        for name in ("team", "home", "day_from", "day_to", "handover_days", "quarters")
    }
    stops = {rollout.stops.get(edition=edition).pk: typed} if edition else {}
    both = {"settings": plain | (settings or {}), "stops": stops}
    return services.change_rollout(rollout, by=None, **both)


def days(rollout):
    return {s.edition.country_id: s.starts_on for s in rollout.stops.select_related("edition")}


def words(rollout):
    stops = list(rollout.stops.select_related("edition__country"))
    windows = {s.edition.code: windows_of(s.edition, FIRST, LAST) for s in stops}
    return reasons_of(rollout, stops, windows)


def test_a_year_is_ordered_by_readiness_and_the_stays_keep_their_distance(editions):
    rollout = draft(editions, handover_days=4)
    change(rollout, editions[0], ready_from=date(2027, 4, 1), visa_days=10)
    found = services.order_year(rollout, by=None)
    assert found.is_proved
    assert (found.reasons, found.cost) == ([], found.bound)
    placed = list(found.stops.all())
    assert [stop.place for stop in placed] == [1, 2, 3]
    assert days(found)["AZ"] >= date(2027, 4, 11)
    for early, late in zip(placed, placed[1:], strict=False):
        assert (late.starts_on - early.ends_on).days - 1 >= 4 + 1  # handover and a day of travel
        assert (early.ends_on - early.starts_on).days == early.days - 1


def test_no_stay_touches_what_closes_a_country(editions):
    ClosedPeriod.objects.create(
        country_id="AZ",
        kind="exams",
        name="Examinations",
        starts_on=FIRST,
        ends_on=date(2027, 3, 31),
        reason="ministry",
    )
    found = services.order_year(draft(editions[:1]), by=None)
    stop = found.stops.get()
    assert stop.starts_on > date(2027, 3, 31)
    for window in windows_of(editions[0], FIRST, LAST):
        if window.is_closed:
            assert stop.ends_on < window.first or stop.starts_on > window.last


def test_the_calendar_gives_holidays_feasts_exams_and_ramadan_where_it_is_kept(editions):
    windows = windows_of(editions[0], FIRST, LAST)
    feasts = [one for one in windows if one.kind == "feast"]
    assert any(one.first <= date(2027, 3, 20) <= one.last for one in feasts)  # Novruz
    single = {one.first: one for one in windows if one.kind == "holidays"}
    assert single[date(2027, 5, 9)].last == date(2027, 5, 10)
    assert [(one.first.year, one.first.month) for one in windows if one.kind == "ramadan"] == [
        (2027, 2)
    ]
    brazil = make.edition("BR-2027", of=editions[0].blueprint, country=make.country("BR"))
    assert not [one for one in windows_of(brazil, FIRST, LAST) if one.kind == "ramadan"]


def test_notes_of_an_edition_change_its_windows(editions):
    HolidayNote.objects.create(
        country_id="KZ", scope=editions[1].scope, on=date(2027, 2, 10), kind="added", reason="vote"
    )
    firsts = {one.first for one in windows_of(editions[1], FIRST, LAST)}
    assert date(2027, 2, 10) in firsts


def test_hours_of_ramadan_are_enough_to_say_that_it_is_kept():
    brazil = make.edition("BR-2027", country=make.country("BR"))
    WorkingHours.objects.create(
        country_id="BR", kind="ramadan", starts="10:00", ends="15:00", source="test"
    )
    assert [one.kind for one in windows_of(brazil, FIRST, LAST) if one.kind == "ramadan"]


def test_a_year_that_cannot_be_is_explained_with_names_and_remedies(editions):
    rollout = draft(editions)
    change(rollout, editions[0], fixed_on=date(2027, 2, 1))
    change(rollout, editions[1], fixed_on=date(2027, 2, 3))
    found = services.order_year(rollout, by=None)
    assert found.cost is None
    assert set(days(found).values()) == {None}
    said = words(found)
    texts = " ".join(one.text for one in said)
    assert "Azerbaijan is fixed to begin on Monday, 1 February 2027." in texts
    assert "Kazakhstan is fixed to begin on Wednesday, 3 February 2027." in texts
    assert "Morocco" not in texts
    assert {one.remedy for one in said} >= {
        "Take another day.",
        "Leave Kazakhstan to another year.",
    }


def test_a_quarter_that_is_too_dear_says_by_how_much(editions):
    rollout = draft(editions[:2], day_to=date(2027, 3, 31))
    for edition in editions[:2]:
        change(rollout, edition, amount=30_000)
    change(rollout, settings={"quarters": {"2027-1": 50_000}})
    found = services.order_year(rollout, by=None)
    said = words(found)
    dear = next(one for one in said if "may be spent" in one.text)
    assert (
        dear.text.replace("\xa0", " ")
        == "In quarter 1 of 2027 no more than 50,000.00 USD may be spent."
    )
    assert dear.remedy.replace("\xa0", " ") == "Allow 10,000.00 USD more."


def test_every_kind_of_reason_has_its_sentence(editions):
    rollout = draft(editions[:1])
    change(rollout, editions[0], ready_from=date(2027, 3, 1), visa_days=9, done_by=LAST)
    rollout.refresh_from_db()
    window = windows_of(editions[0], FIRST, LAST)[0]
    code = editions[0].code
    kinds = [
        ("visit", [code], 0),
        ("ready", [code], 2),
        ("visa", [code], 1),
        ("done_by", [code], 3),
        ("closed", [code, window.key], 0),
        ("closed", [code, "gone"], None),
        ("handover", [], 1),
        ("work_limit", [], None),
    ]
    rollout.reasons = [{"kind": k, "keys": keys, "amount": n} for k, keys, n in kinds]
    said = words(rollout)
    assert len({one.text for one in said}) == len(kinds)
    assert [bool(one.remedy) for one in said] == [n is not None for _k, _keys, n in kinds]
    assert said[2].text == "The visa for Azerbaijan takes 9 days from when it is ready."
    assert said[3].remedy == "Let it be over 3 days later."


def test_mending_moves_one_country_and_leaves_the_others(editions):
    rollout = services.order_year(draft(editions), by=None)
    before = days(rollout)
    last = max(before, key=before.get)
    edition = next(one for one in editions if one.country_id == last)
    change(rollout, edition, ready_from=before[last] + timedelta(days=20))
    mended = services.order_year(rollout, by=None, keep=True)
    after = days(mended)
    assert [key for key in before if before[key] != after[key]] == [last]
    assert not mended.is_proved  # of the cost nothing is said


def test_only_an_ordered_draft_is_agreed_and_then_it_stays(editions):
    rollout = draft(editions)
    with pytest.raises(WrongState):
        services.agree_rollout(rollout, by=None)
    services.order_year(rollout, by=None)
    agreed = services.agree_rollout(rollout, by=None)
    assert agreed.state == "agreed"
    for act in (
        lambda: services.order_year(agreed, by=None),
        lambda: change(agreed, editions[0], days=9),
        lambda: services.agree_rollout(agreed, by=None),
    ):
        with pytest.raises(WrongState):
            act()
    before = days(agreed)
    copied = services.copy_rollout(Rollout.objects.get(pk=agreed.pk), by=None)
    assert (copied.number, copied.state) == (2, "draft")
    assert days(copied) == before
    assert Rollout.objects.get(number=1).stops.count() == 3
    acts = Record.objects.filter(act__contains="rollout").values_list("act", flat=True)
    assert {"drafted rollout", "ordered rollout", "agreed rollout", "copied rollout"} <= set(acts)


def test_bad_days_and_no_editions_are_refused(editions):
    with pytest.raises(DatesMissing):
        draft(editions, day_to=FIRST)
    with pytest.raises(NothingToPlace):
        services.draft_rollout(
            editions[0].programme, team="A", day_from=FIRST, day_to=LAST, editions=[], by=None
        )
    with pytest.raises(DatesMissing):
        change(draft(editions), editions[0], fixed_on=date(2028, 1, 1))


def test_a_frozen_plan_fixes_the_first_day(editions):
    planned = {"planned_starts_on": date(2027, 5, 3)}
    frozen = make.activity(of=editions[0], plan_frozen_at=timezone.now(), **planned)
    assert fixed_day([frozen], FIRST, LAST) == date(2027, 5, 3)
    assert fixed_day([frozen], FIRST, date(2027, 5, 2)) is None
    loose = make.activity(of=editions[1], **planned)
    assert fixed_day([loose], FIRST, LAST) is None


def test_quarters_and_ways():
    assert quarters_between(date(2026, 11, 5), date(2027, 4, 1)) == ["2026-4", "2027-1", "2027-2"]
    assert quarter_days("2026-4") == (date(2026, 10, 1), date(2026, 12, 31))
    assert 4_700 < kilometres("AZ", "MA") < 5_100
    assert kilometres("AZ", "XX") is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pictures_name_each_country_its_days_and_what_closes_it(editions, language):
    rollout = services.order_year(draft(editions), by=None)
    stops = list(rollout.stops.select_related("edition__country"))
    windows = {s.edition.code: windows_of(s.edition, FIRST, LAST) for s in stops}
    with override(language):
        year = year_of(rollout, stops, windows, date(2027, 2, 2))
        route = route_of(rollout, stops, date(2027, 2, 2))
    assert [one.stop.country for one in route.numbered] == [s.edition.country_id for s in stops]
    assert [one.number for one in route.numbered] == [1, 2, 3]
    assert "now-line" in year.head
    for row in year.rows:
        assert row.picture.count('class="window"') == len(row.windows)
        assert 'class="planned"' in row.picture
        assert f'direction="{"rtl" if language == "ar" else "ltr"}"' in row.picture


def address(name, rollout_or_code, *more):
    code = getattr(rollout_or_code, "programme", None)
    with override("en"):
        return reverse(f"timetables:{name}", args=[code.code if code else rollout_or_code, *more])


def typed(rollout, **stop):
    """What the browser sends of an untouched page, with ``stop`` typed into the first row."""
    form = {
        "team": rollout.team,
        "day_from": rollout.day_from.isoformat(),
        "day_to": rollout.day_to.isoformat(),
        "home": "",
        "handover_days": rollout.handover_days,
    }
    for number, one in enumerate(rollout.stops.all()):
        row = {"days": one.days, "visa_days": 0, "amount": 0, "weight": 1}
        row |= stop if number == 0 else {}
        form |= {f"s{one.pk}-{name}": value for name, value in row.items()}
    return form


def test_a_year_is_begun_ordered_and_agreed_without_scripts(client, officer, editions):
    code = editions[0].programme.code
    page = client.get(address("new_rollout", code))
    assert page.status_code == 200
    sent = {
        "team": "Team A",
        "day_from": "2027-01-01",
        "day_to": "2027-06-30",
        "handover_days": 3,
        "editions": [one.pk for one in editions],
    }
    answer = client.post(address("new_rollout", code), sent)
    rollout = Rollout.objects.get()
    page_of = address("rollout", rollout, rollout.number)
    assert answer.headers["Location"] == page_of
    sent = typed(rollout, weight=3) | {"order": "1", "quarter 2027-1": "500000"}
    page = client.post(page_of, sent, follow=True).content.decode()
    assert "The year is ordered." in page
    assert "it is proved that no year costs less" in page
    rollout.refresh_from_db()
    assert rollout.quarters == {"2027-1": 500_000}
    assert rollout.stops.filter(weight=3).count() == 1
    client.post(address("agree_rollout", rollout, rollout.number))
    page = client.get(page_of).content.decode()
    assert "Agreed" in page
    assert "Order the year" not in page
    assert "Version 1" in client.get(address("rollouts", code)).content.decode()


def test_what_is_wrong_in_the_table_is_said_and_kept(client, officer, editions):
    rollout = draft(editions)
    page_of = address("rollout", rollout, rollout.number)
    answer = client.post(page_of, typed(rollout, days="x"))
    assert answer.status_code == 422
    assert "Azerbaijan: Days there" in answer.content.decode()
    answer = client.post(page_of, typed(rollout, fixed_on="2029-01-01"))
    assert answer.status_code == 422
    assert "fixed to begin on a day outside the year" in answer.content.decode()


def test_reasons_stand_on_the_page(client, officer, editions):
    rollout = draft(editions, day_to=date(2027, 1, 20))
    page_of = address("rollout", rollout, rollout.number)
    page = client.post(page_of, typed(rollout) | {"order": "1"}, follow=True).content.decode()
    assert "Why there is no such year" in page
    assert "What would help" in page


def test_every_version_is_listed(client, officer, editions):
    rollout = draft(editions)
    draft(editions)
    page = client.get(address("rollouts", rollout))
    assert page.content.decode().count("Team A") == 2
