"""Tables: read in their encoding, judged line by line, taken in once."""

import csv
import io

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook

from karvan.foundation.files.errors import SpreadsheetUnreadable
from karvan.foundation.files.tables import encoding_of, read_table
from karvan.foundation.messages.models import Message
from karvan.foundation.records.models import Record
from karvan.stages.calls.errors import WrongState
from karvan.stages.calls.models import Application, ImportBatch
from karvan.stages.calls.services import preview_import, run_import
from tests import make
from tests.stages.calls.answers import form_with, team_question

pytestmark = pytest.mark.django_db
HEAD = ["Name", "e-mail", "sex", "resident", "motivation"]


def line(name, address, **changed):
    return [
        name,
        address,
        changed.get("sex", "F"),
        changed.get("resident", "yes"),
        changed.get("motivation", "I build."),
    ]


def table(*lines, encoding="utf-8", head=HEAD):
    out = io.StringIO()
    csv.writer(out).writerows([head, *lines])
    return ContentFile(out.getvalue().encode(encoding), name="list.csv")


def preview(upload, call=None, mapping=None):
    return preview_import(call or make.call(), upload=upload, mapping=mapping, by=make.officer())


def test_columns_are_guessed_and_lines_judged_before_anything_is_taken_in():
    batch = preview(
        table(
            line("Aygün", "a@example.org"),
            line("Rəşad", "not an address"),
            line("Leyla", "l@example.org", sex="Woman"),
            line("Leyla again", "l@example.org"),
        )
    )

    assert batch.mapping == {
        "full_name": "Name",
        "email": "e-mail",
        "sex": "sex",
        "resident": "resident",
        "motivation": "motivation",
    }
    assert batch.report["counts"] == {"lines": 4, "new": 2, "wrong": 1, "taken": 1}
    assert [(one["line"], list(one["errors"])) for one in batch.report["lines"]] == [
        (3, ["email"]),
        (5, ["email"]),
    ]
    assert Application.objects.count() == 0


def test_running_takes_in_what_is_in_order_with_numbers_and_records_and_no_letters():
    call = make.call()
    batch = preview(
        table(line("Aygün", "a@example.org"), line("Omar", "o@example.org", resident="no")), call
    )

    run_import(batch, by=make.officer())

    rows = Application.objects.order_by("full_name")
    assert [(a.full_name, a.state) for a in rows] == [
        ("Aygün", "submitted"),
        ("Omar", "ineligible"),
    ]
    assert len({a.number for a in rows}) == 2
    assert rows[0].person.email == "a@example.org"
    assert Record.objects.filter(act="imported", subject_kind="calls.application").count() == 2
    assert Message.objects.count() == 0


def test_same_table_is_taken_in_only_once():
    call = make.call()
    lines = [line("Aygün", "a@example.org"), line("Omar", "o@example.org")]
    first = preview(table(*lines), call)
    run_import(first, by=None)
    run_import(first, by=None)

    again = preview(table(*lines, line("New", "n@example.org")), call)
    run_import(again, by=None)

    assert again.report["counts"] == {"lines": 3, "known": 2, "new": 1}
    assert Application.objects.count() == 3
    with pytest.raises(WrongState):
        preview_import(call, upload=first, mapping={}, by=make.officer())


def test_columns_can_be_put_right():
    call = make.call()
    odd = ["A", "B", "C", "D", "E"]
    batch = preview(table(line("Aygün", "a@example.org"), head=odd), call)
    assert batch.report["counts"] == {"lines": 1, "wrong": 1}

    mapping = dict(zip(["full_name", "email", "sex", "resident", "motivation"], odd, strict=True))
    batch = preview_import(
        call, upload=batch, mapping={**mapping, "unknown": "A"}, by=make.officer()
    )

    assert batch.mapping == mapping
    assert batch.report["counts"] == {"lines": 1, "new": 1}
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Elsevər Quliyev", "utf-8"),
        ("Elsevər Quliyev", "utf-8-sig"),
        ("سارة أحمد", "utf-16"),
        ("سارة أحمد العلوي من الدار البيضاء", "cp1256"),
        ("Айгуль Нурланова из Алматы", "cp1251"),
        ("Zoé Lefèvre, née à Fès", "cp1252"),
    ],
)
def test_a_table_reads_in_its_own_encoding(name, encoding):
    call = make.call()
    batch = preview(
        table(line(name, "x@example.org", motivation=name * 3), encoding=encoding), call
    )

    run_import(batch, by=None)

    assert Application.objects.get().full_name == name


def test_line_of_another_encoding_is_reported_and_not_mangled():
    russian = table(
        line("Айгуль", "a@example.org", motivation="Я строю насосы для деревень"),
        line("Пётр", "p@example.org", motivation="Я чиню старые приборы"),
        encoding="cp1251",
    ).read()
    pasted = ",".join(line("Elsevər", "e@example.org")).encode("utf-8") + b"\r\n"

    batch = preview(ContentFile(russian + pasted, name="mixed.csv"))

    assert batch.report["encoding"] == "cp1251"
    assert batch.report["counts"] == {"lines": 3, "new": 2, "unreadable": 1}
    assert [one["line"] for one in batch.report["lines"]] == [4]


def test_broken_line_in_utf_8_is_reported_and_the_rest_read():
    good = table(line("Elsevər", "e@example.org"), line("Aygün", "a@example.org")).read()
    broken = b"Ayg\xfcn,b@example.org,F,yes,I build.\r\n"

    batch = preview(ContentFile(good + broken, name="mixed.csv"))

    assert batch.report["encoding"] == "utf-8"
    assert batch.report["counts"] == {"lines": 3, "new": 2, "unreadable": 1}


def test_answer_over_several_lines_keeps_the_numbers_of_lines():
    data = b'Name,motivation\n"A","one\ntwo"\nB,three\n'

    assert [(one.number, one.cells[0]) for one in read_table(data, "csv").lines] == [
        (2, "A"),
        (4, "B"),
    ]
    assert encoding_of(b"plain") == "utf-8"


def test_workbook_is_read_with_members_of_a_team():
    book = Workbook()
    book.active.append([*HEAD, "members-0-full_name", "members-1-full_name"])
    book.active.append([*line("Aygün", "a@example.org"), "Leyla", "Omar"])
    out = io.BytesIO()
    book.save(out)
    call = make.call(form=form_with(team_question()))

    run_import(preview(ContentFile(out.getvalue(), name="list.xlsx"), call), by=None)

    application = Application.objects.get()
    assert (application.team_size, application.members.count()) == (3, 2)


def test_file_without_a_table_is_refused_and_nothing_is_kept():
    with pytest.raises(SpreadsheetUnreadable):
        preview(ContentFile(b"\n\n  \n", name="list.csv"))

    assert ImportBatch.objects.count() == 0
