"""A draft may be of any shape that YAML can have; its editor shows it all the same."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from karvan.stages.blueprints.document.writing import in_lines
from tests import make

pytestmark = pytest.mark.django_db
SESSIONS = "activities.WS.sessions"


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def address(name, code, part=""):
    url = reverse(f"blueprints:{name}", kwargs={"code": code})
    return f"{url}?part={part}" if part else url


MALFORMED: dict[str, Any] = {
    "karvan": "blueprint/1",
    "code": "GARDEN",
    "title": {"en": "Gardens"},
    "summary": {"en": "Plants"},
    "languages": ["en"],
    "activities": [
        {
            "code": "WS",
            "format": "workshop",
            "title": {"en": "Workshop"},
            "duration": {"days": 1, "contact_minutes": 60},
            "cohort": {"min": 1, "max": 2},
            "sessions": [
                {"id": "S1", "day": 1, "title": {"en": "S"}, "kind": "lab", "minutes": 60}
            ],
            "selection": {"decided_by": "rubric", "rubric": [{"code": "A", "weight": 100}]},
            "award": {"certificate": {"type": "completion", "title": {"en": "C"}}},
        }
    ],
    "indicators": [{"code": "X", "lock": "free", "title": {"en": "X"}}],
    "budget_lines": [{"code": "B", "title": {"en": "B"}, "basis": "lump_sum"}],
    "locks": [{"path": "activities.WS.cohort.max", "level": "bounded", "min": 1, "max": 9}],
}
ODD = st.sampled_from(
    [None, 3, -1, True, "text", [], {}, [1], ["x"], [{"y": 1}], {"z": {}}, {"en": 5}]
)


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    return [above, *(found for key, below in pairs for found in _places(below, (*above, key)))]


PLACES = [place for place in _places(MALFORMED) if place and place != ("code",)]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(PLACES), ODD)
def test_no_draft_is_too_odd_for_its_editor(client, officer, place, odd):
    data = copy.deepcopy(MALFORMED)
    held: Any = data
    for step in place[:-1]:
        held = held[step]
    held[place[-1]] = odd
    programme = make.programme(f"G{make.one()}")
    data["code"] = programme.code
    make.blueprint(programme, data=MALFORMED)
    make.blueprint(programme, number=2, state="draft", data=data, source=in_lines(data).encode())

    parts = ("", "activities.WS", SESSIONS, "locks", "indicators", "activities.WS.selection")
    for part in parts:
        answer = client.get(address("draft", programme.code, part))
        assert answer.status_code in (200, 302, 404)
    client.get(address("draft", programme.code, "activities.WS.award.certificate"))
    assert client.get(address("draft_text", programme.code)).status_code == 200
    version = reverse("blueprints:blueprint", args=[programme.code, 2])
    assert client.get(version).status_code == 200
    compare = address("compare", programme.code)
    assert client.get(compare, {"before": 1, "after": 2}).status_code == 200
