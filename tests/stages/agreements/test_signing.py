"""From draft by clearance to signature; annexes; the signed copy."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.agreements.errors import ReasonMissing, WrongState
from karvan.stages.agreements.services import (
    add_annex,
    add_obligation,
    add_signatory,
    clear_agreement,
    remove_annex,
    reopen_agreement,
    set_term,
    sign_agreement,
    sign_for,
)
from tests import make

pytestmark = pytest.mark.django_db


def draft(**fields):
    paper = make.agreement(**fields)
    party = paper.parties.first()
    add_obligation(paper, number="1", party=party, texts={"en": "Rooms"}, by=None)
    for one in paper.parties.all():
        add_signatory(paper, party=one, name=f"For {one}", by=None)
    return paper


def sign(paper, **options):
    days = {"signed_on": date(2021, 2, 20), "in_force_from": date(2021, 3, 1), **options}
    return sign_agreement(paper, by=None, **days)


def test_a_draft_is_cleared_by_somebody_and_then_its_words_stand():
    paper, officer = draft(), make.officer()

    cleared = clear_agreement(paper, by=officer)

    assert (cleared.state, cleared.cleared_by) == ("cleared", officer)
    party = paper.parties.first()
    with pytest.raises(WrongState, match="cleared for signature"):
        add_obligation(cleared, number="2", party=party, texts={"en": "x"}, by=None)
    with pytest.raises(WrongState, match="cleared for signature"):
        add_annex(cleared, titles={"en": "Plan"}, by=None)
    add_signatory(cleared, party=party, name="A second one", by=None)


def test_nothing_is_cleared_without_a_clause_or_its_prevailing_words():
    with pytest.raises(WrongState, match="says nothing"):
        clear_agreement(make.agreement(), by=None)
    paper = draft(languages=["en", "ar"], prevailing_language="ar")
    with pytest.raises(WrongState, match="not written: 1"):
        clear_agreement(paper, by=None)

    paper.refresh_from_db()
    assert paper.state == "draft"


def test_a_draft_is_not_signed_before_it_is_cleared():
    with pytest.raises(WrongState, match="clear it for signature first"):
        sign(draft())


def test_a_cleared_agreement_goes_back_with_a_reason_unless_somebody_signed():
    paper = clear_agreement(draft(), by=None)
    with pytest.raises(ReasonMissing):
        reopen_agreement(paper, reason=" ", by=None)

    back = reopen_agreement(paper, reason="Clause 1 is to name the rooms", by=None)
    assert (back.state, back.cleared_at) == ("draft", None)
    clear_agreement(back, by=None)
    sign_for(paper.signatories.first(), signed_on=date(2021, 2, 18), place="Rabat", by=None)

    with pytest.raises(WrongState, match="Somebody has signed"):
        reopen_agreement(back, reason="Again", by=None)


def test_each_signatory_keeps_the_day_and_place_of_its_own_signature():
    paper = clear_agreement(draft(), by=None)
    first, second = paper.signatories.all()
    sign_for(first, signed_on=date(2021, 2, 18), place="Rabat", by=None)
    with pytest.raises(WrongState, match="written down already"):
        sign_for(first, signed_on=date(2021, 2, 19), by=None)
    with pytest.raises(WrongState, match="later day"):
        sign(paper, signed_on=date(2021, 2, 17))

    signed = sign(paper, place="Baku")

    assert signed.state == "in_force"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.signed_on, first.signed_at_place) == (date(2021, 2, 18), "Rabat")
    assert (second.signed_on, second.signed_at_place) == (date(2021, 2, 20), "Baku")


def test_nobody_signs_on_a_day_that_has_not_come():
    paper = clear_agreement(draft(), by=None)

    with pytest.raises(WrongState, match="has not come"):
        sign(paper, signed_on=date(2099, 1, 1), in_force_from=date(2099, 1, 1))
    with pytest.raises(WrongState, match="has not come"):
        sign_for(paper.signatories.first(), signed_on=date(2099, 1, 1), by=None)


def test_the_language_that_prevails_is_one_of_its_languages():
    paper = draft()
    with pytest.raises(WrongState, match="prevailing"):
        set_term(
            paper, renewal="tacit", renewal_days=60, languages=["en"], prevailing_language="ar", by=None
        )  # fmt: skip

    set_term(
        paper, renewal="tacit", renewal_days=60, languages=["en", "ar"], prevailing_language="en", by=None
    )  # fmt: skip

    paper.refresh_from_db()
    assert (paper.renewal, paper.renewal_days, paper.prevailing_language) == ("tacit", 60, "en")


def test_annexes_are_numbered_and_a_number_is_not_given_again():
    paper = draft()
    add_annex(paper, titles={"en": "Plan"}, by=None)
    second = add_annex(paper, titles={"en": "Budget"}, by=None)
    first = paper.annexes.get(number=1)

    remove_annex(first, by=None)
    third = add_annex(paper, titles={"en": "Rooms"}, by=None)

    assert (second.number, third.number) == (2, 3)
    assert Record.objects.filter(act="annex removed").count() == 1


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def url(name, paper, *more):
    return reverse(f"agreements:{name}", args=[paper.code, *more])


def test_an_agreement_goes_from_draft_to_signed_copy_on_screen(client, officer):
    paper = draft()
    annex = SimpleUploadedFile("plan.txt", b"Rooms and days")
    copy = SimpleUploadedFile("signed.txt", b"no paper")

    client.post(url("annex", paper), {"titles_en": "Plan", "upload": annex})
    client.post(url("clear", paper))
    one = paper.signatories.first()
    client.post(url("signature", paper, one.pk), {"signed_on": "2021-02-18", "place": "Rabat"})
    client.post(
        url("sign", paper),
        {"signed_on": "2021-02-20", "in_force_from": "2021-03-01", "place": "Baku"},
    )
    refused = client.post(url("document", paper), {"upload": copy})

    page = client.get(url("agreement", paper)).text
    for words in ("plan.txt", "Rabat", "Baku", "In force", "Cleared"):
        assert words in page
    assert refused.status_code == 422
    served = client.get(url("annex_file", paper, 1))
    assert b"".join(served.streaming_content) == b"Rooms and days"
    assert client.get(url("document", paper)).status_code == 404


def test_a_file_of_an_annex_is_not_for_others(client):
    paper = draft()
    add_annex(paper, titles={"en": "Plan"}, upload=SimpleUploadedFile("p.txt", b"x"), by=None)
    client.force_login(make.role("partner", party=make.party()))

    assert client.get(url("annex_file", paper, 1)).status_code == 404
