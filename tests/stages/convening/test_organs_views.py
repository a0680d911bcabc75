"""Screens of organs and their members through the real client."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.stages.convening.models import Organ
from tests import make
from tests.foundation.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def to(name, *more):
    return reverse(f"convening:{name}", args=["gc", *more])


def organ_typed(**more):
    return {
        "code": "gc", "names_en": "General Conference", "abbreviation": "GC",
        "symbol_pattern": "{organ} {session}/{year}/{item}", "number_pattern": "{organ}/R.{number}",
        "working_languages": ["en", "ar"], "quorum_is_more_than": "yes", "quorum_numerator": 1,
        "quorum_denominator": 2, "quorum_base": "not_suspended", "documents_days": 42,
        "convocation_days": 60, "majority_default": "simple", "majority_charter": "two_thirds", **more,
    }  # fmt: skip


def test_an_organ_is_set_up_on_screen_and_a_bad_pattern_keeps_what_was_typed(client, officer):
    refused = client.post(
        reverse("convening:new_organ"), organ_typed(symbol_pattern="{organ} {wrong}")
    )
    client.post(reverse("convening:new_organ"), organ_typed())
    page = client.get(reverse("convening:organ", args=["gc"]))

    assert refused.status_code == 422
    assert "{organ} {wrong}" in refused.text
    assert Organ.objects.get().majorities == {"default": "simple", "charter": "two_thirds"}
    assert "more than 1 of 2 of members not suspended" in page.text
    assert "two thirds of those present and voting" in page.text


def test_an_organs_rules_are_changed_and_majorities_of_its_own_are_kept(client, officer):
    make.organ("gc", majorities={"default": "simple", "elections_of_experts": "absolute"})

    shown = client.get(to("change_organ"))
    client.post(to("change_organ"), organ_typed(majority_budget="unanimous"))

    assert "{organ} {session}/{year}/{item}{rev}{status}" in shown.text
    assert Organ.objects.get().majorities == {
        "elections_of_experts": "absolute",
        "default": "simple",
        "charter": "two_thirds",
        "budget": "unanimous",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_registers_cost_the_same_for_one_row_and_three(
    client, officer, count, django_assert_num_queries
):
    organ = make.organ("gc")
    for number in range(count):
        make.membership(organ, f"S{number}", party=make.party())
        make.organ(f"other-{number}")

    with django_assert_num_queries(6):
        assert client.get(reverse("convening:organs")).status_code == 200
    with django_assert_num_queries(6):
        assert client.get(to("members")).status_code == 200


def test_a_member_is_added_suspended_and_succeeded_on_screen(client, officer):
    organ = make.organ("gc")
    make.country("AZ")
    client.post(to("new_member"), {"code": "AZ", "status": "member"})
    refused = client.post(to("new_member"), {"code": "AZ", "status": "member", "names_en": "Kept"})
    member = organ.memberships.get()
    reasonless = client.post(to("member_status", member.pk), {"status": "suspended"})
    client.post(to("member_status", member.pk), {"status": "suspended", "status_reason": "Fees"})
    page = client.get(to("member", member.pk))
    client.post(
        to("succeed_member", member.pk), {"code": "AZ2", "names_en": "New", "on": "2026-01-01"}
    )

    assert (refused.status_code, reasonless.status_code) == (422, 422)
    assert "Kept" in refused.text
    assert "Suspended: Fees" in page.text
    member.refresh_from_db()
    assert member.succeeded_by.code == "AZ2"


def test_members_are_taken_over_from_a_table_that_was_looked_at_first(client, officer):
    organ = make.organ("gc")
    upload = SimpleUploadedFile("m.csv", b"code,name\nAZ,Azerbaijan\nAZ,Twice\n")

    kept = client.post(to("members_import"), {"upload": upload}, follow=True)
    assert "Take 1 member over" in kept.text
    assert "twice" in kept.text
    assert not organ.memberships.exists()
    client.post(kept.redirect_chain[-1][0])

    assert str(organ.memberships.get()) == "Azerbaijan"


def test_a_table_that_is_none_is_refused_in_words(client, officer):
    make.organ("gc")
    upload = SimpleUploadedFile("m.pdf", samples.pdf())

    refused = client.post(to("members_import"), {"upload": upload})

    assert (refused.status_code, "Here we take" in refused.text) == (422, True)


def test_the_sessions_ahead_stand_over_the_register_of_organs(client, officer):
    session = make.statutory_session(make.organ("gc"), state="convoked")
    make.statutory_session(
        session.organ,
        titles={"en": "Long past"},
        starts_on=date(2015, 11, 26),
        ends_on=date(2015, 11, 27),
    )
    session.titles, session.ends_on = {"en": "Twelfth"}, date(2999, 1, 1)
    session.save()

    page = client.get(reverse("convening:organs")).text

    assert ("Twelfth" in page, "Long past" in page) == (True, False)
