"""Appeals: in time, once, decided by somebody who had no part, and what follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.selection.appealing_time import appeal_until
from karvan.stages.selection.errors import (
    AppealDecided,
    AppealNotPossible,
    MayNotDecide,
    OfferAnswered,
    ReasonMissing,
    WrongState,
)
from karvan.stages.selection.models import Appeal, Decision, Offer, SelectionRun
from karvan.stages.selection.services import (
    decide_appeal,
    decline_offer,
    file_appeal,
    offer_on_appeal,
    propose_selection,
    send_offers,
    sign_off,
    withdraw_appeal,
)
from tests import make

from .pool import add_reads, read_call

pytestmark = pytest.mark.django_db


def decided(*applicants, places=1, appeal_days=5):
    """A signed run whose letters are out, of a design that lets applicants appeal."""
    document = make.small_document("Q")
    document["activities"][0]["selection"] |= {"quotas": [], "appeal_days": appeal_days}
    edition = make.edition(of=make.blueprint(data=document))
    activity = make.activity(of=edition, planned_starts_on=clock.today() + timedelta(days=60))
    call = make.call(activity, places=places)
    reading = make.review_round(call, reads_each=2)
    readers = [make.reviewer(reading) for _number in range(2)]
    for mark, sex, *rest in applicants or ((90, "M"), (70, "F"), (50, "F")):
        application = make.application(
            call, state="submitted", attributes={"sex": sex}, team_size=rest[0] if rest else 1
        )
        add_reads(application, readers, mark)
    run = propose_selection(call, seed="tests", by=make.officer())
    for _time in range(2):
        sign_off(run, by=make.officer())
    send_offers(run, days_to_answer=5, by=None)
    return SelectionRun.objects.get(pk=run.pk)


def decision_of(run, mark):
    return Decision.objects.get(run=run, merit=mark * 100)


def filed(run, mark=50, text="The second annex was not opened."):
    return file_appeal(decision_of(run, mark), text=text)


def test_window_is_counted_in_working_days_of_the_country():
    run = decided()
    friday = timezone.make_aware(
        timezone.datetime(2027, 1, 29, 10), timezone.zoneinfo.ZoneInfo("Asia/Baku")
    )

    # The tests' Azerbaijan works Monday to Friday: the fifth working day is the next Friday.
    assert appeal_until(decision_of(run, 50), friday) == date(2027, 2, 5)


def test_letter_says_until_when_and_where():
    run = decided()

    letter = Message.objects.get(kind="selection/declined")
    assert f"/applications/{decision_of(run, 50).application.token}/decision/" in letter.body
    assert "you may appeal on that page until the end of" in letter.body
    assert "With more than 70 points it would have been in." in letter.body


def test_appeal_is_filed_once_with_words_and_withdrawn_for_good():
    run = decided()

    with pytest.raises(ReasonMissing):
        filed(run, text=" ")
    appeal = filed(run)
    with pytest.raises(AppealNotPossible):
        filed(run)
    withdraw_appeal(appeal)
    with pytest.raises(AppealDecided):
        withdraw_appeal(appeal)
    with pytest.raises(AppealNotPossible):
        filed(run)

    assert Appeal.objects.get().state == "withdrawn"
    assert [r.act for r in Record.objects.filter(subject_kind="selection.appeal")] == [
        "filed appeal",
        "withdrew appeal",
    ]


def test_after_the_window_it_is_too_late():
    run = decided()
    last = appeal_until(decision_of(run, 50))

    with (
        clock.replaying(timezone.now() + timedelta(days=(last - clock.today()).days + 1)),
        pytest.raises(AppealNotPossible, match="time to appeal is over"),
    ):
        filed(run)


def test_nobody_appeals_against_a_place_nor_where_the_design_has_no_appeal():
    run = decided()
    without = decided(appeal_days=0)

    with pytest.raises(AppealNotPossible, match="place was offered"):
        filed(run, 90)
    with pytest.raises(AppealNotPossible, match="there is no appeal"):
        filed(without)


def test_who_proposed_signed_or_read_does_not_decide():
    run = decided()
    appeal = filed(run)
    reader = run.call.review_round.reviewers.first().person
    make.role("officer", of=reader)
    had_a_part = [run.made_by, reader, *(one.person for one in run.signoffs.all())]

    for person in had_a_part:
        with pytest.raises(MayNotDecide, match="somebody else must decide"):
            decide_appeal(appeal, uphold=True, answer="Yes.", by=person)
    with pytest.raises(MayNotDecide):
        decide_appeal(appeal, uphold=True, answer="Yes.", by=make.role("auditor"))

    assert Appeal.objects.get().state == "filed"


def test_rejected_appeal_is_answered_by_letter_and_changes_nothing():
    run = decided()
    run.call.applications.update(language="ar")
    appeal = filed(run)
    officer = make.officer()

    with pytest.raises(ReasonMissing):
        decide_appeal(appeal, uphold=False, answer=" ", by=officer)
    decide_appeal(appeal, uphold=False, answer="قرئ الملحق الثاني.", by=officer)
    with pytest.raises(AppealDecided):
        decide_appeal(appeal, uphold=True, answer="Yes.", by=officer)

    letter = Message.objects.get(kind="selection/appeal")
    assert (letter.language, "قرئ الملحق الثاني." in letter.body) == ("ar", True)
    assert decision_of(run, 50).outcome == "declined"
    assert run.offers.count() == 1


def test_upheld_appeal_gets_the_place_that_is_free():
    run = decided((90, "M"), (50, "F"), places=2)
    third = decided((90, "M"), (80, "F"), (50, "F"), places=1)
    decline_offer(Offer.objects.get(run=third))  # 80 comes in
    decline_offer(Offer.objects.get(run=third, state="offered"))  # nobody waits: the place is free
    appeal = filed(third)

    decide_appeal(appeal, uphold=True, answer="The annex counts.", by=make.officer())

    offer = Offer.objects.get(application=decision_of(third, 50).application)
    assert (offer.state, offer.instead_of) == ("offered", None)
    assert Record.objects.get(act="offered place on appeal").after["beyond_places"] is False
    assert "A place is held for you." in Message.objects.get(kind="selection/appeal").body
    assert run.offers.count() == 2


def test_upheld_appeal_without_a_free_place_needs_an_act_of_its_own_with_a_reason():
    run = decided()
    appeal = filed(run)
    officer = make.officer()

    with pytest.raises(WrongState):
        offer_on_appeal(appeal, reason="Too early.", by=officer)
    decide_appeal(appeal, uphold=True, answer="The annex counts.", by=officer)
    assert run.offers.count() == 1
    with pytest.raises(ReasonMissing):
        offer_on_appeal(appeal, reason=" ", by=officer)
    offer = offer_on_appeal(appeal, reason="A chair more is in the hall.", by=officer)
    with pytest.raises(OfferAnswered):
        offer_on_appeal(appeal, reason="Again.", by=officer)

    record = Record.objects.get(act="offered place on appeal")
    assert (record.after["beyond_places"], record.reason) == (True, "A chair more is in the hall.")
    letter = Message.objects.get(key=f"selection/offer:{offer.application_id}")
    assert "After your appeal, a place is offered" in letter.body


def test_while_there_are_more_people_than_places_nobody_moves_in():
    run = decided()
    appeal = filed(run)
    decide_appeal(appeal, uphold=True, answer="Yes.", by=make.officer())
    offer_on_appeal(appeal, reason="A chair more.", by=make.officer())

    decline_offer(Offer.objects.filter(run=run).first())

    assert Offer.objects.filter(run=run).count() == 2


def here(call, **more):
    return {"edition": call.activity.edition.slug, "activity": call.activity.code, **more}


def test_applicant_reads_the_reason_files_and_withdraws_on_the_page(client):
    run = decided()
    decision = decision_of(run, 50)
    address = reverse("selection:own_decision", args=[decision.application.token])

    page = client.get(address)
    empty = client.post(address, {"file": "1", "text": ""})
    client.post(address, {"file": "1", "text": "Annex 2."})
    after = client.get(address)
    client.post(address, {"withdraw": "1"})
    end = client.get(address)

    assert "Not in the cohort: the mark was 50 of 100" in page.text
    assert "With more than 70 points it would have been in." in page.text
    assert page["Referrer-Policy"] == "no-referrer"
    assert (empty.status_code, Appeal.objects.count()) == (422, 1)
    assert "Annex 2." in after.text
    assert "Withdraw the appeal" in after.text
    assert "Withdrawn" in end.text


def test_arabic_reader_reads_it_right_to_left(client):
    run = decided()
    address = reverse("selection:own_decision", args=[decision_of(run, 50).application.token])

    page = client.get(address.replace("/en/", "/ar/"))

    assert 'dir="rtl"' in page.text


def test_after_the_window_the_page_says_so(client):
    run = decided()
    address = reverse("selection:own_decision", args=[decision_of(run, 50).application.token])

    with clock.replaying(timezone.now() + timedelta(days=30)):
        page = client.get(address)

    assert "The time to appeal is over. The last day was:" in page.text
    assert "File the appeal" not in page.text


def test_nobody_has_a_decision_page_before_the_letters(client):
    call = read_call((90, "F"), (80, "F"))
    run = propose_selection(call, by=None)
    for _time in range(2):
        sign_off(run, by=make.officer())

    for application in call.applications.all():
        address = reverse("selection:own_decision", args=[application.token])
        assert client.get(address).status_code == 404


def test_staff_decide_on_the_record_and_the_form_keeps_what_was_typed(sign_in):
    run = decided()
    appeal = filed(run)
    address = reverse("selection:appeal", kwargs=here(run.call, pk=appeal.pk))
    decide = reverse("selection:decide_appeal", kwargs=here(run.call, pk=appeal.pk))
    signer = sign_in(run.signoffs.first().person)
    client = sign_in(make.officer())

    own = signer.get(address)
    refused = signer.post(decide, {"decision": "uphold", "answer": "Because I say so."})
    register = client.get(reverse("selection:appeals", kwargs=here(run.call)))
    client.post(decide, {"decision": "uphold", "answer": "The annex counts."})
    upheld = client.get(address)
    client.post(
        reverse("selection:offer_on_appeal", kwargs=here(run.call, pk=appeal.pk)),
        {"reason": "A chair more.", "days_to_answer": "4"},
    )

    assert "somebody else must decide" in own.text
    assert (refused.status_code, "Because I say so." in refused.text) == (422, False)
    assert "Filed" in register.text
    assert "All places are held, so this is one beyond them." in upheld.text
    assert Offer.objects.filter(application=appeal.decision.application).exists()
