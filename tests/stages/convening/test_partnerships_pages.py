"""Screens of partnerships, through the real client."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from karvan.stages.convening.models import Forum, Partnership
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def one_url(name, one):
    return reverse(f"convening:{name}", args=[one.pk])


def test_a_request_goes_from_entry_to_grant_on_screen(client, officer):
    party, partner = make.party(), make.party()
    typed = {
        "party": party.pk,
        "partner": partner.pk,
        "kind": "official_partner",
        "criteria": "Works in two countries\n\nReports each year",
    }

    client.post(reverse("convening:partnership_ask"), typed)
    one = Partnership.objects.get()
    refused = client.post(
        one_url("partnership_grant", one), {"starts_on": "2022-01-01", "instrument": "Letter"}
    )
    for number in (1, 2):
        client.post(one_url("partnership_judge", one), {"number": number, "is_met": "yes"})
    client.post(
        one_url("partnership_grant", one), {"starts_on": "2022-01-01", "instrument": "Letter"}
    )

    assert refused.status_code == 422
    assert "Judge every criterion" in refused.text
    assert "Letter" in refused.text
    one.refresh_from_db()
    assert (one.state, [c["met"] for c in one.criteria]) == ("granted", [True, True])


@time_machine.travel("2026-05-01")
def test_what_ran_out_and_what_is_overdue_is_shown(client, officer):
    over = make.partnership(starts_on=date(2020, 1, 1), ends_on=date(2025, 1, 1))
    late = make.partnership(starts_on=date(2020, 1, 1), report_due_on=date(2026, 1, 1))
    make.partnership()

    page = client.get(one_url("partnership", over)).text
    assert "Run out" in page
    assert "Its last day is over" in page
    assert "has not come" in client.get(one_url("partnership", late)).text
    for filter_, found in (("late", late), ("over", over)):
        listed = client.get(reverse("convening:partnerships"), {"show": filter_})
        rows = [line.row for line in listed.context["register"].lines]
        assert rows == [found]


def test_a_partner_sees_what_its_party_is_and_no_more(client):
    party = make.party()
    own, other = make.partnership(party=party), make.partnership()
    towards = make.partnership(partner=party)
    client.force_login(make.role("partner", party=party))

    assert client.get(one_url("partnership", own)).status_code == 200
    assert client.get(one_url("partnership", towards)).status_code == 200
    assert client.get(one_url("partnership", other)).status_code == 404
    assert client.post(one_url("partnership_end", own)).status_code == 403
    assert client.get(reverse("convening:partnership_ask")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_registers_cost_the_same_for_one_row_and_three(
    client, officer, django_assert_num_queries, rows
):
    for _row in range(rows):
        make.partnership(forum=make.forum(led_by=make.party()))
    for name in ("partnerships", "forums"):
        with django_assert_num_queries(5):
            assert client.get(reverse(f"convening:{name}")).status_code == 200


def test_partnerships_are_found_by_names_in_any_language(client, officer):
    forum = make.forum(names={"en": "World Forum", "az": "Dünya Forumu"})
    make.partnership(forum=forum)
    make.partnership()

    listed = client.get(reverse("convening:partnerships"), {"q": "dunya"})

    assert len(listed.context["register"].lines) == 1


def test_a_forum_says_who_is_what_to_it(client, officer):
    client.post(
        reverse("convening:forum_new"),
        {"names_en": "The Process", "code": "process", "kind": "process"},
    )
    forum = Forum.objects.get()
    one = make.partnership(forum=forum)

    page = client.get(reverse("convening:forum", args=["process"])).text
    again = client.post(
        reverse("convening:forum_new"),
        {"names_en": "Other", "code": "process", "kind": "process"},
    )

    assert str(one.party) in page
    assert "Official partner" in page
    assert again.status_code == 422
    assert "already a forum" in again.text
    client.post(
        reverse("convening:forum_change", args=["process"]),
        {"names_en": "The Baku Process", "kind": "process", "source": "Its site"},
    )
    forum.refresh_from_db()
    assert (forum.names["en"], forum.source) == ("The Baku Process", "Its site")
