"""Before somebody lifts the blind, no page, file, record or letter's copy says who is who."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from karvan.foundation import clock
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.selection.models import Appeal, Offer, SelectionRun
from karvan.stages.selection.services import (
    decline_offer,
    file_appeal,
    lift_blind,
    propose_selection,
    send_offers,
    sign_off,
)
from tests import make

from .pool import add_reads
from .test_appeals import decision_of

pytestmark = pytest.mark.django_db

# Values of attributes that stand nowhere else, so that finding one is finding a person's.
INSTITUTION, REGION = "Zwetschgen academy", "Quollberg"


@pytest.fixture
def run():
    document = make.small_document("Q")
    selection = document["activities"][0]["selection"]
    selection |= {"quotas": [], "appeal_days": 5}
    activity = make.activity(
        of=make.edition(of=make.blueprint(data=document)),
        planned_starts_on=clock.today() + timedelta(days=60),
    )
    make.role("coordinator", activity.edition.scope)
    call = make.call(activity, places=2)
    reading = make.review_round(call, reads_each=2)
    readers = [make.reviewer(reading) for _number in range(2)]
    for mark in (90, 80, 70, 60, 50):
        application = make.application(
            call,
            state="submitted",
            number=f"KV-QQZ-{mark}",
            full_name=f"Wilhelmina Quist{mark}",
            email=f"quist{mark}@example.org",
            attributes={"sex": "F", "institution": INSTITUTION, "region": REGION},
        )
        add_reads(application, readers, mark)
    quota = {
        "key": "academy",
        "title": make.texts("Academies"),
        "attribute": "institution",
        "values": [INSTITUTION],
        "floor": 1,
        "ceiling": None,
    }
    return propose_selection(call, quotas=[quota], seed="tests", by=make.officer())


def secrets(run):
    """Everything that would tell who is who."""
    found = {INSTITUTION, INSTITUTION.lower(), REGION}
    for one in run.call.applications.all():
        found |= {str(one.number), one.full_name, one.full_name.split()[1], one.email, one.token}
    return found


def room_of(client, run):
    """The room with a run, as pages and files, by address."""
    activity = run.call.activity
    at = {"edition": activity.edition.slug, "activity": activity.code}
    room = reverse("selection:room", kwargs=at)
    here = reverse("selection:run", kwargs={**at, "number": run.number})
    asked = (
        "",
        "?prices=1",
        f"?with={run.number}",
        "?sort=number",
        "?columns=name&columns=number&columns=reason",
        "?format=csv",
        "?format=xlsx",
    )
    addresses = [room, *(f"{here}{one}" for one in asked)]
    for one in run.decisions.all():
        own = reverse("selection:decision", kwargs={**at, "number": run.number, "pk": one.pk})
        addresses += [own, f"{own}?exact=1"]
    return read(client, addresses)


def everything(client, run):
    """Every other page and file of the selection, and what the desk shows of it, by address."""
    activity = run.call.activity
    at = {"edition": activity.edition.slug, "activity": activity.code}
    addresses = [
        reverse("selection:edition", args=[activity.edition.slug]),
        reverse("selection:offers", kwargs=at),
        f"{reverse('selection:offers', kwargs=at)}?columns=name&columns=number",
        reverse("selection:appeals", kwargs=at),
        reverse("selection:document", kwargs={**at, "number": run.number}),
        reverse("letters:outbox"),
        f"{reverse('letters:outbox')}?q=quist80",
        reverse("desk:changes"),
        reverse("desk:home"),
    ]
    addresses += [
        reverse("selection:offer_record", kwargs={**at, "pk": one.pk})
        for one in Offer.objects.all()
    ]
    addresses += [
        reverse("selection:appeal", kwargs={**at, "pk": one.pk}) for one in Appeal.objects.all()
    ]
    addresses += [
        reverse("letters:letter", args=[one.pk]) for one in Message.objects.filter(scope=run.scope)
    ]
    pack = reverse("selection:pack", kwargs={**at, "number": run.number})
    addresses += [f"{pack}?format=xlsx", f"{pack}?format=xlsx&lang=ar"]
    for register in (
        reverse("selection:offers", kwargs=at),
        reverse("selection:appeals", kwargs=at),
        reverse("letters:outbox"),
    ):
        addresses += [f"{register}?format=csv", f"{register}?format=xlsx"]
    return read(client, addresses)


def read(client, addresses):
    return {address: text_of(client.get(address)) for address in addresses}


def text_of(answer):
    """What an answer says, a workbook unpacked."""
    if "spreadsheet" in answer.get("Content-Type", ""):
        book = zipfile.ZipFile(io.BytesIO(answer.content))
        return "".join(book.read(name).decode() for name in book.namelist())
    return answer.content.decode()


def told_by(pages, run):
    """Which page tells which secret. The own names of the rubric's and quota's titles are none."""
    return {
        address: sorted(told)
        for address, text in pages.items()
        if (told := {one for one in secrets(run) if one in text})
    }


def test_nothing_tells_before_the_run_is_signed(sign_in, run):
    assert told_by(everything(sign_in(make.officer()), run), run) == {}


@pytest.mark.parametrize("is_signed", [False, True])
def test_room_tells_nothing(sign_in, run, is_signed):
    for _time in range(2 if is_signed else 0):
        sign_off(run, by=make.officer())
    propose_selection(run.call, quotas=[], by=None)

    assert told_by(room_of(sign_in(make.officer()), run), run) == {}


def test_nothing_tells_after_it_is_signed_offers_are_out_and_one_has_appealed(sign_in, run):
    for _time in range(2):
        sign_off(run, by=make.officer())
    send_offers(run, days_to_answer=5, by=make.officer())
    decline_offer(Offer.objects.first())
    mine = decision_of(run, 50)
    file_appeal(mine, text=f"I am {mine.application.full_name}, look again.")

    for person in (make.officer(), make.role("coordinator", run.call.activity.edition.scope)):
        assert told_by(everything(sign_in(person), run), run) == {}
    assert not any(
        one in str(row.after) + row.subject_label + row.reason
        for row in Record.objects.filter(subject_kind__startswith="selection.")
        for one in secrets(run)
    )


def test_lifting_shows_names_and_gives_the_document(sign_in, run):
    for _time in range(2):
        sign_off(run, by=make.officer())
    send_offers(run, days_to_answer=5, by=make.officer())
    client = sign_in(make.officer())
    activity = run.call.activity
    at = {"edition": activity.edition.slug, "activity": activity.code}
    client.post(
        reverse("selection:lift", kwargs={**at, "number": run.number}), {"reason": "Badges."}
    )

    pages = everything(client, SelectionRun.objects.get(pk=run.pk))

    assert "Wilhelmina Quist90" in pages[reverse("selection:offers", kwargs=at)]
    document = reverse("selection:document", kwargs={**at, "number": run.number})
    assert pages[document] == bytes(run.document).decode()


def test_document_is_not_given_before_and_its_hash_is_shown(sign_in, run):
    client = sign_in(make.officer())
    activity = run.call.activity
    at = {"edition": activity.edition.slug, "activity": activity.code, "number": run.number}

    answer = client.get(reverse("selection:document", kwargs=at), follow=True)

    assert "The document can be downloaded once the blind is lifted." in answer.text
    assert run.sha256 in answer.text


def test_another_run_of_the_call_is_blind_again(run):
    for _time in range(2):
        sign_off(run, by=make.officer())
    lift_blind(run, reason="Badges.", by=make.officer())

    second = propose_selection(run.call, quotas=[], by=None)

    assert second.blind_lifted_at is None
