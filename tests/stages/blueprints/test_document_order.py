"""The order in which an author wrote a document comes back after a database has lost it."""

import json

from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import in_order_of


def as_a_database_keeps_it(value):
    """Keys by length, then by letter, as PostgreSQL's jsonb orders them."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key), key))
        return {key: as_a_database_keeps_it(value[key]) for key in keys}
    return [as_a_database_keeps_it(one) for one in value] if isinstance(value, list) else value


def test_every_key_of_a_blueprint_comes_back_to_its_place():
    written = library.data("TVP")
    kept = as_a_database_keeps_it(written)
    assert json.dumps(kept) != json.dumps(written)

    assert json.dumps(in_order_of(kept, written)) == json.dumps(written)


def test_what_only_the_country_has_comes_last_and_lists_keep_their_order():
    like = {
        "title": {"en": "Camp", "fr": "Camp"},
        "sessions": [{"id": "A", "day": 1, "minutes": 5}],
    }
    value = {
        "extra": 1,
        "sessions": [{"minutes": 9, "id": "B"}, {"minutes": 5, "id": "A", "day": 1}],
        "title": {"fr": "Camp", "kk": "Лагерь", "en": "Camp"},
    }

    ordered = in_order_of(value, like)

    assert ordered == value
    assert list(ordered) == ["title", "sessions", "extra"]
    assert [one["id"] for one in ordered["sessions"]] == ["B", "A"]
    assert list(ordered["sessions"][1]) == ["id", "day", "minutes"]
    assert list(ordered["title"]) == ["en", "fr", "kk"]
