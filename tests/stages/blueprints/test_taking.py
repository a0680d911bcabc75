"""A session of a published blueprint is found by words and taken into a draft with its origin."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import value_at
from karvan.stages.blueprints.errors import NoSuchSession
from karvan.stages.blueprints.examined import examined
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.blueprints.services import import_blueprint, take_session
from karvan.stages.blueprints.sessions import library_sessions, matching
from tests import make

from .test_services import garden

pytestmark = pytest.mark.django_db
SESSIONS = "activities.WS.sessions"


@pytest.fixture
def ventures():
    return make.blueprint(
        make.programme("TVP"), data=library.data("TVP"), source=library.source("TVP")
    )


@pytest.fixture
def draft():
    return import_blueprint(make.programme("GARDEN"), source=garden(), note="", by=None)


def take(draft, version, session="D1S1", of="BC3", base=1, **place):
    return take_session(
        draft, activity="WS", version=version, of=of, session=session,
        note="", base_revision=base, by=None, **{"day": 1, **place},
    )  # fmt: skip


def test_a_session_comes_with_its_origin_and_says_what_it_lost(draft, ventures):
    taken = take(draft, ventures)

    draft.refresh_from_db()
    session = value_at(draft.data, f"{SESSIONS}.{taken.session}")
    source = value_at(ventures.data, "activities.BC3.sessions.D1S1")
    assert session["origin"] == "TVP/1/BC3/D1S1"
    assert (session["minutes"], session["kind"]) == (source["minutes"], source["kind"])
    assert session["title"] == {"en": source["title"]["en"]}
    assert "room" not in session
    assert set(taken.left_out) >= {source["room"]}
    assert draft.change_notes.get().note == "Taken from TVP/1/BC3/D1S1"
    assert Record.objects.filter(act="session taken").count() == 1


def test_the_draft_with_it_has_only_the_problems_of_its_sums(draft, ventures):
    take(draft, ventures)

    draft.refresh_from_db()
    problems = examined(bytes(draft.source), "GARDEN").problems
    assert {one.path for one in problems} <= {"activities.WS.duration.contact_minutes"}


def test_it_stands_after_the_sessions_of_its_day_and_keeps_codes_apart(draft, ventures):
    take(draft, ventures, day=2)
    take(draft, ventures, base=2, day=1)
    take(draft, ventures, base=3, day=1)

    draft.refresh_from_db()
    assert [(one["id"], one["day"]) for one in value_at(draft.data, SESSIONS)] == [
        ("S1", 1),
        ("D1S1-2", 1),
        ("D1S1-3", 1),
        ("D1S1", 2),
    ]


def test_what_the_new_activity_has_stays_named(draft, ventures):
    text = garden().replace(
        b"    sessions:", b"    rooms:\n      - {code: HALL, seats: 20}\n    sessions:"
    )
    draft = import_blueprint(draft.programme, source=text, note="", by=None)
    source = value_at(ventures.data, "activities.BC3.sessions.D1S1")

    taken = take(draft, ventures, base=2)

    draft.refresh_from_db()
    assert value_at(draft.data, f"{SESSIONS}.{taken.session}").get("room") == (
        "HALL" if source["room"] == "HALL" else None
    )


@pytest.mark.parametrize(
    ("session", "of", "activity"),
    [("NONE", "BC3", "WS"), ("D1S1", "NONE", "WS"), ("D1S1", "BC3", "X")],
)
def test_what_is_not_there_is_not_taken(draft, ventures, session, of, activity):
    with pytest.raises(NoSuchSession):
        take_session(
            draft, activity=activity, version=ventures, of=of, session=session,
            note="", base_revision=1, by=None, day=1,
        )  # fmt: skip

    assert draft.revisions.count() == 1


def test_a_session_of_a_draft_is_not_taken(draft):
    other = make.blueprint(
        make.programme("TVP"), data=library.data("TVP"), source=library.source("TVP"), state="draft"
    )

    with pytest.raises(NoSuchSession, match="published"):
        take(draft, other)


def test_sessions_are_found_by_words_in_any_language_kind_and_minutes(ventures):
    sessions = list(library_sessions(Blueprint.objects.select_related("programme")))
    clinic = [one for one in sessions if one.title == "Pitch clinic"][0]
    arabic = clinic.data["title"]["ar"].split()[0]

    assert clinic in matching(sessions, words="PITCH clin")
    assert clinic in matching(sessions, words=arabic)
    assert clinic in matching(sessions, kind=clinic.kind.split("+")[0])
    assert clinic in matching(sessions, at_least=clinic.minutes, at_most=clinic.minutes)
    assert clinic not in matching(sessions, at_least=clinic.minutes + 5)
    assert matching(sessions, words="no such words") == []
