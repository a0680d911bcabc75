"""Screens of the workshop room, through the real client."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.stages.delivery.models import Assessment
from karvan.stages.dossiers.models import DutyTurn
from tests import make
from tests.stages.dossiers.bench_world import room, url

pytestmark = pytest.mark.django_db


def test_the_room_shows_every_team_at_a_fixed_cost(sign_in, workshop, dossier, officer):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counted = sign_in(officer), []
    client.get(room("workshop", workshop))
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            page = client.get(room("workshop", workshop))
        counted.append(len(seen))
        for _ in range(5):
            make.member(make.dossier(workshop, device_type=dossier.device_type))

    assert counted[0] == counted[1]
    assert page.text.count('id="team-') == 6
    assert 'name="stop-reason"' in page.text


def test_only_the_safety_officer_has_the_stop_button(sign_in, workshop, dossier, bench):
    assert 'name="stop-reason"' not in sign_in(bench).get(room("workshop", workshop)).text


def test_duties_are_planned_and_changed_in_the_room(sign_in, workshop, dossier, bench):
    client = sign_in(bench)
    planned = client.post(room("plan_turns", workshop), follow=True)
    turn = DutyTurn.objects.get(dossier=dossier, on=date(2026, 9, 14), duty="LEADER")
    other = dossier.members.exclude(pk=turn.member_id).first()
    sent = {"on": "2026-09-14", "duty": "LEADER", "member": other.pk}

    client.post(url("turn", dossier), sent)
    wrong = client.post(url("turn", dossier), {**sent, "on": "soon"}, follow=True)
    turn.refresh_from_db()

    assert "20 duties are given out." in planned.text
    assert turn.member == other
    assert "Say which day and who." in wrong.text


def test_marks_defence_and_results_end_in_the_members_assessments(
    sign_in, workshop, dossier, bench, officer
):
    one, two = sign_in(bench), sign_in(officer)
    for part in ("measuring", "logbook"):
        one.post(url("mark", dossier, part), {"percent": 80})
    assert one.get(url("mark", dossier, "cooking")).status_code == 404
    assert one.post(url("mark", dossier, "logbook"), {"percent": 101}).status_code == 422
    lines = ("FUNCTION", "EVIDENCE", "SAFETY", "DESIGN", "REPRODUCIBILITY", "TEAMWORK")
    one.post(url("defence", dossier), {**dict.fromkeys(lines, 4), "comment": "Clear."})
    blind = two.get(url("defence", dossier))
    two.post(url("defence", dossier), dict.fromkeys(lines, 1))
    apart = two.get(url("defence", dossier))
    third = sign_in(make.bench_trainer(workshop, "LEAD"))
    third.post(url("defence", dossier), dict.fromkeys(lines, 3))
    decided = one.get(url("defence", dossier))

    taken = one.post(room("take_results", workshop), follow=True)

    assert "What was given" not in blind.text
    assert "too far apart" in apart.text
    assert "The result is 75%." in decided.text
    assert "15 results are taken over." in taken.text
    assert set(Assessment.objects.filter(code="A4").values_list("percent", flat=True)) == {75}


def test_an_empty_workshop_says_how_to_begin(sign_in, workshop, bench):
    page = sign_in(bench).get(room("workshop", workshop))

    assert "No dossier yet" in page.text and room("start", workshop) in page.text
