"""Roll calls are read with every doubt named, and taken once however often they come."""

from __future__ import annotations

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.foundation.files.errors import FileNotAllowed
from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import NotGiven, Unreadable
from karvan.stages.convening.models import Membership, StatutorySession, Vote, VoteEvent
from karvan.stages.convening.services.tallies import keep_tables, take_roll_calls
from karvan.stages.convening.services.tallies_dates import read_day
from karvan.stages.convening.services.tallies_reading import read_roll_calls
from karvan.stages.convening.services.tallies_results import reckoned
from tests import make
from tests.shared import shared_path

from .tallies_tables import CALLS, VOTES, WRONG

pytestmark = pytest.mark.django_db


def read(votes=VOTES, calls=CALLS):
    return read_roll_calls(votes.encode(), calls.encode())


def take(organ, reading=None, **options):
    return take_roll_calls(organ, reading or read(), source="un.csv", by=None, **options)


def test_two_tables_are_joined_by_the_number_of_the_call():
    reading = read()

    assert reading.counts == {"yes": 5, "no": 3, "abstain": 2, "absent": 0}
    assert reading.calls[0].title == "RULES: To adopt a proposal, as amended"
    assert [call.day.isoformat() for call in reading.calls[:3]] == [
        "1946-01-01",
        "1946-01-02",
        "1990-05-01",
    ]
    assert ("NA", "Namibia") in reading.members


def test_every_doubt_is_named_and_what_is_doubtful_is_not_counted():
    reading = read(VOTES + WRONG)

    assert len(reading.votes_call) == 10
    assert reading.doubts.counts == {
        "date_in_days": 3,
        "missing_symbol": 1,
        "missing_short": 1,
        "repeated_vote": 1,
        "contradicting_vote": 1,
        "votes_without_call": 1,
        "unknown_vote": 1,
        "vote_of_nobody": 1,
        "short_line": 1,
        "call_without_votes": 1,
        "missing_code": 1,
    }
    shown = [str(one) for one in reading.doubts.examples["contradicting_vote"]]
    assert shown == ["line 13, column \u2068vote\u2069: \u20683: Azerbaijan\u2069"]
    assert reading.rows == 16


def test_one_table_that_says_all_is_read_alone_packed_and_in_an_old_encoding():
    table = (
        "undl_id;date;session;title;ms_code;ms_name;ms_vote\n"
        "77;2012-12-01;67;Élection;CI;Côte d'Ivoire;Y\n77;2012-12-01;67;Élection;DZ;Algérie;X\n"
    )

    reading = read_roll_calls(gzip.compress(table.encode("cp1252")))

    assert reading.counts == {"yes": 1, "no": 0, "abstain": 0, "absent": 1}
    assert reading.members[0] == ("CI", "Côte d'Ivoire")
    assert reading.calls[0].title == "Élection"
    assert reading.doubts.counts["old_encoding"] == 1


@pytest.mark.parametrize(
    ("votes", "calls", "said"),
    [
        ("a,b\n1,2\n", "", "no column rcid, vote, country"),
        ("rcid,vote\n1,yes\n", "", "no column country"),
        (VOTES, "number\n1\n", "no column rcid"),
        ("", "", "no column"),
    ],
)
def test_a_table_without_what_it_takes_is_refused_by_name(votes, calls, said):
    with pytest.raises(Unreadable, match=said):
        read_roll_calls(votes.encode(), calls.encode())


def test_a_damaged_packing_is_refused():
    with pytest.raises(Unreadable, match="does not unpack"):
        read_roll_calls(gzip.compress(VOTES.encode())[:40])


def test_days_are_read_as_they_are_written():
    assert [read_day(text)[0] and str(read_day(text)[0]) for text in (
        "-8766.0", "2012-12-01T10:00", "1.12.2012", "12/31/2012", "soon", "")
    ] == ["1946-01-01", "2012-12-01", "2012-12-01", "2012-12-31", None, None]  # fmt: skip


def test_sessions_members_and_votes_are_made_with_their_results():
    make.country("AZ")
    organ = make.organ("ga")

    done = take(organ)

    assert (done.sessions, done.members, done.events, done.votes) == (2, 5, 3, 10)
    first = VoteEvent.objects.get(identifier="1")
    assert (first.result, first.counts) == ("adopted", {"yes": 2, "no": 1, "abstain": 1})
    assert VoteEvent.objects.get(identifier="2").result == "rejected"
    assert (first.method, first.source) == ("roll_call", "un.csv · R/1/66")
    session = StatutorySession.objects.get(slug="ga-1")
    assert (str(session.starts_on), session.state) == ("1946-01-01", "closed")
    assert Membership.objects.get(code="AZ").country_id == "AZ"
    assert Membership.objects.get(names__en="Zanzibar").code == "ZANZIBAR"
    assert [record.act for record in Record.objects.all()] == ["roll calls taken"]


def test_the_same_tables_add_nothing_a_second_time_and_more_votes_add_theirs():
    organ = make.organ("ga")
    take(organ)

    again = take(organ)
    more = take(organ, read(VOTES + "4.0,Morocco,MA,yes\n"))

    assert (again.events, again.votes, again.known) == (0, 0, 10)
    assert (more.events, more.votes, more.sessions, more.members) == (1, 1, 0, 0)
    assert Vote.objects.count() == 11


def test_a_code_too_long_for_the_register_is_found_again_under_what_is_kept_of_it():
    votes = "rcid,country,country_code,vote,session,date\n1,Atlantis,ATLANTIS-OLD-1,yes,1,0\n"
    organ = make.organ("ga")
    take(organ, read_roll_calls(votes.encode()))

    again = take(organ, read_roll_calls(votes.encode()))

    assert (again.members, again.votes, Membership.objects.get().code) == (0, 0, "ATLANTIS-OLD")


def test_two_names_under_one_code_are_one_member_that_votes_once():
    votes = (
        "rcid,country,country_code,vote,session,date\n1,Zaire,CD,yes,1,0\n1,DR Congo,CD,yes,1,0\n"
    )
    reading = read_roll_calls(votes.encode())

    take(make.organ("ga"), reading)

    assert reading.doubts.examples["code_of_several"] == ["CD: DR Congo, Zaire"]
    assert reading.doubts.counts["repeated_vote"] == 1
    assert VoteEvent.objects.get().counts == {"yes": 1}
    assert Vote.objects.count() == 1


def test_nothing_to_take_is_said_and_leaves_nothing():
    reading = read_roll_calls(b"rcid,country,vote\n1,Morocco,yes\n")

    with pytest.raises(NotGiven):
        take(make.organ("ga"), reading)

    assert (VoteEvent.objects.count(), Membership.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("counts", "requirement", "result"),
    [
        ({"yes": 2, "no": 2}, "simple", "rejected"),
        ({"yes": 2, "no": 1, "abstain": 9}, "two_thirds", "adopted"),
        ({"yes": 3, "no": 2}, "two_thirds", "rejected"),
        ({"yes": 3, "no": 1}, "three_quarters", "adopted"),
        ({"yes": 5, "abstain": 6}, "absolute", "rejected"),
        ({"yes": 6, "abstain": 5}, "absolute", "adopted"),
        ({"yes": 6, "no": 1}, "unanimous", "rejected"),
        ({"yes": 6, "abstain": 1}, "unanimous", "adopted"),
        ({"abstain": 7}, "two_thirds", "rejected"),
    ],
)
def test_a_result_is_reckoned_by_the_majority(counts, requirement, result):
    assert reckoned(counts, requirement, base=11)[0] == result


def test_tables_are_uploaded_looked_at_and_taken_on_screen(client):
    organ = make.organ("ga")
    client.force_login(make.officer())
    sent = {
        "votes": SimpleUploadedFile("v.csv.gz", gzip.compress((VOTES + WRONG).encode())),
        "calls": SimpleUploadedFile("c.csv", CALLS.encode()),
    }

    shown = client.post(reverse("convening:tallies_import", args=["ga"]), sent, follow=True)

    assert "Votes in words we do not know" in shown.text
    assert Vote.objects.count() == 0
    files = StoredFile.objects.order_by("pk").values_list("pk", flat=True)
    typed = {"requirement": "two_thirds", "language": "en"}
    address = reverse("convening:tallies_take", args=["ga", *files])
    done = client.post(address, typed, follow=True)
    assert "Votes taken over: 10" in done.text
    assert VoteEvent.objects.filter(requirement="two_thirds").count() == 3
    assert organ.sessions.count() == 2


def test_a_few_stray_control_characters_are_spaces_and_many_are_no_table():
    organ, rest = make.organ("ga"), "5,1.0,,1990-05-01,,,,Budget,\n" * 100
    calls = SimpleUploadedFile("c.csv", (CALLS.replace("NOBODY", "NO\bBODY") + rest).encode())
    program = SimpleUploadedFile("v.csv", VOTES.encode() + b"\x01\x02" * 50)

    _votes, kept = keep_tables(
        organ, votes=SimpleUploadedFile("v.csv", VOTES.encode()), calls=calls, by=None
    )

    with open_file(kept) as file:
        assert b"NO BODY VOTED" in file.read()
    with pytest.raises(FileNotAllowed):
        keep_tables(organ, votes=program, by=None)


def test_an_unreadable_table_is_refused_on_screen_and_not_kept(client):
    make.organ("ga")
    client.force_login(make.officer())
    sent = {"votes": SimpleUploadedFile("v.csv", b"a,b\n1,2\n")}

    answer = client.post(reverse("convening:tallies_import", args=["ga"]), sent)

    assert answer.status_code == 422
    assert "there is no column rcid" in answer.text
    assert StoredFile.objects.count() == 0


def test_the_published_roll_calls_are_read_whole():
    votes = shared_path("inputs/unvotes/un_votes.csv.gz").read_bytes()
    calls = shared_path("inputs/unvotes/un_roll_calls.csv.gz").read_bytes()

    reading = read_roll_calls(votes, calls)

    assert (len(reading.calls), len(reading.members)) == (6203, 200)
    assert reading.counts == {"yes": 693664, "no": 65548, "abstain": 110897, "absent": 0}
    assert sorted(reading.doubts.examples["missing_code"]) == [
        "Federal Republic of Germany",
        "Yemen Arab Republic",
        "Zanzibar",
    ]
    assert set(reading.doubts.counts) == {
        "date_in_days",
        "missing_code",
        "missing_descr",
        "missing_short",
        "missing_symbol",
    }
