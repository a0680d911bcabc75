"""Tables that others keep: doubts named and settled, nothing doubled, nothing undone in silence."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.heritage.errors import Unreadable, WrongState
from karvan.stages.heritage.models import (
    ConditionSurvey,
    Monument,
    MonumentImport,
    RememberedMapping,
)
from karvan.stages.heritage.services.imports import (
    read_anew,
    set_import_aside,
    settle_doubts,
)
from karvan.stages.heritage.services.imports_taking import begin_import, take_import
from karvan.stages.heritage.services.registers_monuments import change_monument
from tests import make

from .tables import doubts, fields, read, rows, taken

pytestmark = pytest.mark.django_db

TOWER = "1,Maiden Tower,tower,12th century,40.366,49.837"


def register(**more):
    return make.register("az", country=make.country("AZ"), **more)


def test_what_is_doubtful_is_named_by_line_and_column():
    table = rows(
        TOWER,
        "2,Swapped,tower,1230,49.8,40.4",
        "3,Beyond,tower,1230,140.4,249.8",
        "4,Nought,tower,1230,0,0",
        "5,Half,tower,1230,40.4,",
        "6,Words,tower,1230,somewhere,49.8",
        "7,Far,tower,1230,10.5,20.5",
        "8,Later,tower,2100,40.4,49.8",
        "1,Again,tower,1230,40.4,49.8",
        ",No number,tower,1230,40.4,49.8",
        "11,,tower,1230,40.4,49.8",
    )

    one = read(register(), table)

    assert doubts(one) == [
        (3, "place_swapped"), (4, "place_out"), (5, "place_zero"), (6, "place_half"),
        (7, "place_unread"), (8, "place_far"), (9, "date_future"), (10, "number_repeated"),
        (11, "number_missing"), (12, "name_missing"),
    ]  # fmt: skip
    assert one.report["left_out"] == [[10, "number_repeated"]]
    assert {doubt["column"] for doubt in one.report["doubts"] if doubt["line"] == 9} == {"Date"}
    assert Monument.objects.count() == 0


def test_a_doubt_is_settled_for_all_lines_or_for_one():
    table = rows("2,One,tower,1230,49.8,40.4", "3,Two,tower,1230,49.7,40.5")
    one = read(register(), table)

    settle_doubts(one, choices={"place_swapped": "keep", "place_swapped@3": "swap"}, by=None)
    taken(one.register, MonumentImport.objects.get(pk=one.pk))

    kept, swapped = Monument.objects.order_by("national_id")
    assert (kept.latitude, kept.longitude) == (49.8, 40.4)
    assert (swapped.latitude, swapped.longitude) == (40.5, 49.7)


def test_a_choice_that_nobody_offers_is_not_kept():
    one = read(register(), rows("2,One,tower,1230,49.8,40.4"))

    settled = settle_doubts(one, choices={"place_swapped": "burn", "nonsense": "take"}, by=None)

    assert settled.options["settled"] == {}


def test_importance_is_settled_by_its_word():
    table = rows("1,A,x", "2,B,x", "3,C,dünya əhəmiyyətli", head="Number,Name,Importance")
    one = read(register(), table)

    assert one.report["groups"] == {"importance_unknown:x": 2}
    settle_doubts(one, choices={"importance_unknown:x": "local"}, by=None)
    taken(one.register, MonumentImport.objects.get(pk=one.pk))

    listed = Monument.objects.order_by("national_id").values_list("importance", flat=True)
    assert list(listed) == ["local", "local", "world"]


def test_a_table_taken_twice_doubles_nothing_and_shows_what_changed():
    of = register()
    taken(of, rows(TOWER, "2,Gate,gate,1230,40.4,49.8", "3,Wall,wall,1300,40.4,49.8"))

    again = read(of, rows("1,Maiden Tower,tower,12th century,40.367,49.837", "2,Gate,bastion,1230,40.4,49.8", "4,New,wall,1300,40.4,49.8"))  # fmt: skip

    report = again.report
    assert (report["new"], report["changed"], report["same"]) == (1, 2, 0)
    assert report["gone_numbers"] == ["3"]
    assert [fields(row) for row in report["changed_rows"]] == [["place"], ["kind"]]
    assert again.options["remembered"]
    taken(of, again)
    assert list(Monument.objects.order_by("national_id").values_list("national_id", "kind")) == [
        ("1", "tower"), ("2", "bastion"), ("3", "wall"), ("4", "wall"),
    ]  # fmt: skip


def test_what_a_person_changed_here_is_not_undone_in_silence():
    of = register()
    taken(of, rows(TOWER, "2,Gate,gate,1230,40.4,49.8"))
    tower, gate = Monument.objects.order_by("national_id")
    change_monument(tower, kind="donjon", by=None)
    change_monument(gate, kind="city gate", by=None)

    same = read(of, rows(TOWER, "2,Gate,gate,1230,40.4,49.8"))
    differing = read(of, rows(TOWER, "2,Gate,bastion,1230,40.4,49.8"))

    assert (same.report["changed"], same.report["groups"]) == (0, {})
    assert differing.report["groups"] == {"edited_here": 1}
    settle_doubts(differing, choices={"edited_here": "file"}, by=None)
    taken(of, MonumentImport.objects.get(pk=differing.pk))
    tower.refresh_from_db()
    gate.refresh_from_db()
    assert (tower.kind, gate.kind) == ("donjon", "bastion")


def test_other_columns_of_the_same_file_are_taken_the_second_time():
    of = register()
    table = rows("1,Tower,Qala,tower", head="Number,Name,Word,Sort")
    first = read(of, table)
    taken(of, read_anew(first, mapping={"number": "Number", "name": "Name"}, by=None))

    second = read(of, table)
    read_anew(second, mapping={"number": "Number", "name": "Word", "kind": "Sort"}, by=None)
    taken(of, MonumentImport.objects.get(pk=second.pk))

    one = Monument.objects.get()
    assert (one.names, one.kind) == ({"az": "Qala"}, "tower")


def test_the_mapping_is_remembered_by_the_headings_however_they_are_ordered():
    of = register()
    first = read(of, rows("1,Tower,high", head="Number,Name,Word"))
    taken(
        of, read_anew(first, mapping={"number": "Number", "name": "Name", "use": "Word"}, by=None)
    )

    second = read(of, rows("low,2,Gate", head="Word,Number,Name"))

    assert second.mapping == {"number": "Number", "name": "Name", "use": "Word"}
    assert RememberedMapping.objects.count() == 1


def test_the_whole_line_is_kept_with_the_monument():
    taken(register(), rows("1,Tower,what nobody asks", head="Number,Name,Other"))

    one = Monument.objects.get()
    assert one.raw == {
        "line": 2,
        "cells": {"Number": "1", "Name": "Tower", "Other": "what nobody asks"},
    }
    assert one.source == "list.csv"


def test_conditions_become_surveys_once_and_follow_the_file():
    of = register()
    head = "Number,Name,Condition,Survey date"
    taken(of, rows("1,Tower,Poor,2019-05-01", "2,Gate,unheard of,2019-05-01", head=head))
    again = read(of, rows("1,Tower,Good,2021-05-01", head=head))

    assert [fields(row) for row in again.report["changed_rows"]] == [["condition"]]
    taken(of, again)
    taken(of, rows("1,Tower,Good,2021-05-01", head=head))

    surveys = ConditionSurvey.objects.filter(monument__national_id="1").order_by("on")
    assert [(one.condition, one.imported) for one in surveys] == [("poor", True), ("good", True)]
    assert Monument.objects.get(national_id="1").condition == "good"
    assert Monument.objects.get(national_id="2").condition == ""


def test_a_later_survey_made_here_stands_before_the_files():
    of = register()
    head = "Number,Name,Condition,Survey date"
    taken(of, rows("1,Tower,Poor,2019-05-01", head=head))
    tower = Monument.objects.get()
    make.survey(tower, condition="good")
    Monument.objects.update(condition="good")

    taken(of, rows("1,Tower,Fair,2020-05-01", head=head))

    tower.refresh_from_db()
    assert tower.condition == "good"


def test_a_table_can_be_taken_once_and_goes_on_where_it_stopped():
    of = register()
    one = begin_import(read(of, rows(TOWER, "2,Gate,gate,1230,40.4,49.8")), by=None)
    make.monument(of, national_id="2", names={"az": "Gate"})

    done = take_import(one, by=None)
    again = take_import(done, by=None)

    assert (again.state, again.lines_done) == ("taken", again.lines_total)
    assert Monument.objects.count() == 2
    with pytest.raises(WrongState):
        begin_import(again, by=None)
    assert Record.objects.filter(act="monuments imported").count() == 1


def test_a_table_without_names_and_numbers_is_not_taken():
    one = read_anew(read(register(), rows(TOWER)), mapping={"kind": "Type"}, by=None)

    with pytest.raises(WrongState, match="name or number"):
        begin_import(one, by=None)

    one.refresh_from_db()
    assert one.state == "previewed"


def test_a_table_set_aside_cannot_be_changed_any_more():
    one = set_import_aside(read(register(), rows(TOWER)), by=None)

    with pytest.raises(WrongState, match="set aside"):
        settle_doubts(one, choices={}, by=None)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\n\n", "not one line"), (b"Number,Name\n", "no line under them"), (b" ", "not one line")],
)
def test_a_file_without_a_table_is_refused_and_nothing_is_kept(data, said):
    with pytest.raises(Unreadable, match=said):
        read(register(), data)

    assert MonumentImport.objects.count() == 0


@pytest.mark.parametrize("encoding", ["cp1251", "cp1256", "cp1254", "utf-8", "utf-16", "utf-8-sig"])
def test_an_encoding_is_guessed_or_said(encoding):
    words = {"cp1251": "Девичья башня в Баку, каменная и высокая", "cp1256": "برج العذراء في باكو القديمة", "cp1254": "İçərişəhər".replace("ə", "e") + " ve Şirvanşahlar sarayı, ğüzel"}  # fmt: skip
    name = words.get(encoding, "Qız qalası")
    table = rows(*(f'{n},"{name}",tower' for n in range(1, 6)), head="Number,Name,Type")
    one = read(register(), table.encode(encoding))

    said = read_anew(one, encoding=encoding, by=None)
    taken(said.register, said)

    assert name in Monument.objects.first().names.values()


def test_history_says_what_an_import_changed():
    of = register()
    taken(of, rows(TOWER))
    taken(of, rows("1,Qız qalası,donjon,12th century,40.367,49.837"))

    last = Record.objects.filter(subject_kind="heritage.monument").order_by("-number").first()
    assert (last.act, last.before, last.after) == (
        "monument described",
        {"kind": "tower", "names": "Maiden Tower", "latitude": 40.366, "longitude": 49.837},
        {"kind": "donjon", "names": "Qız qalası", "latitude": 40.367, "longitude": 49.837},
    )  # fmt: skip
    assert "list.csv" in last.reason
