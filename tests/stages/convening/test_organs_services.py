"""Organs are set up with their rules; members join, are suspended, are succeeded, are taken over."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.foundation.files.errors import FileEmpty
from karvan.foundation.files.models import StoredFile
from karvan.foundation.records.models import Record
from karvan.stages.convening.errors import NotGiven, NumberTaken, Unreadable, WrongState
from karvan.stages.convening.models import Membership, Organ
from karvan.stages.convening.queries.organs_memberships import memberships_on
from karvan.stages.convening.services.organs import change_organ, create_organ
from karvan.stages.convening.services.organs_import import (
    import_members,
    keep_members_file,
    preview_members,
)
from karvan.stages.convening.services.organs_members import (
    add_member,
    set_member_status,
    succeed_member,
)
from tests import make

pytestmark = pytest.mark.django_db

RULES = {
    "abbreviation": "GC",
    "symbol_pattern": "{organ} {session}/{year}/{item}",
    "number_pattern": "{organ} {session}/R.{number}",
    "working_languages": ["en", "fr", "ar"],
    "majorities": {"default": "simple", "charter": "two_thirds"},
}


def table(text, name="members.csv", encoding="utf-8"):
    return SimpleUploadedFile(name, text.encode(encoding))


def test_an_organ_is_set_up_and_its_rules_are_changed_and_recorded():
    made = create_organ(code="gc", names={"en": "General Conference"}, by=None, **RULES)
    change_organ(made, quorum_numerator=2, quorum_denominator=3, by=None)

    held = Organ.objects.get(code="gc")
    assert (held.scope, held.quorum_numerator, held.quorum_denominator) == ("organs/gc", 2, 3)
    last = Record.objects.order_by("number").last()
    assert (last.act, last.before, last.after) == (
        "changed",
        {"quorum": "1/2 members"},
        {"quorum": "2/3 members"},
    )


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"symbol_pattern": "{organ} {itm}"}, "{itm}"),
        ({"number_pattern": "[{number}"}, "["),
        ({"working_languages": []}, "working language"),
        ({"quorum_numerator": 3, "quorum_denominator": 2}, "1 of 2"),
    ],
)
def test_rules_that_cannot_be_used_are_refused_and_nothing_is_made(change, word):
    with pytest.raises(NotGiven, match=word.replace("{", "\\{").replace("[", "\\[")):
        create_organ(code="gc", names={"en": "Conference"}, by=None, **{**RULES, **change})

    assert not Organ.objects.exists()


@pytest.mark.parametrize("code", ["gc", "new"])
def test_a_code_that_is_taken_or_that_addresses_need_is_refused(code):
    make.organ("gc")

    with pytest.raises(NumberTaken):
        create_organ(code=code, names={"en": "Another"}, by=None, **RULES)


def test_a_country_names_its_member_and_another_needs_a_name():
    organ = make.organ("gc")
    make.country("AZ")

    assert str(add_member(organ, code="az", by=None)) == "Azerbaijan"
    with pytest.raises(NotGiven, match="Write the name"):
        add_member(organ, code="YU", by=None)
    with pytest.raises(NumberTaken):
        add_member(organ, code="AZ", by=None)


def test_a_suspension_needs_its_reason_and_stands_in_the_history():
    member = make.membership(names={"en": "Syria"}, code="SY")

    with pytest.raises(NotGiven):
        set_member_status(member, status="suspended", status_reason=" ", by=None)
    set_member_status(member, status="suspended", status_reason="Decision of 2012", by=None)
    with pytest.raises(WrongState):
        set_member_status(member, status="suspended", status_reason="Again", by=None)

    member.refresh_from_db()
    assert (member.status, member.status_reason) == ("suspended", "Decision of 2012")
    acts = [(one.act, one.before, one.after, one.reason) for one in Record.objects.all()]
    assert acts == [
        ("status changed", {"status": "member"}, {"status": "suspended"}, "Decision of 2012")
    ]


def test_a_renamed_state_goes_on_under_its_new_name():
    former = make.membership(code="ZR", names={"en": "Zaire"}, starts_on=date(1970, 1, 1))

    after = succeed_member(
        former, code="CD", names={"en": "Democratic Republic of the Congo"}, on=date(1997, 5, 17), by=None,
    )  # fmt: skip

    former.refresh_from_db()
    assert (former.ends_on, former.succeeded_by, after.starts_on) == (
        date(1997, 5, 16),
        after,
        date(1997, 5, 17),
    )
    assert list(memberships_on(former.organ, date(1997, 5, 16))) == [former]
    assert list(memberships_on(former.organ, date(1997, 5, 17))) == [after]
    with pytest.raises(WrongState, match="already"):
        succeed_member(former, code="C2", names={"en": "X"}, on=date(1998, 1, 1), by=None)


def test_a_table_in_latin_1_is_taken_over_with_its_doubts():
    organ, officer = make.organ("gc"), make.officer()
    make.country("AZ"), make.country("MA")
    make.membership(organ, "MA", names={"en": "Morocco"})
    text = (
        "Code;Name;Name_fr;Status;Reason;Since\n"
        "AZ;Azerbaijan;Azerbaïdjan;Member;;1991-12-09\n"
        "MA;Morocco;Maroc;suspended;Decision 4;\n"
        "AZ;Again;;;;\n"
        ";No code;;;;\n"
        "YU;Yugoslavia;;retired;;yesterday\n"
        "XX;;;;;\n"
    )
    kept = keep_members_file(organ, upload=table(text, encoding="latin-1"), by=officer)

    shown = preview_members(organ, file=kept)
    assert organ.memberships.count() == 1
    taken = import_members(organ, file=kept, by=officer)

    assert shown == taken
    assert (taken.encoding, taken.count("new"), taken.count("changed")) == ("cp1252", 2, 1)
    az = organ.memberships.get(code="AZ")
    assert (az.names["fr"], az.starts_on) == ("Azerbaïdjan", date(1991, 12, 9))
    ma = organ.memberships.get(code="MA")
    assert (ma.status, ma.status_reason, ma.names) == (
        "suspended",
        "Decision 4",
        {"en": "Morocco", "fr": "Maroc"},
    )
    assert organ.memberships.get(code="YU").status == "member"
    lines = [line for line, _said in taken.doubts]
    assert lines == [4, 5, 6, 6, 6, 7]
    assert preview_members(organ, file=kept).count("same") == 3


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [("", FileEmpty, "empty"), ("Land,Hauptstadt\nAZ,Baku\n", Unreadable, "Land, Hauptstadt")],
)
def test_a_table_without_codes_is_refused_and_no_file_is_kept(text, error, words):
    with pytest.raises(error, match=words):
        keep_members_file(make.organ("gc"), upload=table(text), by=make.officer())

    assert not Membership.objects.exists()
    assert not StoredFile.objects.exists()


def test_more_than_twenty_thousand_lines_are_too_many_and_said():
    organ = make.organ("gc")
    text = "code,name\n" + "".join(f"S{n},State {n}\n" for n in range(20_001))

    with pytest.raises(Unreadable, match="the most we take"):
        keep_members_file(organ, upload=table(text), by=make.officer())
