"""The board's line of dossiers: only where there is a workshop; stopped benches are seen."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.stages.dossiers.services.stopping import stop_dossier
from karvan.stages.reports.queries.board import pipeline_states
from tests import make

pytestmark = pytest.mark.django_db


def line_of(edition):
    found = [one for one in pipeline_states(edition) if one.stage == "dossiers"]
    return (found[0].state, found[0].note, found[0].url_name) if found else None


def test_an_edition_without_a_workshop_has_no_dossiers():
    edition = make.edition()
    make.activity(of=edition)

    assert line_of(edition) is None


def test_dossiers_go_from_locked_to_done():
    workshop = make.workshop()
    edition = workshop.edition
    assert line_of(edition) == ("locked", "", "dossiers:edition")
    workshop.actual_starts_on = date(2026, 9, 14)
    workshop.save()
    assert line_of(edition)[0] == "open"

    first, second = make.dossier(workshop), make.dossier(workshop, state="released")
    make.dossier(workshop, state="withdrawn")
    assert line_of(edition)[:2] == ("in_progress", "1 of 2 released")
    stop_dossier(first, reason="Smoke", by=make.bench_trainer(workshop, "SAFETY"))
    assert line_of(edition)[:2] == ("waiting", "1 bench stopped")
    first.delete()

    assert second and line_of(edition)[:2] == ("done", "1 dossier")


def test_participants_and_trainers_open_the_dossiers_from_the_rail(sign_in):
    workshop = make.workshop()
    slug = workshop.edition.slug
    member = make.member(make.dossier(workshop)).enrolment.person

    for person in (member, make.bench_trainer(workshop, "BENCH")):
        page = sign_in(person).get(f"/en/editions/{slug}/dossiers/")
        assert page.status_code == 200
        assert [one.title for one in page.context["pipeline"].stages if one.present] == ["Dossiers"]
        assert f'href="/en/editions/{slug}/dossiers/"' in page.text
