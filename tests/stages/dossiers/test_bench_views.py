"""Screens of the bench, through the real client."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.stages.dossiers.models import DeviceType, Dossier, LabelPhoto
from karvan.stages.dossiers.services.gating import answer_gate
from karvan.stages.dossiers.services.starting import add_gate_items
from tests import make
from tests.stages.dossiers.bench_world import (
    answered,
    attend,
    papers,
    picture,
    room,
    url,
)

pytestmark = pytest.mark.django_db


def test_a_trainer_starts_a_dossier_and_is_told_what_does_not_fit(sign_in, workshop, bench):
    make.device_types()
    team = [make.enrolment(workshop) for _ in range(3)]
    typed = {
        "title": "Pump of ward 5",
        "device_type": DeviceType.objects.get(code="infusion_pump").pk,
        "language": "fr",
        "members": [one.pk for one in team[:2]],
    }
    client = sign_in(bench)

    refused = client.post(room("start", workshop), typed)
    started = client.post(
        room("start", workshop), {**typed, "members": [one.pk for one in team]}, follow=True
    )

    assert refused.status_code == 422
    assert "2 are chosen" in refused.text and "Pump of ward 5" in refused.text
    assert "Pump of ward 5" in started.text and "D01" in started.text
    assert Dossier.objects.get().risks.first().harm.startswith("Sur")
    again = client.get(room("start", workshop))
    assert str(team[0].person) not in again.text


def test_the_register_shows_state_score_and_team_at_a_fixed_cost(
    sign_in, workshop, dossier, bench, django_assert_max_num_queries
):
    client = sign_in(bench)
    address = reverse("dossiers:edition", args=[workshop.edition.slug])
    first = client.get(address)
    for _ in range(5):
        make.member(make.dossier(workshop))
    with django_assert_max_num_queries(60):
        page = client.get(address)

    assert "Oximeter of ward 3" in first.text and "Draft" in first.text
    assert page.text.count("<tr") == first.text.count("<tr") + 5
    assert client.get(address, {"show": "released"}).text.count("Oximeter of ward 3") == 0
    assert client.get(address, {"format": "csv"}).status_code == 200


def test_the_record_says_what_to_do_next_and_what_is_missing(sign_in, dossier, member):
    page = sign_in(member).get(url("dossier", dossier))

    assert "The next best things to do" in page.text
    best = [one.what.text for one in page.context["best"]]
    assert len(best) == 3 and all(str(one) in page.text for one in best)
    linked = {one.what.section.key: one.url for one in page.context["sections"]}
    for key in ("identification", "gates", "use", "function"):
        assert f'href="{linked[key]}"' in page.text
    assert page.text.count('scope="row"') == 14
    assert "The mains plug is out" in page.text


def test_the_number_of_queries_of_the_record_does_not_grow(sign_in, dossier, member):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counted = sign_in(member), []
    for _ in range(2):
        client.get(url("dossier", dossier))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(url("dossier", dossier))
        counted.append(len(seen))
        for _ in range(5):
            make.teardown_step(dossier)
            make.part_line(dossier)

    assert counted[0] == counted[1]


def test_a_device_goes_from_draft_to_teardown_on_screen(sign_in, dossier, member, officer):
    team, chief = sign_in(member), sign_in(officer)
    add_gate_items(dossier)
    check = dossier.gate_checks.get(code="mains_locked_out")
    prefix = f"g{check.pk}"
    team.post(url("answer_gate", dossier, check.pk), {f"{prefix}-answer": "yes"})
    refused = chief.post(url("move", dossier, "cleared"), follow=True)
    answered(dossier, member)
    papers(dossier)
    for one in dossier.members.all():
        attend(one)

    cleared = chief.post(url("move", dossier, "cleared"), follow=True)
    team.post(url("function", dossier), {"works": "Switches on", "readings": "", "faults": ""})
    opened = team.post(url("move", dossier, "teardown"), follow=True)

    assert "There are no sharps" in refused.text
    assert "The dossier is now: Cleared for opening." in cleared.text
    assert "The dossier is now: Teardown." in opened.text
    assert team.post(url("move", dossier, "verified")).status_code == 403
    assert team.post(url("move", dossier, "released")).status_code == 404


def test_what_does_not_apply_asks_for_its_reason_and_keeps_what_was_typed(sign_in, dossier, member):
    check = dossier.gate_checks.get(code="pressure_vented")
    prefix = f"g{check.pk}"

    refused = sign_in(member).post(
        url("answer_gate", dossier, check.pk), {f"{prefix}-answer": "na", f"{prefix}-reason": " "}
    )

    assert refused.status_code == 422
    assert "Say why it does not apply." in refused.text
    assert f'name="{prefix}-answer" value="na"' in refused.text
    assert f'id="{check.code}"' in refused.text


def test_high_voltage_is_told_before_and_shut_after(sign_in, dossier, member):
    check = dossier.gate_checks.get(code="high_voltage")
    client = sign_in(member)
    before = client.get(url("gates", dossier))

    client.post(url("answer_gate", dossier, check.pk), {f"g{check.pk}-answer": "yes"})
    after = client.get(url("gates", dossier))

    assert "stays shut for ever" in before.text
    assert "shuts the device for ever" in after.text
    assert f'name="g{check.pk}-answer"' not in after.text


def test_officers_sign_one_and_all(sign_in, dossier, member, officer):
    answered(dossier, member)
    chief = sign_in(officer)
    check = dossier.gate_checks.get(code="no_sharps")

    chief.post(url("sign_gate", dossier, check.pk))
    page = chief.post(url("sign_all_gates", dossier), follow=True)

    assert "20 items are signed." in page.text
    assert dossier.gate_checks.filter(signed_at=None).count() == 0


def test_evidence_is_given_back(sign_in, dossier, member):
    check = dossier.gate_checks.get(code="no_sharps")
    answer_gate(check, answer="yes", upload=picture("clean.png"), by=member)

    answer = sign_in(member).get(url("gate_evidence", dossier, check.pk))

    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    other = dossier.gate_checks.get(code="waste_route")
    assert sign_in(member).get(url("gate_evidence", dossier, other.pk)).status_code == 404


def test_a_code_is_found_by_a_word_and_taken(sign_in, dossier, member):
    client = sign_in(member)

    found = client.get(url("identification", dossier), {"q": "pulse oximeter"})
    client.post(url("choose_emdn", dossier), {"emdn": "Z1203020408"})
    taken = client.get(url("identification", dossier))
    nothing = client.get(url("identification", dossier), {"q": "zebra"})

    assert 'value="Z1203020408"' in found.text
    assert "PULSE OXIMETERS" in taken.text and "Z120302" in taken.text
    assert "No term has all these words" in nothing.text


def unit(**typed):
    usual = {
        "risk_class": "IIb", "protection_class": "II", "applied_part": "BF",
        "condition": "working", "provenance": "donated", "patient_data_wiped": "none",
    }  # fmt: skip
    return {**usual, **typed}


def test_a_wrong_udi_says_which_digit_is_expected_and_loses_nothing(sign_in, dossier, member):
    client = sign_in(member)

    refused = client.post(
        url("identification", dossier), unit(model="N-65", udi_di="00614141000037")
    )
    client.post(
        url("identification", dossier),
        unit(model="N-65", udi_di="00614141000036", permission=picture("permit.png")),
    )
    dossier.unit.refresh_from_db()

    assert refused.status_code == 422
    assert "should be 6" in refused.text and 'value="N-65"' in refused.text
    assert (dossier.unit.udi_di, dossier.unit.owner_permission.name) == (
        "00614141000036",
        "permit.png",
    )
    paper = client.get(url("paper", dossier, "permission"))
    assert b"".join(paper.streaming_content)
    assert client.get(url("paper", dossier, "decontamination")).status_code == 404
    assert client.get(url("paper", dossier, "serial")).status_code == 404


def test_labels_are_photographed_shown_and_taken_out(sign_in, dossier, member):
    client = sign_in(member)

    client.post(url("label", dossier), {"picture": picture(), "caption": "Type plate"})
    photo = LabelPhoto.objects.get()
    page = client.get(url("identification", dossier))
    shown = client.get(url("label_file", dossier, photo.pk))
    body = b"".join(shown.streaming_content)
    client.post(url("drop_label", dossier, photo.pk))

    assert 'alt="Type plate"' in page.text and body.startswith(b"\x89PNG")
    assert LabelPhoto.objects.count() == 0


def test_intended_use_is_written_with_questions_beside_it(sign_in, dossier, member):
    client = sign_in(member)

    page = client.get(url("use", dossier))
    client.post(url("use", dossier), {"users": "Nurses"})
    dossier.refresh_from_db()

    assert "what do they do when it fails?" in page.text
    assert dossier.intended_use["users"] == "Nurses"


def test_the_safety_officer_stops_and_lets_go_on(sign_in, dossier, member, officer):
    chief = sign_in(officer)
    refused = chief.post(url("stop", dossier), {"stop-reason": " "})
    chief.post(url("stop", dossier), {"stop-reason": "Smoke from the supply"})
    stopped = sign_in(member).get(url("gates", dossier))
    chief.post(url("resume", dossier), {"stop-reason": "Supply replaced"})
    page = chief.get(url("dossier", dossier))

    assert refused.status_code == 422 and "Say why the bench is stopped." in refused.text
    assert "Smoke from the supply" in stopped.text
    assert "Supply replaced" in page.text


def test_peers_review_and_the_team_answers_on_screen(sign_in, dossier, member, bench):
    peer = make.enrolment(dossier.activity).person
    sign_in(peer).post(url("review", dossier), {"subject": "blocks", "text": "A link is missing."})
    review = dossier.peer_reviews.get()

    sign_in(member).post(url("answer_review", dossier, review.pk), {"answer": "Drawn."})
    empty = sign_in(member).post(url("answer_review", dossier, review.pk), {"answer": ""})
    sign_in(peer).post(url("close_review", dossier, review.pk))
    page = sign_in(bench).get(url("dossier", dossier))

    assert empty.status_code == 422
    assert "A link is missing." in page.text and "Drawn." in page.text and "closed" in page.text


def test_an_answer_that_cannot_be_taken_is_not_lost(sign_in, dossier, member, officer):
    peer = make.enrolment(dossier.activity).person
    sign_in(peer).post(url("review", dossier), {"subject": "blocks", "text": "A link is missing."})
    review = dossier.peer_reviews.get()
    sign_in(officer).post(url("stop", dossier), {"stop-reason": "Smoke"})

    page = sign_in(member).post(
        url("answer_review", dossier, review.pk), {"answer": "We drew the link."}
    )

    assert page.status_code == 422
    assert "has stopped this bench: Smoke" in page.text and "We drew the link." in page.text


def test_the_team_changes_and_the_dossier_is_withdrawn(sign_in, dossier, bench):
    client, more = sign_in(bench), make.enrolment(dossier.activity)
    client.post(url("join", dossier), {"enrolment": more.pk})
    gone = dossier.members.get(enrolment=more)
    client.post(url("leave", dossier, gone.pk))
    client.post(url("path", dossier), {"redesigns": "no"})
    client.post(url("withdraw", dossier), {"withdraw-reason": "The owner wants it back"})
    dossier.refresh_from_db()
    gone.refresh_from_db()

    assert gone.left_on is not None
    assert (dossier.state, dossier.redesigns) == ("withdrawn", False)
    assert "The owner wants it back" in client.get(url("dossier", dossier)).text
