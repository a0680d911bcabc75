"""A blueprint is imported, replaced while a draft, published once, and never changed again."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from karvan.foundation.records.models import Record
from karvan.stages.blueprints import library, triggers
from karvan.stages.blueprints.document import DocumentProblems
from karvan.stages.blueprints.errors import (
    AlreadyPublished,
    BadCode,
    NoteMissing,
    NothingNew,
    ProgrammeExists,
)
from karvan.stages.blueprints.models import Blueprint, Programme
from karvan.stages.blueprints.services import (
    create_programme,
    import_blueprint,
    publish_blueprint,
)
from tests import make

pytestmark = pytest.mark.django_db


def garden(code="GARDEN", title="School gardens") -> bytes:
    """A small valid text: one workshop of one session."""
    return f"""karvan: blueprint/1
code: {code}   # a comment that must survive
title: {{en: {title}}}
summary: {{en: Pupils plant a garden.}}
languages: [en]
default_lock: free
activities:
  - code: WS
    format: workshop
    title: {{en: Garden workshop}}
    duration: {{days: 1, contact_minutes: 60}}
    cohort: {{min: 8, max: 20}}
    sessions:
      - {{id: S1, day: 1, kind: workshop, minutes: 60, title: {{en: Plan}}}}
""".encode()


def draft_of(programme, source=None, note="A first draft"):
    return import_blueprint(programme, source=source or garden(programme.code), note=note, by=None)


def test_library_gives_each_programme_as_text_and_as_data():
    assert {"REW", "TVP"} <= set(library.codes())
    assert library.data("TVP")["code"] == "TVP"
    assert b"karvan: blueprint/1" in library.source("TVP")


def test_library_data_is_a_copy_of_ones_own():
    library.data("TVP")["activities"].clear()

    assert len(library.data("TVP")["activities"]) == 2


def test_programme_is_created_once():
    owner = make.party()
    create_programme(code="TVP", titles={"en": "Ventures"}, owner=owner, by=None)

    with pytest.raises(ProgrammeExists, match="TVP"):
        create_programme(code="TVP", titles={"en": "Again"}, owner=owner, by=None)

    assert Programme.objects.get().titles == {"en": "Ventures"}
    assert [r.act for r in Record.objects.all()] == ["programme created"]


@pytest.mark.parametrize("code", ["tvp", "1TVP", "TV P", "", "A" * 13, "ТВП"])
def test_programme_code_is_capitals_and_digits(code):
    with pytest.raises(BadCode):
        create_programme(code=code, titles={"en": "x"}, owner=make.party(), by=None)

    assert Programme.objects.count() == 0


def test_library_text_is_imported_byte_for_byte():
    programme = make.programme("TVP")

    draft = import_blueprint(programme, source=library.source("TVP"), note="", by=None)

    draft.refresh_from_db()
    assert bytes(draft.source) == library.source("TVP")
    assert draft.data == library.data("TVP")
    assert (draft.number, draft.state) == (1, "draft")


def test_every_problem_is_told_and_nothing_is_kept():
    programme = make.programme("GARDEN")
    broken = garden().replace(b"kind: workshop", b"kind: wrkshop").replace(b"max: 20", b"max: two")

    with pytest.raises(DocumentProblems) as refused:
        draft_of(programme, broken)

    lines = {problem.line for problem in refused.value.problems}
    assert {12, 14} <= lines
    assert Blueprint.objects.count() == 0


def test_text_of_another_programme_is_refused_at_its_code():
    with pytest.raises(DocumentProblems) as refused:
        draft_of(make.programme("OTHER"), garden("GARDEN"))

    assert [(p.path, p.line) for p in refused.value.problems] == [("code", 2)]


def test_text_that_is_not_utf8_is_refused_at_its_line():
    with pytest.raises(DocumentProblems) as refused:
        draft_of(make.programme("GARDEN"), b"karvan: blueprint/1\ntitle: caf\xe9\n")

    assert [p.line for p in refused.value.problems] == [2]


def test_draft_replaces_the_earlier_draft():
    programme = make.programme("GARDEN")
    first = draft_of(programme)

    second = draft_of(programme, garden(title="Gardens everywhere"))

    assert second.pk == first.pk
    assert Blueprint.objects.get().data["title"] == {"en": "Gardens everywhere"}
    assert Record.objects.filter(act="draft imported").count() == 2


def test_same_text_again_changes_nothing():
    programme = make.programme("GARDEN")
    draft_of(programme)
    draft_of(programme)

    assert Record.objects.filter(act="draft imported").count() == 1


def test_versions_are_numbered_from_one():
    programme = make.programme("GARDEN")
    publish_blueprint(draft_of(programme), note="First", by=None)

    draft = draft_of(programme, garden(title="New"))
    why = {"title": "The old one said nothing"}
    second = publish_blueprint(draft, note="New title", notes=why, by=None)

    assert (second.number, second.note) == (2, "New title")
    assert programme.blueprints.filter(state="published").count() == 2


def test_published_text_is_not_imported_again():
    programme = make.programme("GARDEN")
    publish_blueprint(draft_of(programme), note="First", by=None)

    with pytest.raises(NothingNew):
        draft_of(programme)

    assert programme.blueprints.count() == 1


def test_version_is_published_once():
    draft = draft_of(make.programme("GARDEN"))
    publish_blueprint(draft, note="First", by=None)

    with pytest.raises(AlreadyPublished):
        publish_blueprint(draft, note="Second", by=None)

    assert Blueprint.objects.get().note == "First"


def test_version_without_a_note_stays_a_draft():
    draft = draft_of(make.programme("GARDEN"))

    with pytest.raises(NoteMissing):
        publish_blueprint(draft, note="  ", by=None)

    draft.refresh_from_db()
    assert draft.state == "draft"


def test_database_refuses_to_change_or_delete_a_published_version():
    triggers.install(connection)
    published = publish_blueprint(draft_of(make.programme("GARDEN")), note="First", by=None)
    row = Blueprint.objects.filter(pk=published.pk)

    for act in (
        lambda: row.update(note="Other"),
        lambda: row.update(state="draft"),
        lambda: row.update(data={}),
        lambda: row.delete(),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            act()

    assert row.get().note == "First"


def test_database_lets_a_draft_be_replaced_and_published():
    triggers.install(connection)
    programme = make.programme("GARDEN")
    draft_of(programme)

    draft = draft_of(programme, garden(title="New"))

    assert publish_blueprint(draft, note="n", by=None).number == 1
