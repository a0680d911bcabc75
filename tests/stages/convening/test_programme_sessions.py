"""Sessions are made of accepted talks, papers are moved among them, the timetable holds wishes apart."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone, translation

from karvan.stages.convening.errors import NotGiven, NotOfThisSession, WrongState
from karvan.stages.convening.models import ProgrammeSession, Wish
from karvan.stages.convening.queries.programme_clashes import (
    clashes_in,
    clashes_in_order,
    counted_versions,
    spans_of,
    wished_sessions,
)
from karvan.stages.convening.services.programme_laying import lay_out_programme
from karvan.stages.convening.services.programme_sessions import (
    add_session,
    change_session,
    drop_session,
    make_sessions,
    place_paper,
    shift_paper,
)
from karvan.stages.convening.services.symposium_deciding import withdraw_paper
from karvan.stages.convening.services.symposium_wishes import wish_papers
from karvan.stages.timetables.errors import PlacementClashes
from karvan.stages.timetables.models import Session, SessionWish
from karvan.stages.timetables.queries import placements_of
from karvan.stages.timetables.services import (
    build_timetable,
    lay_out_sessions,
    move_placement,
    publish_timetable,
)
from tests import make

from .symposium_world import attendee, opened, talks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def filled(many=12, **more):
    """A symposium whose talks are in sessions: three of a track, one session each."""
    symposium = opened(**more)
    papers = talks(symposium, many)
    make_sessions(symposium, by=None)
    return symposium, [symposium.papers.get(pk=paper.pk) for paper in papers]


def test_talks_of_a_track_fill_as_few_sessions_as_hold_them_evenly():
    symposium = opened()
    track = symposium.tracks.first()
    for _ in range(9):
        make.paper(symposium, state="talk", track=track)
    make.paper(symposium, state="poster", track=track)
    make.paper(symposium, state="rejected", track=track)

    put = make_sessions(symposium, by=None)

    sizes = [s.papers.count() for s in symposium.sessions.filter(kind="papers")]
    assert (put, sizes) == (10, [3, 3, 3])
    assert symposium.sessions.get(kind="posters").papers.count() == 1
    assert set(symposium.sessions.values_list("kind", flat=True)) == {
        "opening", "papers", "posters", "closing",
    }  # fmt: skip


def test_making_sessions_again_places_only_what_is_new():
    symposium, _papers = filled(8)
    late = make.paper(symposium, state="talk", track=symposium.tracks.first())
    before = symposium.sessions.count()

    assert make_sessions(symposium, by=None) == 1
    assert make_sessions(symposium, by=None) == 0

    late.refresh_from_db()
    assert late.session.papers.count() == 3
    assert symposium.sessions.count() == before


def test_a_paper_stands_in_one_session_and_a_full_one_refuses():
    symposium, papers = filled(16)
    full = papers[1].session
    full_of = full.papers.count()

    with pytest.raises(WrongState, match="time for 4 talks"):
        place_paper(papers[0], session=full, by=None)
    place_paper(papers[1], session=None, by=None)
    moved = place_paper(papers[0], session=full, by=None)

    assert full_of == 4
    assert moved.session == full
    assert ProgrammeSession.objects.filter(papers=papers[0]).count() == 1


def test_order_in_a_session_is_moved_one_place_and_stops_at_the_ends():
    symposium, _papers = filled(8)
    session = symposium.sessions.filter(kind="papers").first()
    first, second = session.papers.order_by("position")

    shift_paper(first, step=1, by=None)
    shift_paper(first, step=1, by=None)

    assert list(session.papers.order_by("position")) == [second, first]


def test_what_does_not_fit_a_session_is_refused():
    symposium, papers = filled(4)
    posters = add_session(symposium, titles={"en": "Posters"}, kind="posters", by=None)
    elsewhere = add_session(make.symposium(), titles={"en": "P"}, kind="papers", by=None)

    with pytest.raises(WrongState, match="another kind"):
        place_paper(papers[0], session=posters, by=None)
    with pytest.raises(NotOfThisSession):
        place_paper(papers[0], session=elsewhere, by=None)
    with pytest.raises(NotGiven):
        add_session(symposium, titles={}, kind="keynote", by=None)
    with pytest.raises(WrongState):
        change_session(papers[0].session, titles={"en": "P"}, minutes=10, by=None)


def test_a_dropped_session_lets_its_papers_wait():
    symposium, papers = filled(4)
    lay_out_programme(symposium, by=None)
    papers[0].session.refresh_from_db()
    timed = papers[0].session.timetabled

    drop_session(papers[0].session, by=None)

    papers[0].refresh_from_db()
    assert papers[0].session is None
    assert not Session.objects.filter(pk=timed.pk).exists()


def test_laying_out_makes_sessions_speakers_and_wishes_and_keeps_them():
    symposium, papers = filled(8)
    attendee(symposium, papers[0], papers[1])
    attendee(symposium, papers[0], papers[1])
    attendee(symposium, papers[2])

    first = lay_out_programme(symposium, by=None)
    rows = set(symposium.activity.sessions.values_list("pk", flat=True))
    again = lay_out_programme(symposium, by=None)
    lay_out_sessions(symposium.activity, by=None)

    assert (first.sessions, first.speakers, first.wishes) == (6, 8, 3)
    assert again == first
    assert set(symposium.activity.sessions.values_list("pk", flat=True)) == rows
    assert sorted(SessionWish.objects.values_list("people", flat=True)) == [1, 2]
    assert Session.objects.get(kind="opening").is_choice is False


def test_a_programme_is_built_with_all_its_rules():
    symposium, papers = filled(16)
    chair = make.person()
    sessions = symposium.sessions.filter(kind="papers")
    sessions.filter(pk__in=[s.pk for s in sessions[:2]]).update(chair=chair)
    keynote = add_session(symposium, titles={"en": "K"}, kind="keynote", speaker=chair, by=None)
    lay_out_programme(symposium, by=None)

    version = build_timetable(symposium.activity, by=None)
    publish_timetable(version, by=None)

    placed = list(placements_of(version))
    spans = spans_of(symposium, placed)
    kinds = dict(symposium.sessions.values_list("pk", "kind"))
    opening = next(spans[pk] for pk, kind in kinds.items() if kind == "opening")
    closing = next(spans[pk] for pk, kind in kinds.items() if kind == "closing")
    assert all(opening[1] <= span[0] for span in spans.values() if span != opening)
    assert all(span[1] <= closing[0] for span in spans.values() if span != closing)
    for one, other in combinations(placed, 2):
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            assert one.session.is_choice and other.session.is_choice
            assert not set(one.trainers.all()) & set(other.trainers.all())
            assert one.room != other.room
    assert keynote.pk in spans


def test_one_presenter_of_two_papers_is_never_in_two_places():
    symposium = opened(days=1)
    first, second = talks(symposium, 2)
    for paper in (first, second):
        paper.authors.filter(is_presenter=True).update(name="Same", email="same@example.org")
    make_sessions(symposium, by=None)
    lay_out_programme(symposium, by=None)

    version = build_timetable(symposium.activity, by=None)

    one, other = placements_of(version).filter(session__kind="papers")
    assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
    assert [t.person.email for t in one.trainers.all()] == ["same@example.org"]
    with pytest.raises(PlacementClashes, match="Same"):
        move_placement(one, starts_at=other.starts_at, room=one.room, by=None)


def crowded(seed):
    """Eight parallel sessions in two rooms of one day, and forty people with wishes."""
    symposium = opened(days=1)
    symposium.talk_minutes, symposium.session_minutes = 15, 60
    symposium.save()
    papers = talks(symposium, 32)
    make_sessions(symposium, by=None)
    dice = random.Random(seed)
    for _ in range(40):
        attendee(symposium, *dice.sample(papers, 4))
    lay_out_programme(symposium, by=None)
    return symposium


@pytest.mark.parametrize("seed", [1, 2])
def test_wishes_clash_no_more_than_in_a_programme_nobody_asked_about(seed):
    symposium = crowded(seed)
    wished = wished_sessions(symposium)
    told = list(SessionWish.objects.all())

    version = build_timetable(symposium.activity, by=None)
    SessionWish.objects.all().delete()
    blind = build_timetable(symposium.activity, by=None)

    counted = {one.version.pk: one.clashes.total for one in counted_versions(symposium, wished)}
    plain = 0
    placed = {p.session.code: p for p in placements_of(version)}
    for wish in told:
        for one, other in combinations([placed[code] for code in wish.sessions], 2):
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                plain += wish.people
    assert counted[version.pk] == plain
    assert plain <= clashes_in_order(symposium, wished)
    assert plain <= counted[blind.pk]


def test_clashes_count_each_person_and_each_pair_once():
    at = make.moment
    spans = {1: (at(2026, 1, 1, 9), at(2026, 1, 1, 11)), 2: (at(2026, 1, 1, 10), at(2026, 1, 1, 12)), 3: (at(2026, 1, 1, 11), at(2026, 1, 1, 12))}  # fmt: skip

    found = clashes_in(spans, {7: {1, 2, 3}, 8: {1, 3}, 9: {2}})

    assert (found.total, found.people, found.wishing) == (2, 1, 2)
    assert found.pairs == {(1, 2): 1, (2, 3): 1}


def test_a_wish_after_the_date_is_refused_and_those_before_stand():
    symposium, papers = filled(4)
    one = make.enrolment(symposium.activity)
    assert wish_papers(one, papers=[papers[0].pk, papers[1].pk], by=one.person) == 2
    symposium.wishes_until = timezone.now() - timedelta(minutes=1)
    symposium.save()

    with pytest.raises(WrongState, match="Wishes were taken until"):
        wish_papers(one, papers=[papers[2].pk], by=one.person)

    assert set(Wish.objects.values_list("paper", flat=True)) == {papers[0].pk, papers[1].pk}


def test_wishes_are_for_papers_that_are_given_here():
    symposium, papers = filled(4)
    one = make.enrolment(symposium.activity)
    withdraw_paper(papers[0], by=None)

    for wrong in (papers[0], make.paper(state="talk")):
        with pytest.raises(NotOfThisSession):
            wish_papers(one, papers=[wrong.pk], by=one.person)

    make.enrolment(symposium.activity)
    one.state = "left"
    one.save()
    with pytest.raises(WrongState):
        wish_papers(one, papers=[papers[1].pk], by=one.person)


def test_a_withdrawn_paper_wishes_and_binds_nobody_any_more():
    symposium, papers = filled(4)
    attendee(symposium, papers[0], papers[1])
    withdraw_paper(papers[0], by=None)

    laid = lay_out_programme(symposium, by=None)

    assert laid.speakers == 3
    assert symposium.papers.get(pk=papers[0].pk).session is not None
    assert list(wished_sessions(symposium).values()) == [{papers[1].session_id}]
