"""Resolutions: numbered at adoption, never again, and what becomes of their paragraphs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from karvan.stages.agreements.models import Commitment
from karvan.stages.convening.errors import NotGiven, NumberTaken, WrongState
from karvan.stages.convening.hall_symbols import resolution_number
from karvan.stages.convening.models import Resolution, ResolutionParagraph
from karvan.stages.convening.services.resolutions_adopting import enter_resolution
from karvan.stages.convening.services.resolutions_following import follow_up, say_no_follow_up
from tests import make

from .hall_world import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return hall(code="gc")


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_number_is_given_at_adoption_by_the_pattern(there):
    motions = [make.motion(there.session), make.motion(there.session, kind="decision")]
    lost = make.motion(there.session)
    there.carry(lost, "nnnnn")
    for motion in motions:
        there.carry(motion)

    numbers = list(Resolution.objects.order_by("pk").values_list("number", flat=True))

    assert numbers == ["GC 12/RES.1", "GC 12/DEC.1"]
    assert Resolution.objects.filter(motion=lost).count() == 0
    made = Resolution.objects.get(motion=motions[0])
    assert (made.vote.result, made.paragraphs.get().texts["en"]) == (
        "adopted",
        "Decides to meet again.",
    )


def test_where_the_pattern_has_no_kind_numbers_are_still_different():
    there = hall(number_pattern="{organ}/{year}/{number}", code="ex")
    for kind in ("resolution", "decision", "resolution"):
        there.carry(make.motion(there.session, kind=kind))
    numbers = Resolution.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["EX/2026/1", "EX/2026/2", "EX/2026/3"]


def test_a_pattern_that_cannot_be_used_refuses_and_changes_nothing():
    there = hall(number_pattern="{organ} {chapter}")
    motion = make.motion(there.session)
    with pytest.raises(NotGiven, match="must name {number}"):
        there.carry(motion)
    motion.refresh_from_db()
    assert motion.state == "introduced"
    assert motion.votes.get().result == "open"


def test_a_number_entered_from_old_papers_is_not_used_again(there):
    old = {
        "kind": "resolution",
        "titles": {"en": "Budget"},
        "adopted_at": make.moment(2021, 1, 1),
        "source": "Printed records",
        "by": there.officer,
    }
    enter_resolution(there.session, number="GC 12/RES.2", **old)
    with pytest.raises(NumberTaken, match="A number is never used twice"):
        enter_resolution(there.session, number="GC  12/RES.2 ", **old)
    there.carry(make.motion(there.session))
    numbers = Resolution.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["GC 12/RES.2", "GC 12/RES.3"]  # ordinal 1 is the printed one's
    with pytest.raises(NotGiven):
        enter_resolution(there.session, number="GC 12/RES.9", **{**old, "source": " "})


def test_a_resolution_is_never_deleted_renumbered_or_rewritten(there):
    there.carry(make.motion(there.session))
    for change in (
        lambda: Resolution.objects.update(number="GC 12/RES.9"),
        lambda: Resolution.objects.update(ordinal=9),
        lambda: Resolution.objects.all().delete(),
        lambda: ResolutionParagraph.objects.update(texts={"en": "Other."}),
        lambda: ResolutionParagraph.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Resolution.objects.get().number == "GC 12/RES.1"


def test_a_paragraph_with_owner_and_date_is_a_commitment_at_once_and_the_others_wait(there):
    motion = make.motion(there.session, operative=["Asks the host.", "Thanks the host."])
    first = motion.paragraphs.get(number="1")
    first.owner, first.due_on = make.party("host"), in_days(90)
    first.save()

    there.carry(motion)

    made = Commitment.objects.get()
    resolution = Resolution.objects.get()
    assert (made.origin, made.owner.code, made.due_on) == ("decision", "host", in_days(90))
    assert made.origin_words["en"] == "GC 12/RES.1 §1, Next venue"
    assert made.origin_address == (f"/organs/gc/{there.session.slug}/resolutions/{resolution.pk}/")
    assert made.decided_in.number == "1"
    assert resolution.paragraphs.get(number="2").commitment is None


def test_a_date_that_had_passed_at_adoption_waits_for_another(there):
    motion = make.motion(there.session)
    paragraph = motion.paragraphs.get()
    paragraph.owner, paragraph.due_on = make.party(), in_days(-30)
    paragraph.save()
    there.carry(motion)
    assert not Commitment.objects.exists()
    adopted = ResolutionParagraph.objects.get()
    with pytest.raises(NotGiven, match="before it was adopted"):
        follow_up(adopted, owner=make.party(), due_on=in_days(-30), by=there.officer)
    follow_up(adopted, owner=make.party(), due_on=in_days(30), by=there.officer)
    with pytest.raises(WrongState, match="a commitment already"):
        follow_up(adopted, owner=make.party(), due_on=in_days(30), by=there.officer)


def test_why_nothing_follows_is_said(there):
    there.carry(make.motion(there.session))
    adopted = ResolutionParagraph.objects.get()
    with pytest.raises(NotGiven):
        say_no_follow_up(adopted, reason=" ", by=there.officer)
    assert say_no_follow_up(adopted, reason="It only thanks.", by=there.officer).no_follow_up


def test_a_preambular_paragraph_is_not_followed_up(there):
    made = make.resolution(there.session, operative=[])
    preamble = ResolutionParagraph.objects.create(
        resolution=made, is_operative=False, number="a", texts={"en": "Recalling."}
    )
    with pytest.raises(WrongState, match="Only an operative"):
        follow_up(preamble, owner=make.party(), due_on=in_days(5), by=there.officer)


def test_a_carried_recommendation_is_one_in_the_ledger(there):
    motion = make.motion(there.session, kind="recommendation")
    motion.paragraphs.update(owner=make.party(), due_on=in_days(5))
    there.carry(motion)
    assert Commitment.objects.get().origin == "recommendation"


def test_a_number_leaves_out_what_a_pattern_has_in_brackets_where_it_is_not_given():
    session = make.statutory_session(
        make.organ("gc", number_pattern="{organ} {session}/{kind}.{number}[/{item}]"), ordinal=12
    )
    item = make.agenda_item(session, number="7.2")

    given = [
        resolution_number(session, kind="resolution", ordinal=3, item=one) for one in (None, item)
    ]

    assert given == ["GC 12/RES.3", "GC 12/RES.3/7.2"]
