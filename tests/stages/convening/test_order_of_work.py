"""All sittings of a session are laid out at once: in order, in time, and said why not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from karvan.foundation import clock
from karvan.foundation.places.models import Country
from karvan.stages.convening.errors import NotGiven, NotOfThisSession, WrongState
from karvan.stages.convening.models import AgendaItem
from karvan.stages.convening.services.order_of_work import Hours, Taken, lay_out_work, plan_work
from tests import make

pytestmark = pytest.mark.django_db

HOURS = Hours((time(10), time(13)), (time(15), time(18)))
MONDAY = date(2031, 5, 5)


@pytest.fixture
def session():
    organ = make.organ("gc")
    return make.statutory_session(
        organ,
        slug="gc-12",
        starts_on=MONDAY,
        ends_on=MONDAY + timedelta(days=4),
        time_zone="Asia/Baku",
        place="Baku",
    )


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def items(session, count):
    return [
        AgendaItem.objects.create(
            session=session, number=str(n + 1), position=n, titles=make.texts(f"Point {n + 1}")
        )
        for n in range(count)
    ]


def every_day(session):
    count = (session.ends_on - session.starts_on).days + 1
    return [session.starts_on + timedelta(days=n) for n in range(count)]


def laid_out(session, taken, hours=HOURS, days=None):
    return lay_out_work(session, taken, hours=hours, days=days or every_day(session))


def shown(laid):
    """Sittings as (day of the month, hour, numbers of items) in Baku."""
    return [
        (
            one.starts_at.day,
            one.starts_at.hour,
            " ".join(part.item.number + "…" * part.is_continued for part in one.parts),
        )
        for one in laid
    ]


def test_items_fill_the_first_days_in_the_order_of_the_agenda(session):
    five = items(session, 5)

    laid = laid_out(session, [Taken(item, 90) for item in five])

    assert shown(laid) == [(5, 10, "1 2"), (5, 15, "3 4"), (6, 10, "5")]
    parts = [part for one in laid for part in one.parts]
    assert all(part.ends_at - part.starts_at == timedelta(minutes=90) for part in parts)
    assert laid[0].starts_at.utcoffset() == timedelta(hours=4)


def test_an_item_that_waits_is_taken_once_its_day_has_come(session):
    one, two, three = items(session, 3)
    wednesday = MONDAY + timedelta(days=2)

    laid = laid_out(session, [Taken(one, 60), Taken(two, 60, wednesday), Taken(three, 60)])

    assert shown(laid)[0] == (5, 10, "1 3")
    assert shown(laid)[1][0] == 7
    assert shown(laid)[1][2] == "2"


def test_an_item_longer_than_half_a_day_goes_on_in_the_next(session):
    first, long, last = items(session, 3)

    laid = laid_out(session, [Taken(first, 60), Taken(long, 240), Taken(last, 60)])

    assert shown(laid) == [(5, 10, "1 2"), (5, 15, "2… 3")]
    assert laid[0].parts[1].ends_at - laid[0].parts[1].starts_at == timedelta(hours=2)


def test_days_not_chosen_and_the_friday_prayer_stay_free(session):
    session.country = Country.objects.get_or_create(
        code="MA", defaults={"names": make.texts("Morocco"), "region": "Arab"}
    )[0]
    session.save()
    friday = MONDAY + timedelta(days=4)

    laid = laid_out(session, [Taken(item, 150) for item in items(session, 2)], days=[friday])

    assert [(one.starts_at.time(), one.ends_at.time()) for one in laid] == [
        (time(10), time(12, 30)),
        (time(15), time(17, 30)),
    ]


def test_too_little_time_is_said_in_hours(session):
    with pytest.raises(NotGiven, match="need 7 h 30 min; these days and hours hold 6 h"):
        laid_out(session, [Taken(item, 150) for item in items(session, 3)], days=[MONDAY])


def test_items_are_packed_where_taking_them_in_turn_leaves_one_over(session):
    # In turn the first morning takes 1 and 2, and the second has no place for both 3 and 4.
    one, two, three, four = items(session, 4)
    tuesday = MONDAY + timedelta(days=1)
    taken = [Taken(one, 60), Taken(two, 60, MONDAY), Taken(three, 120), Taken(four, 120)]

    laid = laid_out(session, taken, Hours((time(10), time(13))), [MONDAY, tuesday])

    assert shown(laid) == [(5, 10, "1 3"), (6, 10, "2 4")]


def test_items_that_leave_holes_are_said(session):
    # Three times two hours are no more than six, but no half day of three holds two of them.
    with pytest.raises(NotGiven, match="No way was found to fit .* whole mornings and afternoons"):
        laid_out(session, [Taken(item, 120) for item in items(session, 3)], days=[MONDAY])


def test_items_that_wait_too_long_are_named(session):
    one, two, three = items(session, 3)
    friday = MONDAY + timedelta(days=4)
    waiting = [Taken(item, 150, friday) for item in (one, two, three)]

    with pytest.raises(NotGiven, match="Items 1, 2, 3 wait .* 6 h are left"):
        laid_out(session, waiting)


def test_nothing_to_take_no_time_left_and_foreign_items_are_refused(session):
    other = make.statutory_session(make.organ("ec"))
    (mine,), (foreign,) = items(session, 1), items(other, 1)

    with pytest.raises(NotGiven, match="at least one item"):
        laid_out(session, [Taken(mine, 0)])
    with pytest.raises(NotOfThisSession, match="Point 1"):
        laid_out(session, [Taken(foreign, 60)])
    with (
        clock.replaying(datetime(2031, 6, 1, tzinfo=UTC)),
        pytest.raises(NotGiven, match="No time"),
    ):
        laid_out(session, [Taken(mine, 60)])


def test_hours_that_have_passed_and_open_sittings_are_left_out(session):
    one, two = items(session, 2)
    with clock.replaying(datetime(2031, 5, 5, 6, tzinfo=UTC)):  # ten o'clock in Baku
        opened = make.sitting(session, number=1)
        type(opened).objects.filter(pk=opened.pk).update(
            opened_at=clock.now(),
            planned_start=clock.now(),
            planned_end=clock.now() + timedelta(hours=1),
        )
        laid = laid_out(session, [Taken(one, 60), Taken(two, 150)])

    assert shown(laid) == [(5, 11, "1"), (5, 15, "2")]


def test_planning_replaces_what_was_not_opened_and_keeps_who_leads(session):
    three = items(session, 3)
    before = make.sitting(session, opened_at=None, notes="Bring the gavel.")
    spare = make.sitting(session, opened_at=None)
    for _more in range(2):
        make.sitting(session, opened_at=None)

    count = plan_work(session, laid_out(session, [Taken(i, 150) for i in three]), by=None)

    rows = list(session.sittings.order_by("number"))
    assert count == 3
    assert [one.pk for one in rows[:2]] == [before.pk, spare.pk]
    assert [(one.number, one.items.get().number) for one in rows] == [(1, "1"), (2, "2"), (3, "3")]
    assert rows[0].notes == "Bring the gavel."
    session.state = "closed"
    session.save()
    with pytest.raises(WrongState, match="closed"):
        plan_work(session, laid_out(session, [Taken(three[0], 60)]), by=None)


def page(session):
    return reverse("convening:order_of_work", args=["gc", session.slug])


def typed(session, **more):
    given = {
        "morning_from": "10:00", "morning_until": "13:00",
        "afternoon_from": "15:00", "afternoon_until": "18:00",
        "days": [on.isoformat() for on in every_day(session)],
    }  # fmt: skip
    for item in session.agenda_items.all():
        given[f"minutes_{item.pk}"] = "90"
    return {**given, **more}


def test_the_screen_shows_the_order_and_plans_it_only_when_told(client, officer, session):
    items(session, 3)

    empty = client.get(page(session))
    looked = client.post(page(session), {**typed(session), "act": "look"})
    assert session.sittings.count() == 0
    planned = client.post(page(session), {**typed(session), "act": "plan"}, follow=True)

    assert empty.status_code == 200
    assert "10:00–11:30" in looked.text
    assert "2 sittings are planned." in planned.text
    assert [one.items.count() for one in session.sittings.order_by("number")] == [2, 1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"afternoon_until": ""}, "Give both ends of the afternoon"),
        ({"morning_until": "09:00"}, "must follow each other"),
        ({"days": []}, "This field is required"),
    ],
)
def test_what_was_typed_wrongly_is_said_and_kept(client, officer, session, wrong, said):
    item = items(session, 1)[0]
    answer = client.post(page(session), typed(session, **{f"minutes_{item.pk}": "75"}, **wrong))

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="75"' in answer.text


def test_a_session_without_agenda_says_what_to_do_first(client, officer, session):
    assert "No item of the agenda yet" in client.get(page(session)).text
