"""Section 1: EMDN codes, the UDI's check digit, papers, labels; and how a dossier starts."""

from __future__ import annotations

from datetime import date

import pint
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from karvan.foundation.files.errors import FileNotAllowed
from karvan.foundation.records.models import Record
from karvan.stages.dossiers import emdn, gates, udi
from karvan.stages.dossiers.device_types import seeds
from karvan.stages.dossiers.errors import NotGiven, Stopped, WrongState
from karvan.stages.dossiers.models import DeviceType, DeviceUnit, Risk
from karvan.stages.dossiers.models import TestCase as Case
from karvan.stages.dossiers.services.identifying import add_label, describe_unit, remove_label
from karvan.stages.dossiers.services.starting import add_member, remove_member, start_dossier
from karvan.stages.dossiers.services.stopping import stop_dossier
from karvan.stages.dossiers.services.using import describe_use, record_function_test
from tests import make
from tests.shared import shared_path
from tests.stages.dossiers.bench_world import picture

# --- the list of codes ---------------------------------------------------------------------


def test_the_list_is_whole_and_keeps_its_rule():
    listed = emdn.terms()

    assert (len(listed), sum(len(code) == 1 for code in listed)) == (8453, 23)
    assert all(emdn.is_code(code) for code in listed)
    assert all(emdn.parent_of(code) in listed for code in listed if len(code) > 1)


def test_the_list_is_that_of_the_source():
    source = shared_path("facts/emdn.csv").read_text(encoding="utf-8").splitlines()
    ours = [line for line in emdn.TABLE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]

    assert ours == source


@pytest.mark.parametrize(
    "text", ["z12", "Z1", "Z123", "12", "", "Z12030204081234", "Z12-03", "Ə12"]
)
def test_what_is_no_code_is_none(text):
    assert not emdn.is_code(text)


def test_parents_lead_from_the_category_down():
    above = [code for code, _term in emdn.parents_of("Z1203020408")]

    assert above == ["Z", "Z12", "Z1203", "Z120302", "Z12030204"]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("pulse oximeter", "Z1203020408"),
        ("infusion pumps", "Z12030301"),
        ("neonatal incubator", "Z12080403"),
        ("thermal cycler", "W02039006"),
        ("GLUCOSE METER", "W0201060102"),
    ],
)
def test_a_word_finds_its_code(asked, first):
    assert first in [one.code for one in emdn.search(asked)][:5]


def test_a_code_finds_itself_and_what_is_below():
    assert [one.code for one in emdn.search("w02069003")][0] == "W02069003"
    assert all(one.code.startswith("Z1203") for one in emdn.search("Z1203"))


def test_words_that_no_term_has_find_nothing():
    assert emdn.search("zebra pump") == emdn.search("  ") == emdn.search("!?") == []


# --- the UDI -------------------------------------------------------------------------------


@given(st.text("0123456789", min_size=13, max_size=13))
def test_only_the_right_last_digit_passes_and_it_is_named(digits):
    right = udi.check_digit(digits)

    assert udi.wrong(f"{digits}{right}") == ""
    for other in set(range(10)) - {right}:
        assert f"should be {right}" in udi.wrong(f"{digits}{other}")


@given(st.text("0123456789", min_size=13, max_size=13), st.integers(0, 12), st.integers(1, 9))
def test_one_digit_read_wrongly_is_always_found(digits, place, off):
    whole = f"{digits}{udi.check_digit(digits)}"
    misread = f"{whole[:place]}{(int(whole[place]) + off) % 10}{whole[place + 1 :]}"

    assert udi.wrong(misread)


@pytest.mark.parametrize("digits", ["0061414100003", "0950600013435"])
def test_check_digits_of_published_examples(digits):
    published = {"0061414100003": 6, "0950600013435": 2}

    assert udi.check_digit(digits) == published[digits]


@pytest.mark.parametrize(
    ("di", "says"),
    [
        ("4006381333931", "04006381333931"),
        ("123", "this has 3"),
        ("123456789012345", "this has 15"),
        ("+H123PARTNO1234567890", ""),
        ("=/W1234", ""),
        ("", ""),
    ],
)
def test_other_lengths_and_other_agencies(di, says):
    assert (says in udi.wrong(di)) if says else udi.wrong(di) == ""


@pytest.mark.parametrize(
    ("serial", "masks", "shown"),
    [
        ("AB123456", True, "•••56"),
        ("AB123456", False, "AB123456"),
        ("123", True, "•••"),
        ("", True, ""),
    ],
)
def test_a_serial_number_is_masked_in_public(serial, masks, shown):
    assert udi.serial_in_public(DeviceUnit(serial=serial, masks_serial=masks)) == shown


# --- the device ----------------------------------------------------------------------------


@pytest.fixture
def dossier(db):
    return make.dossier()


@pytest.fixture
def member(dossier):
    return make.member(dossier).enrolment.person


def test_only_what_changed_is_recorded(dossier, member):
    describe_unit(dossier, manufacturer=" Nellcor ", emdn="z1203020408", by=member)
    describe_unit(dossier, manufacturer="Nellcor", emdn="Z1203020408", by=member)

    unit = DeviceUnit.objects.get(dossier=dossier)
    assert (unit.manufacturer, unit.emdn) == ("Nellcor", "Z1203020408")
    assert Record.objects.filter(act="described device").count() == 1


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"emdn": "Z1203X"}, "no EMDN code"),
        ({"emdn": "Z12030204089911"}, "no EMDN code"),
        ({"emdn": "Z1203020477"}, "nearest above it is Z12030204"),
        ({"udi_di": "(01) 0061414 1000037"}, "should be 6"),
        ({"made_year": 2999}, "2999"),
        ({"decontaminated_on": date(2999, 1, 1)}, "still to come"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(dossier, member, values, says):
    with pytest.raises(NotGiven, match=says):
        describe_unit(dossier, model="N-65", by=member, **values)

    assert DeviceUnit.objects.get(dossier=dossier).model == ""


def test_a_udi_is_taken_as_it_stands_on_the_label(dossier, member):
    assert (
        describe_unit(dossier, udi_di="(01)0061414 1000036", by=member).udi_di == "00614141000036"
    )


def test_papers_are_kept_and_replaced(dossier, member):
    describe_unit(dossier, permission=picture("one.png"), by=member)
    unit = describe_unit(dossier, certificate=picture("two.png"), by=member)

    assert (unit.owner_permission.name, unit.decontamination_file.name) == ("one.png", "two.png")


def test_labels_come_and_go(dossier, member):
    photo = add_label(dossier, picture=picture(), caption="Type plate", by=member)
    with pytest.raises(FileNotAllowed):
        add_label(dossier, picture=SimpleUploadedFile("x.txt", b"no picture"), by=member)

    remove_label(photo, by=member)

    assert dossier.unit.label_photos.count() == 0
    assert set(Record.objects.values_list("act", flat=True)) >= {"added label", "removed label"}


def test_a_stopped_bench_changes_nothing(dossier, member):
    stop_dossier(dossier, reason="Smoke", by=make.bench_trainer(dossier.activity, "SAFETY"))

    with pytest.raises(Stopped):
        describe_unit(dossier, model="N-65", by=member)
    with pytest.raises(Stopped):
        add_label(dossier, picture=picture(), by=member)


def test_the_function_test_stays_once_the_device_is_open(dossier, member):
    record_function_test(dossier, works="Switches on.", faults="none", by=member)
    dossier.refresh_from_db()
    assert dossier.function_test["by"] == str(member)
    dossier.state = "teardown"
    dossier.save()

    with pytest.raises(WrongState):
        record_function_test(dossier, works="It never did.", by=member)
    with pytest.raises(NotGiven):
        record_function_test(make.dossier(dossier.activity), works=" ", by=member)


def test_intended_use_keeps_only_its_texts(dossier, member):
    describe_use(dossier, said={"users": " Nurses "}, by=member)
    dossier.refresh_from_db()

    assert dossier.intended_use["users"] == "Nurses"
    with pytest.raises(ValueError, match="colour"):
        describe_use(dossier, said={"colour": "red"}, by=member)


# --- kinds of device and starting ------------------------------------------------------------


def test_seeded_kinds_are_whole():
    units = pint.UnitRegistry()
    kinds = seeds()

    assert len(kinds) == 11
    for kind in kinds:
        assert emdn.term_of(kind["default_emdn"]), kind["code"]
        texts = [kind["names"], *kind["questions"], *(one["title"] for one in kind["tests"])]
        texts += [one[key] for one in kind["hazards"] for key in ("situation", "harm")]
        assert all(set(one) == {"en", "fr", "ar", "az"} and all(one.values()) for one in texts)
        codes = [one["code"] for one in kind["tests"]]
        assert len(codes) == len(set(codes)) and kind["hazards"]
        assert {one["hazard"] for one in kind["hazards"]} <= set(Risk.Hazard.values)
        for one in kind["tests"]:
            assert units.parse_units(one["unit"]) is not None


@pytest.fixture
def workshop(db):
    return make.workshop()


@pytest.fixture
def team(workshop):
    return [make.enrolment(workshop) for _ in range(3)]


def kind(code="pulse_oximeter"):
    make.device_types()
    return DeviceType.objects.get(code=code)


def test_a_started_dossier_has_what_its_kind_brings(workshop, team):
    bench = make.bench_trainer(workshop, "BENCH")

    made = start_dossier(
        workshop, title=" Ward 3 ", device_type=kind(), members=team, language="az", by=bench
    )

    assert (made.code, made.title, made.state) == ("D01", "Ward 3", "draft")
    assert made.gate_checks.count() == len(gates.ITEMS)
    assert made.risks.count() == len(kind().hazards)
    assert made.risks.first().harm == kind().hazards[0]["harm"]["az"]
    case = Case.objects.get(dossier=made, code="PO-1")
    assert (float(case.limit_high), case.unit, case.confirmed) == (4.0, "percent", False)
    assert case.clause == "ISO 80601-2-61"
    assert made.unit.emdn == "Z1203020408"


def test_a_syringe_pump_says_why_it_has_that_code(workshop, team):
    made = start_dossier(
        workshop, title="Pump", device_type=kind("syringe_pump"), members=team, by=None
    )

    assert made.unit.emdn == "Z12030301"
    assert "no leaf of its own" in made.unit.emdn_note


def test_teams_have_three_or_four_of_this_workshop_and_one_dossier_each(workshop, team):
    oximeter = kind()
    begin = lambda members: start_dossier(  # noqa: E731
        workshop, title="One", device_type=oximeter, members=members, by=None
    )
    with pytest.raises(NotGiven, match="2 are chosen"):
        begin(team[:2])
    with pytest.raises(NotGiven, match="5 are chosen"):
        begin([*team, make.enrolment(workshop), make.enrolment(workshop)])
    with pytest.raises(WrongState, match="does not take part"):
        begin([*team[:2], make.enrolment()])
    begin(team)
    with pytest.raises(WrongState, match="already"):
        begin(team)
    with pytest.raises(NotGiven, match="title"):
        start_dossier(workshop, title=" ", device_type=oximeter, members=team, by=None)


def test_members_leave_and_come_back(workshop, team):
    bench = make.bench_trainer(workshop, "BENCH")
    made = start_dossier(workshop, title="One", device_type=kind(), members=team, by=bench)
    fourth, fifth = make.enrolment(workshop), make.enrolment(workshop)
    add_member(made, enrolment=fourth, by=bench)
    with pytest.raises(WrongState, match="at most 4"):
        add_member(made, enrolment=fifth, by=bench)

    remove_member(made.members.get(enrolment=fourth), by=bench)
    add_member(made, enrolment=fourth, by=bench)

    assert made.members.filter(left_on__isnull=True).count() == 4
    assert made.members.count() == 4
