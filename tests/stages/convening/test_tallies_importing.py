"""Large tables of roll calls are left to the worker, watched, broken off, gone on with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from karvan.config import background
from karvan.foundation import clock
from karvan.foundation.files.models import StoredFile
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import WrongState
from karvan.stages.convening.models import (
    Membership,
    RollCallImport,
    StatutorySession,
    Vote,
    VoteEvent,
)
from karvan.stages.convening.services import tallies_importing as importing
from karvan.stages.convening.services.tallies import keep_tables
from karvan.stages.convening.tallies_tasks import run_import
from tests import make

from .tallies_tables import CALLS, VOTES, WRONG

pytestmark = pytest.mark.django_db
TYPED = {"requirement": "two_thirds", "language": "en"}


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Sixteen rows are many, and four votes are a part of their own."""
    monkeypatch.setattr(importing, "SMALL", 10)
    monkeypatch.setattr(importing, "PART", 4)


@pytest.fixture
def officer(client):
    person = make.officer()
    client.force_login(person)
    return person


def kept(organ, votes=VOTES + WRONG, calls=CALLS):
    return keep_tables(
        organ,
        votes=SimpleUploadedFile("votes.csv", votes.encode()),
        calls=SimpleUploadedFile("calls.csv", calls.encode()) if calls else None,
        by=None,
    )


def asked(organ, by=None, **tables):
    votes, calls = kept(organ, **tables)
    one, is_new = importing.ask_import(organ, votes=votes, calls=calls, by=by, **TYPED)
    assert is_new
    return one


def counted():
    """How many rows there are of all that an import makes."""
    return tuple(model.objects.count() for model in (StatutorySession, Membership, VoteEvent, Vote))


def breaking(monkeypatch, after):
    """Let the worker die after so many parts are written."""
    written = []
    plain = importing.write_calls

    def write(taking, places):
        if len(written) == after:
            raise OSError("no space left on device")
        written.append(places)
        return plain(taking, places)

    monkeypatch.setattr(importing, "write_calls", write)


def test_lines_below_the_head_are_counted_whether_the_last_one_ends_or_not():
    organ = make.organ("ga")

    assert importing.rows_in(kept(organ)[0]) == 16
    assert importing.rows_in(kept(organ, votes=(VOTES + WRONG).rstrip("\n"))[0]) == 16


def test_large_tables_are_left_to_the_worker_and_a_page_says_how_far_they_are(client, officer):
    organ = make.organ("ga")
    votes, calls = kept(organ)
    address = reverse("convening:tallies_take", args=["ga", votes.pk, calls.pk])

    page = client.post(address, TYPED, follow=True)

    assert Vote.objects.count() == 0
    assert "Waiting" in page.text
    assert "0 of 16" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert 'hx-trigger="every 3s"' in page.text
    assert background.run_one("worker")
    one = RollCallImport.objects.get()
    done = client.get(reverse("convening:tallies_taking", args=["ga", one.pk])).text
    assert (one.state, one.rows_done, one.rows_total) == ("taken", 16, 16)
    assert one.taken == {"sessions": 2, "members": 5, "events": 3, "votes": 10}
    assert counted() == (2, 5, 3, 10)
    assert "16 of 16" in done
    assert "Votes in words we do not know" in done
    assert reverse("convening:tallies", args=["ga"]) in done.split('id="taken"')[1]
    assert "refresh" not in done
    assert VoteEvent.objects.filter(requirement="two_thirds").count() == 3


def test_small_tables_stay_in_the_request(client, officer):
    votes, calls = kept(make.organ("ga"), votes=VOTES)
    address = reverse("convening:tallies_take", args=["ga", votes.pk, calls.pk])

    page = client.post(address, TYPED, follow=True)

    assert "Votes taken over: 10" in page.text
    assert (RollCallImport.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_two_clicks_start_it_once(client, officer):
    votes, calls = kept(make.organ("ga"))
    address = reverse("convening:tallies_take", args=["ga", votes.pk, calls.pk])

    first = client.post(address, TYPED)
    second = client.post(address, TYPED)

    assert first.url == second.url
    assert (RollCallImport.objects.count(), DBTaskResult.objects.count()) == (1, 1)
    background.run_one("worker")
    third = client.post(address, TYPED)
    assert (third.url, DBTaskResult.objects.count()) == (first.url, 1)


def test_run_again_imports_nothing_twice():
    one = asked(make.organ("ga"))
    importing.run_import(one, by=None)
    before = counted()

    importing.run_import(one, by=None)
    other = asked(one.organ)  # the same tables, uploaded once more
    again = importing.run_import(other, by=None)

    assert counted() == before == (2, 5, 3, 10)
    assert again.state == "taken"
    assert again.taken == {"sessions": 0, "members": 0, "events": 0, "votes": 0}
    assert Record.objects.filter(act="roll calls taken").count() == 2


def test_what_broke_off_half_way_is_gone_on_with(monkeypatch):
    one = asked(make.organ("ga"))
    with monkeypatch.context() as broken:
        breaking(broken, after=1)
        with pytest.raises(OSError):
            importing.run_import(one, by=None)
    one.refresh_from_db()
    assert (one.state, one.taken["votes"]) == ("failed", 4)
    assert 0 < one.rows_done < one.rows_total
    first = set(Vote.objects.values_list("pk", flat=True))
    assert len(first) == 4

    importing.run_import(importing.ask_import_again(one, by=None), by=None)

    one.refresh_from_db()
    assert (one.state, one.rows_done) == ("taken", 16)
    assert one.taken == {"sessions": 2, "members": 5, "events": 3, "votes": 10}
    assert counted() == (2, 5, 3, 10)
    assert first < set(Vote.objects.values_list("pk", flat=True))


def test_a_part_that_breaks_off_leaves_none_of_its_votes(monkeypatch):
    one = asked(make.organ("ga"))
    with monkeypatch.context() as broken:
        broken.setattr(importing, "_add", _add_until_votes)
        with pytest.raises(OSError):
            importing.run_import(one, by=None)

    assert counted() == (2, 5, 0, 0)
    importing.run_import(one, by=None)
    assert counted() == (2, 5, 3, 10)


def _add_until_votes(held, **more):
    if "votes" in more:
        raise OSError("the machine was switched off")


def test_the_worker_tries_again_by_itself_what_broke_off(monkeypatch, client, officer):
    one = asked(make.organ("ga"), by=officer)
    run_import.enqueue(one.pk)
    with monkeypatch.context() as broken:
        breaking(broken, after=1)
        background.run_one("first")
    page = client.get(reverse("convening:tallies_taking", args=["ga", one.pk])).text
    assert "Broken off" in page
    assert "tried again by itself" in page
    DBTaskResult.objects.update(run_after=clock.now() - timedelta(minutes=1))

    background.run_one("second")

    one.refresh_from_db()
    assert one.state == "taken"
    assert counted() == (2, 5, 3, 10)


def test_a_run_beside_another_that_has_ended_changes_nothing(monkeypatch):
    one = asked(make.organ("ga"))
    plain = importing.read_tables

    def overtaken(*tables):
        monkeypatch.setattr(importing, "read_tables", plain)
        importing.run_import(one, by=None)
        return plain(*tables)

    monkeypatch.setattr(importing, "read_tables", overtaken)
    importing.run_import(one, by=None)

    one.refresh_from_db()
    assert (one.state, one.rows_done) == ("taken", 16)
    assert one.taken == {"sessions": 2, "members": 5, "events": 3, "votes": 10}
    assert counted() == (2, 5, 3, 10)
    assert Record.objects.filter(act="roll calls taken").count() == 1


def test_what_can_be_run_again_on_screen_and_what_not(client, officer):
    one = asked(make.organ("ga"), by=officer)
    page, again = (
        reverse(f"convening:{name}", args=["ga", one.pk])
        for name in ("tallies_taking", "tallies_take_again")
    )
    with pytest.raises(WrongState):
        importing.ask_import_again(one, by=officer)
    refused = client.post(again, follow=True)
    assert "still being taken over" in refused.text
    assert DBTaskResult.objects.count() == 0
    RollCallImport.objects.update(state="taking", moved_at=clock.now() - timedelta(minutes=6))

    stuck = client.get(page).text
    client.post(again)
    client.post(again)

    assert "Perhaps the worker is not running" in stuck
    assert "Run it again" in stuck
    assert 'http-equiv="refresh"' not in stuck
    assert DBTaskResult.objects.count() == 1
    assert background.run_one("worker")
    assert counted() == (2, 5, 3, 10)


def test_a_reason_and_its_places_are_read_in_the_readers_language(client, officer):
    table = "rcid,country,country_code,Ballot\n" + "1,Morocco,MA,maybe\n1,Kenya,KE,yes\n" * 6
    one = asked(make.organ("ga"), by=officer, votes=table, calls=None)

    done = importing.run_import(one, by=officer)

    assert done.state == "failed"
    assert Vote.objects.count() == 0
    said = {}
    for language in ("en", "fr", "ar", "az"):
        with override(language):
            address = reverse("convening:tallies_taking", args=["ga", one.pk])
        said[language] = client.get(address).text
        assert done.reason[language] in said[language]
    assert len(set(done.reason.values())) == 4
    assert "line 2, column \u2068Ballot\u2069: \u2068“maybe”\u2069" in said["en"]
    assert "ligne 2, colonne \u2068Ballot\u2069" in said["fr"]
    assert "Ballot" in said["ar"]
    assert "line 2" not in said["ar"] + said["az"]


def test_the_tally_links_to_what_is_under_way_for_those_who_may_import(client, officer, sign_in):
    one = asked(make.organ("ga"), by=officer)
    page, link = (
        reverse("convening:tallies", args=["ga"]),
        reverse("convening:tallies_taking", args=["ga", one.pk]),
    )

    assert link in client.get(page).text
    assert link not in sign_in(make.role("auditor")).get(page).text
    importing.run_import(one, by=None)
    client.force_login(officer)
    assert link not in client.get(page).text


def test_the_tables_stay_uploaded_and_an_import_of_another_organ_is_not_reached(client, officer):
    one = asked(make.organ("ga"))
    make.organ("gc")

    other = client.get(reverse("convening:tallies_taking", args=["gc", one.pk]))

    assert other.status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        RollCallImport.objects.update(rows_done=17)
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_much_was_read(
    count, client, officer, django_assert_num_queries
):
    one = asked(make.organ("ga"), by=officer, votes=VOTES + WRONG * count)
    importing.run_import(one, by=None)
    page = reverse("convening:tallies_taking", args=["ga", one.pk])
    client.get(page)

    with django_assert_num_queries(5):
        client.get(page)
