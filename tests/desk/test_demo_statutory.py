"""The Council and the Conference of November 2015 stand as their source has them; the rest is unknown."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.desk.demo import cast, statutory
from karvan.desk.demo.world import World
from karvan.foundation.places.services import load_places
from karvan.stages.convening.models import StatutorySession
from karvan.stages.convening.queries.papers_credentials import found_now
from karvan.stages.convening.queries.papers_documents import late_days, symbol_doubts
from karvan.stages.convening.queries.papers_presence import present_sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def ahead():
    world = World(say=lambda _line: None)
    load_places(by=None)
    cast.parties(world)
    cast.staff(world)
    return statutory.tell_statutory(world)


def test_the_agendas_of_2015_are_entered_and_what_is_not_written_stays_unknown(ahead):
    conference = StatutorySession.objects.get(slug="gc-12")
    council = StatutorySession.objects.get(slug="ce-36")

    assert (conference.starts_on, conference.ends_on) == (date(2015, 11, 26), date(2015, 11, 27))
    assert (council.starts_on, council.ends_on) == (date(2015, 11, 23), date(2015, 11, 24))
    titles = " ".join(one["titles"]["en"] for one in conference.agendas.get().items)
    for words in (
        "action plan", "Report of the Director General", "closing accounts", "audit company",
        "Contributions of Member States", "amendments", "venue of the next session",
    ):  # fmt: skip
        assert words in titles
    assert "Amendments to the charter" in " ".join(
        one["titles"]["en"] for one in council.agendas.get().items
    )
    for session in (conference, council):
        assert (session.state, session.place, session.source) == (
            "closed",
            "Baku",
            statutory.SOURCE,
        )
        assert (session.hijri_printed, session.convoked_at, session.opened_at) == ("", None, None)
        assert present_sentence(session) == ""
        assert not session.documents.exists()
        assert all(set(one["titles"]) == {"en", "fr", "ar", "az"} for one in session.agendas.get().items)  # fmt: skip
    assert "not seen" in conference.organ.rules_source


def test_the_session_ahead_has_a_late_paper_and_credentials_in_every_state(ahead):
    issued, late = ahead.documents.order_by("symbol")
    found = {key: len(names) for key, names in found_now(ahead).items()}

    assert (issued.issued_at is not None, late.issued_at, late_days(late) > 0) == (True, None, True)
    assert [symbol_doubts(one) for one in (issued, late)] == [[], []]
    assert found == {
        "accepted": 2, "provisional": 1, "submitted": 1, "refused": 0, "without": 1, "absent": 5,
        "suspended": 1,
    }  # fmt: skip
