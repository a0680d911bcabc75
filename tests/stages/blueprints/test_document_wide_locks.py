"""Locks with stars reach many parts, and a part may be chosen from a list of the document."""

from __future__ import annotations

from typing import Any

import pytest

from karvan.stages.blueprints.document import (
    REMOVED,
    Level,
    allowed,
    lock_of,
    parse,
    value_at,
)
from karvan.stages.blueprints.shown import shown
from karvan.stages.blueprints.wording import lock_words
from tests.stages.blueprints.documents import SMALL, changed, problems_of

CAMP = "activities.CAMP"
ROOM = f"{CAMP}.sessions.S1.room"
DATA = dict(parse(SMALL).data)
LOCKS = "locks:\n"


def with_locks(*entries: str) -> dict[str, Any]:
    """The small blueprint, which must be valid, with these locks written first."""
    return dict(parse(written(*entries)).data)


def written(*entries: str) -> str:
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return changed(LOCKS, LOCKS + lines)


ROOMS = """    rooms:
      - {code: HALL, seats: 30, kind: plenary}
      - {code: SEM1, seats: 12, kind: seminar}
      - {code: SEM2, seats: 12, kind: seminar}
"""
KINDS = SMALL.replace("    rooms:\n      - {code: HALL, seats: 30}\n", ROOMS)


def seminar_lock(where: str = "where: {kind: seminar}, ", path: str = f"{CAMP}.sessions.S2.room"):
    entry = (
        f"  - {{path: {path}, level: bounded, from: {CAMP}.rooms, {where}reason: {{en: Small.}}}}\n"
    )
    text = KINDS.replace("kind: lab, minutes: 90,", "kind: lab, minutes: 90, room: SEM1,")
    return text.replace(LOCKS, LOCKS + entry)


def test_a_star_stands_for_every_activity_and_every_session():
    data = with_locks("path: activities.*.sessions.*.minutes, level: bounded, min: 30, max: 120")

    for session in ("S1", "S2"):
        lock = lock_of(data, f"{CAMP}.sessions.{session}.minutes")
        assert (lock.level, lock.limits.max) == (Level.BOUNDED, 120)
        assert lock.declared_at == "activities.*.sessions.*.minutes"
    refusal = str(allowed(data, f"{CAMP}.sessions.S1.minutes", 150))
    assert "by the lock activities.*.sessions.*.minutes; 150 lies outside" in refusal


def test_a_literal_path_beats_a_star_at_one_length_in_whatever_order():
    wide = "path: activities.*.cohort.max, level: bounded, min: 10, max: 40"
    near = f"path: {CAMP}.cohort.max, level: fixed"

    for entries in ((wide, near), (near, wide)):
        assert lock_of(with_locks(*entries), f"{CAMP}.cohort.max").level is Level.FIXED


def test_the_longer_path_beats_the_literal_one():
    data = with_locks(
        f"path: {CAMP}.cohort, level: fixed", "path: activities.*.cohort.max, level: free"
    )

    assert lock_of(data, f"{CAMP}.cohort.max").level is Level.FREE
    assert lock_of(data, f"{CAMP}.cohort.min").level is Level.FIXED


def test_of_two_paths_with_stars_the_one_literal_first_is_nearer():
    data = with_locks(
        f"path: {CAMP}.sessions.*.minutes, level: fixed",
        "path: activities.*.sessions.S1.minutes, level: free",
    )

    assert lock_of(data, f"{CAMP}.sessions.S1.minutes").level is Level.FIXED


def test_a_star_overrules_the_rule_of_all_blueprints_but_not_an_indicators_own_word():
    own = changed("unit: persons,", "unit: persons, lock: free,")
    data = dict(
        parse(own.replace(LOCKS, LOCKS + "  - {path: 'indicators.*', level: fixed}\n")).data
    )

    assert lock_of(data, "indicators.REACH.title").level is Level.FREE
    weights = with_locks("path: activities.*.selection.rubric.*.weight, level: free")
    assert lock_of(weights, f"{CAMP}.selection.rubric.WHY.weight").level is Level.FREE


def test_a_star_that_matches_nothing_is_a_problem_with_the_word_that_was_meant():
    [problem] = problems_of(written("path: activities.*.sesions.*.room, level: free"))

    assert problem.path == "locks.0.path"
    assert problem.message == (
        "No part is like “activities.*.sesions.*.room”: nothing stands at “sesions”. "
        "Did you mean “sessions”?"
    )


def test_one_of_the_parts_out_of_bounds_is_named():
    [problem] = problems_of(
        written("path: activities.*.sessions.*.minutes, level: bounded, min: 30, max: 60")
    )

    assert problem.message == (
        "activities.CAMP.sessions.S2.minutes: The document's own value, 90, lies outside the bounds."
    )


def test_every_entry_of_a_list_is_among_the_options():
    data = with_locks("path: languages, level: bounded, options: [en, fr, ar]")

    assert allowed(data, "languages", ["fr", "en"]) is None
    refusal = str(allowed(data, "languages", ["en", "ru", "kk"]))
    assert (
        "“languages” is held to en, fr, ar by the lock languages; “ru, kk” is not among" in refusal
    )
    [problem] = problems_of(written("path: languages, level: bounded, options: [fr]"))
    assert "“en”, is not among the options" in problem.message


def test_options_are_for_plain_values():
    [problem] = problems_of(written(f"path: {CAMP}.rooms, level: bounded, options: [HALL]"))

    assert problem.message == "Only a plain value, or a list of them, has options."


def test_a_room_is_chosen_from_the_rooms_of_a_kind():
    data = parse(seminar_lock()).data
    path = f"{CAMP}.sessions.S2.room"

    lock = lock_of(data, path)
    assert lock.limits.options == ("SEM1", "SEM2")
    assert lock_words(lock) == f"one of: SEM1, SEM2 ({CAMP}.rooms, kind: seminar)"
    assert allowed(data, path, "SEM2") is None
    assert str(allowed(data, path, "HALL")) == (
        f"“Boot camp, session S2: room” is held to the list “Boot camp: rooms, kind: seminar” "
        f"(SEM1, SEM2) by the lock {path}; “HALL” is not in it. Reason: Small."
    )


def test_rooms_that_a_country_adds_may_be_chosen():
    data = parse(seminar_lock()).data
    more = [*value_at(data, f"{CAMP}.rooms"), {"code": "SEM3", "seats": 9, "kind": "seminar"}]
    activity = {**data["activities"][0], "rooms": more}

    assert allowed({**data, "activities": [activity]}, f"{CAMP}.sessions.S2.room", "SEM3") is None


def test_the_stars_of_a_list_are_those_of_the_lock():
    data = with_locks(
        "path: activities.*.sessions.*.room, level: bounded, from: activities.*.rooms"
    )

    lock = lock_of(data, ROOM)
    assert (lock.limits.source, lock.limits.options) == (f"{CAMP}.rooms", ("HALL",))
    assert allowed(data, ROOM, "ATTIC") is not None
    assert [one.title for one in shown(data).locks][0] == "every activity, every session: room"
    assert lock_words(shown(data).locks[0].lock) == "one of activities.*.rooms"


def test_a_session_that_a_country_adds_keeps_the_bounds_of_all_sessions():
    data = with_locks(
        "path: activities.*.sessions.*.room, level: bounded, from: activities.*.rooms"
    )
    session = {"id": "S9", "day": 1, "kind": "lab", "minutes": 30, "title": {"en": "More"}}

    assert allowed(data, f"{CAMP}.sessions.S9", {**session, "room": "HALL"}) is None
    refusal = allowed(data, f"{CAMP}.sessions.S9", {**session, "room": "ATTIC"})
    assert refusal is not None
    assert refusal.path == f"{CAMP}.sessions.S9.room"
    assert allowed(data, f"{CAMP}.sessions.S1", REMOVED) is None


@pytest.mark.parametrize(
    ("entry", "path", "words"),
    [
        (f"path: {ROOM}, level: bounded, from: {CAMP}.roms", "from", "Did you mean “rooms”"),
        (f"path: {ROOM}, level: bounded, from: languages", "from", "items have codes"),
        (f"path: {ROOM}, level: free, from: {CAMP}.rooms", "", "Only a bounded part"),
        (f"path: {ROOM}, level: bounded, min: 1, where: {{kind: x}}", "where", "says where"),
        (
            f"path: {ROOM}, level: bounded, from: {CAMP}.rooms, options: [HALL]",
            "",
            "options or from, not both",
        ),
        (
            f"path: {ROOM}, level: bounded, from: {CAMP}.rooms, where: {{kind: lab}}",
            "where",
            "No item of “activities.CAMP.rooms” has what is asked: kind: lab",
        ),
    ],
)
def test_a_list_that_cannot_be_chosen_from_is_a_problem(entry: str, path: str, words: str):
    found = [
        problem
        for problem in problems_of(written(entry))
        if problem.path == (f"locks.0.{path}" if path else "locks.0")
    ]

    assert any(words in problem.message for problem in found), problems_of(written(entry))


def test_the_documents_own_room_must_be_in_the_list():
    text = seminar_lock(path=ROOM)

    assert [problem.message for problem in problems_of(text)] == [
        "The document's own value, “HALL”, is not among the options."
    ]


@pytest.mark.parametrize(
    "locks",
    [
        "none",
        [3],
        [{"path": 3, "level": "free"}],
        [{"path": "languages", "level": "loose"}],
        [{"path": "languages", "level": "bounded", "from": 3, "options": 4, "min": "x"}],
        [{"path": "languages", "level": "bounded", "reason": "text", "where": []}],
    ],
)
def test_malformed_locks_of_a_draft_are_passed_over(locks: object):
    data = {**DATA, "locks": locks, "default_lock": {"odd": 1}}

    assert lock_of(data, ROOM).level is Level.FREE
    assert lock_of(data, "languages").level in (Level.FREE, Level.BOUNDED)
