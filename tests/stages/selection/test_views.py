"""The selection room, offers and the applicant's page, through the real client."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from karvan.stages.reviews.blind import reading_code
from karvan.stages.selection.models import Offer, SelectionRun
from karvan.stages.selection.services import (
    decline_offer,
    lift_blind,
    propose_selection,
    send_offers,
    sign_off,
)
from tests import make

from .pool import read_call, signed, women

pytestmark = pytest.mark.django_db


def here(call, **more):
    activity = call.activity
    return {"edition": activity.edition.slug, "activity": activity.code, **more}


def room(client, call, **query):
    return client.get(reverse("selection:room", kwargs=here(call)), query)


@pytest.fixture
def call():
    return read_call((90, "M"), (70, "F"), (80, "M"))


def test_room_before_any_run_says_how_to_begin(sign_in, call):
    make.application(call, state="submitted")

    page = room(sign_in(make.officer()), call)

    assert "No cohort proposed yet" in page.text
    assert "Propose a cohort of 2" in page.text
    assert "1 eligible application is left out because it lacks reads." in page.text
    assert 'value="1"' in page.text  # the floor for women, in people


def test_cohort_is_proposed_with_the_numbers_typed(sign_in, call):
    client = sign_in(make.officer())

    answer = client.post(
        reverse("selection:propose", kwargs=here(call)),
        {"places": "1", "seed": "sealed", "floor:women": "0", "ceiling:women": ""},
    )

    run = SelectionRun.objects.get()
    assert answer["Location"].endswith("/selection/runs/1/")
    assert (run.places, run.seed, run.quotas[0]["floor"]) == (1, "sealed", 0)
    assert run.decisions.get(outcome="selected").merit == 9000


def test_wrong_number_is_said_and_nothing_is_proposed(sign_in, call):
    client = sign_in(make.officer())
    address = reverse("selection:propose", kwargs=here(call))

    negative = client.post(address, {"places": "-1", "seed": "x"})
    crossed = client.post(
        address, {"places": "2", "seed": "kept", "floor:women": "2", "ceiling:women": "1"}
    )

    assert (negative.status_code, crossed.status_code) == (422, 422)
    assert "At least 2 is more than at most 1." in crossed.text
    assert 'value="kept"' in crossed.text
    assert SelectionRun.objects.count() == 0


def test_run_says_what_quotas_changed_and_cost(sign_in, call):
    propose_selection(call, by=None)
    woman, man = (
        reading_code(call.applications.get(attributes__sex="F")),
        reading_code(call.applications.filter(attributes__sex="M").order_by("-pk").first()),
    )
    client = sign_in(make.officer())

    page = client.get(reverse("selection:run", kwargs=here(call, number=1)), {"prices": "1"})

    assert "Against marks alone, 10 points in all were given up:" in page.text
    assert "Proved: no other cohort" in page.text
    assert "Points given up" in page.text
    assert woman in page.text
    assert man in page.text


def test_applications_have_reading_codes_until_the_blind_is_lifted(sign_in, call):
    call.applications.update(full_name="Leyla Məmmədova")
    run = propose_selection(call, by=None)
    clients = [sign_in(make.officer()), sign_in(make.role("coordinator", call.scope))]
    sign = reverse("selection:sign", kwargs=here(call, number=1))
    first = call.applications.first()

    def pages():
        decision = run.decisions.get(application=first)
        one = reverse("selection:decision", kwargs=here(call, number=1, pk=decision.pk))
        page = room(clients[0], call).text + clients[0].get(one).text
        return page + room(clients[0], call, format="csv").content.decode()

    clients[0].post(sign, {"statement": "Fair."})
    twice = clients[0].post(sign, {}, follow=True)
    clients[1].post(sign, {})
    signed_but_blind = pages()
    run.refresh_from_db()
    run.blind_lifted_at, run.blind_lifted_by = timezone.now(), make.officer()
    run.save(update_fields=["blind_lifted_at", "blind_lifted_by"])
    lifted = pages()

    assert "You have already signed this run" in twice.text
    assert run.state == "signed"
    assert reading_code(first) in signed_but_blind
    assert [word in signed_but_blind for word in ("Leyla", first.number)] == [False, False]
    assert ["Leyla" in lifted, first.number in lifted] == [True, True]


def test_clash_is_shown_with_changes_that_can_be_used(sign_in, call):
    client = sign_in(make.officer())
    propose_selection(call, quotas=[women(floor=2)], by=None)

    page = room(client, call)
    used = client.post(
        reverse("selection:propose", kwargs=here(call)),
        {"places": "2", "seed": "tests", "floor:women": "1", "ceiling:women": ""},
    )

    assert "Women: at least 1 instead of 2" in page.text
    assert "Use this" in page.text
    assert 'name="floor:women" value="1"' in page.text
    assert used["Location"].endswith("/runs/2/")


def test_two_runs_are_compared(sign_in, call):
    propose_selection(call, by=None)
    propose_selection(call, quotas=[], by=None)
    client = sign_in(make.officer())

    page = client.get(reverse("selection:run", kwargs=here(call, number=2)), {"with": "1"})

    assert "Against run 1" in page.text
    assert page.text.count(reading_code(call.applications.get(attributes__sex="F"))) >= 2


def test_list_is_a_file_with_reasons(sign_in, call):
    propose_selection(call, by=None)

    answer = room(sign_in(make.officer()), call, format="xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [
        "Rank", "Application", "Mark of 100", "Outcome", "Decided how", "Waiting",
        "Mean as given", "Give or take", "Reads", "Readers apart by", "Reason",
    ]  # fmt: skip
    assert [row[3] for row in rows[1:]] == ["Selected", "Waiting list", "Selected"]
    assert rows[1][10] == "Selected by mark: 90 of 100."


def test_document_is_given_byte_for_byte(sign_in, call):
    run = propose_selection(call, by=None)

    for _time in range(2):
        sign_off(run, by=make.officer())
    lift_blind(run, reason="Replayed elsewhere.", by=make.officer())

    answer = sign_in(make.officer()).get(reverse("selection:document", kwargs=here(call, number=1)))

    assert answer.content == bytes(run.document)


def test_offers_are_sent_answered_by_telephone_and_replaced_on_screen(sign_in, call):
    signed(call, quotas=[])
    client = sign_in(make.officer())

    client.post(reverse("selection:send", kwargs=here(call, number=1)), {"days_to_answer": "5"})
    offer = Offer.objects.order_by("pk").first()
    client.post(reverse("selection:answer", kwargs=here(call, pk=offer.pk)), {"answer": "decline"})
    page = client.post(reverse("selection:next", kwargs=here(call, pk=offer.pk)), follow=True)

    replacement = Offer.objects.get(instead_of=offer)
    assert "The best of those waiting who keeps the quotas comes in." in page.text
    assert f"Offered to {reading_code(replacement.application)}." in page.text
    assert Offer.objects.count() == 3


def test_run_is_set_aside_on_screen_only_with_a_reason(sign_in, call):
    run = propose_selection(call, by=None)
    client = sign_in(make.officer())
    address = reverse("selection:set_aside", kwargs=here(call, number=1))

    refused = client.post(address, {"reason": ""}, follow=True)
    client.post(address, {"reason": "Wrong places."})

    assert "Say why the run is set aside." in refused.text
    run.refresh_from_db()
    assert run.state == "set_aside"


def test_applicant_accepts_by_the_link_without_an_account(client):
    offer = make.offer()
    address = reverse("selection:offer", args=[offer.application.token])

    before = client.get(address)
    client.post(address, {"answer": "accept"})
    after = client.get(address)
    again = client.post(address, {"answer": "decline"}, follow=True)

    assert "Accept the place" in before.text
    assert "You have accepted the place." in after.text
    assert "This offer no longer stands" in again.text
    offer.refresh_from_db()
    assert offer.state == "accepted"
    assert "no-store" in before["Cache-Control"]


def test_looking_at_the_offer_answers_nothing_and_a_wrong_link_finds_nothing(client):
    offer = make.offer()

    client.get(reverse("selection:offer", args=[offer.application.token]), {"answer": "accept"})
    client.post(reverse("selection:offer", args=[offer.application.token]), {"answer": "maybe"})

    offer.refresh_from_db()
    assert offer.state == "offered"
    assert client.get(reverse("selection:offer", args=["x" * 43])).status_code == 404


def test_declined_offer_says_so_on_the_applicants_page(client):
    offer = make.offer()
    decline_offer(offer)

    page = client.get(reverse("selection:offer", args=[offer.application.token]))

    assert "You have declined the place." in page.text


@pytest.mark.parametrize("name", ["room", "offers", "offer_record", "document"])
def test_pages_cost_the_same_for_one_row_and_three(sign_in, name):
    costs = []
    for applicants in (1, 3):
        call = read_call(*((90 - n, "F") for n in range(applicants)), places=3)
        run = signed(call, quotas=[])
        send_offers(run, days_to_answer=5, by=None)
        lift_blind(run, reason="Tests.", by=make.officer())
        offer = Offer.objects.filter(application__call=call).first()
        more = {"offer_record": {"pk": offer.pk}, "document": {"number": 1}}.get(name, {})
        client = sign_in(make.officer())
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse(f"selection:{name}", kwargs=here(call, **more)))
        assert page.status_code == 200
        costs.append(len(asked))

    # The desk's rail adds its own fixed number to what the page itself asks.
    assert costs[0] == costs[1] <= 45


def test_room_stands_in_arabic_too(sign_in, call):
    propose_selection(call, by=None)
    address = reverse("selection:room", kwargs=here(call)).replace("/en/", "/ar/")

    with translation.override("en"):  # what the page activates ends with it
        page = sign_in(make.officer()).get(address)

    assert 'dir="rtl"' in page.text
    assert "Women (ar)" in page.text
