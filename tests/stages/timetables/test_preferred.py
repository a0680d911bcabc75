"""When a session had better begin is said on its page, heeded by the engine, and never forced."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.timetables.errors import WrongState
from karvan.stages.timetables.services import prefer_starts
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return make.session(make.activity())


def address(held):
    activity = held.activity
    return f"/en/editions/{activity.edition.slug}/{activity.code}/timetable/sessions/{held.pk}/"


def test_two_stretches_are_kept_in_their_order_and_told_in_the_history(sign_in, held):
    client = sign_in(make.role("coordinator", held.activity.edition.scope))
    page = address(held)
    stretches = {"from_1": "14:00", "until_1": "15:30", "from_2": "09:00", "until_2": "10:00"}

    answer = client.post(f"{page}starts/", stretches, follow=True)

    held.refresh_from_db()
    assert held.preferred == [[540, 600], [840, 930]]
    assert 'value="09:00"' in answer.content.decode()
    last = Record.objects.order_by("pk").last()
    assert (last.act, last.after) == (
        "said preferred starts",
        {"preferred": ["09:00–10:00", "14:00–15:30"]},
    )

    client.post(f"{page}starts/", {})
    held.refresh_from_db()
    assert held.preferred == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"from_1": "09:00"}, "A stretch has both ends"),
        ({"from_1": "11:00", "until_1": "09:00"}, "must end after it begins"),
        (
            {"from_1": "09:00", "until_1": "11:00", "from_2": "10:00", "until_2": "12:00"},
            "write them as one",
        ),
        ({"from_1": "soon", "until_1": "11:00"}, "Enter a valid time"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(sign_in, held, typed, said):
    client = sign_in(make.role("coordinator", held.activity.edition.scope))

    answer = client.post(f"{address(held)}starts/", typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{typed["from_1"]}"' in answer.content.decode()
    held.refresh_from_db()
    assert held.preferred == []


def test_a_stretch_past_midnight_is_refused(held):
    with pytest.raises(WrongState):
        prefer_starts(held, preferred=[[1380, 1500]], by=None)
