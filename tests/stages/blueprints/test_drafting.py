"""A draft is edited part by part or as text; what two people save at once is kept and merged."""

from __future__ import annotations

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import REMOVED, DocumentProblems, value_at
from karvan.stages.blueprints.errors import (
    AlreadyThere,
    ChoicesMissing,
    DraftMovedOn,
    NoSuchPart,
    NoSuchRevision,
    NotADraft,
    NothingChanged,
    NothingToChoose,
    NothingToStartFrom,
)
from karvan.stages.blueprints.examined import examined
from karvan.stages.blueprints.models import Blueprint, ChangeNote, Revision
from karvan.stages.blueprints.services import (
    add_item,
    disputed,
    edit_part,
    edit_text,
    import_blueprint,
    move_item,
    publish_blueprint,
    remove_item,
    settle_revision,
    start_draft,
)
from tests import make

from .test_services import garden

pytestmark = pytest.mark.django_db
MINUTES = "activities.WS.duration.contact_minutes"
MOST = "activities.WS.cohort.max"
LEAST = "activities.WS.cohort.min"


@pytest.fixture
def programme():
    made = make.programme("GARDEN")
    draft = import_blueprint(made, source=garden(), note="", by=None)
    publish_blueprint(draft, note="First", by=None)
    return made


@pytest.fixture
def draft(programme):
    return start_draft(programme, by=make.officer())


def edit(draft, path, value, base=1, note="", by=None):
    return edit_part(draft, path=path, value=value, note=note, base_revision=base, by=by)


def said(draft, path=MOST):
    draft.refresh_from_db()
    return value_at(draft.data, path)


def test_a_draft_begins_as_the_very_text_of_the_newest_version(programme):
    officer = make.officer()

    draft = start_draft(programme, by=officer)

    assert (draft.number, draft.state, bytes(draft.source)) == (2, "draft", garden())
    assert [(one.number, one.saved_by) for one in draft.revisions.all()] == [(1, officer)]
    assert Record.objects.get(act="draft begun").after["from"] == 1


def test_a_second_beginning_gives_the_draft_that_is_there(draft):
    edit(draft, MOST, 30)

    assert start_draft(draft.programme, by=None).pk == draft.pk
    assert said(draft) == 30


def test_nothing_published_is_nothing_to_start_from():
    with pytest.raises(NothingToStartFrom):
        start_draft(make.programme("EMPTY"), by=None)

    assert Blueprint.objects.count() == 0


def test_a_part_is_changed_in_the_authors_text(draft):
    officer = make.officer()

    saved = edit(draft, MOST, 30, note="A larger bed", by=officer)

    draft.refresh_from_db()
    assert bytes(draft.source) == garden().replace(b"max: 20", b"max: 30")
    assert draft.data["activities"][0]["cohort"]["max"] == 30
    assert (saved.revision.number, saved.revision.began_from, saved.is_whole) == (2, 1, False)
    assert [(one.path, one.note, one.made_by) for one in draft.change_notes.all()] == [
        (MOST, "A larger bed", officer)
    ]
    record = Record.objects.get(act="draft edited")
    assert (record.by, record.reason, record.after["parts"]) == (officer, "A larger bed", [MOST])


def test_a_second_note_on_a_part_comes_after_the_first(draft):
    edit(draft, MOST, 30, note="A larger bed")
    edit(draft, MOST, 31, base=2, note="And one more")
    edit(draft, MOST, 32, base=3, note="And one more")

    assert ChangeNote.objects.get().note == "A larger bed\nAnd one more"


def test_notes_of_the_edits_explain_the_version(draft):
    edit(draft, MOST, 30, note="A larger bed")

    version = publish_blueprint(draft, note="Larger", by=None)

    assert version.number == 2


@pytest.mark.parametrize(
    ("path", "value"),
    [("", 1), ("activities.NONE.x", 1), ("activities.WS.code", "OTHER"), ("nowhere.at.all", 1)],
)
def test_a_part_that_is_not_there_is_refused_and_nothing_is_saved(draft, path, value):
    with pytest.raises(NoSuchPart):
        edit(draft, path, value)

    assert draft.revisions.count() == 1


def test_the_same_value_again_is_no_edit(draft):
    with pytest.raises(NothingChanged):
        edit(draft, MOST, 20)

    assert draft.revisions.count() == 1


def test_a_revision_that_is_not_there_is_refused(draft):
    with pytest.raises(NoSuchRevision):
        edit(draft, MOST, 30, base=9)

    assert said(draft) == 20


def test_a_published_version_is_not_edited(programme):
    version = programme.blueprints.get()

    with pytest.raises(NotADraft):
        edit(version, MOST, 30)

    assert version.revisions.count() == 1


def test_a_draft_without_revisions_gets_its_first_one_before_the_edit():
    draft = make.blueprint(make.programme("GARDEN"), state="draft", source=garden(), data={})

    edit(draft, MOST, 30, base=0)

    assert [one.number for one in draft.revisions.all()] == [2, 1]
    assert bytes(draft.revisions.get(number=1).source) == garden()


def test_items_are_added_moved_and_taken_out(draft):
    session = {"id": "S2", "day": 1, "kind": "practice", "minutes": 30, "title": {"en": "Plant"}}
    sessions = "activities.WS.sessions"
    add_item(draft, path=sessions, item=session, note="", base_revision=1, by=None)
    move_item(draft, path=f"{sessions}.S2", steps=-1, note="", base_revision=2, by=None)
    assert [one["id"] for one in said(draft, sessions)] == ["S2", "S1"]

    remove_item(draft, path=f"{sessions}.S1", note="", base_revision=3, by=None)

    assert [one["id"] for one in said(draft, sessions)] == ["S2"]
    assert "a comment that must survive" in bytes(draft.source).decode()


def test_a_list_that_is_missing_is_begun(draft):
    room = {"code": "BED", "seats": 20}

    add_item(draft, path="activities.WS.rooms", item=room, note="", base_revision=1, by=None)

    assert said(draft, "activities.WS.rooms") == [room]


def test_an_item_is_put_after_the_one_named(draft):
    for at, code in enumerate(("A", "B"), 1):
        room = {"code": code, "seats": 1}
        add_item(draft, path="activities.WS.rooms", item=room, note="", base_revision=at, by=None)
    add_item(
        draft, path="activities.WS.rooms", item={"code": "C", "seats": 1}, after="A",
        note="", base_revision=3, by=None,
    )  # fmt: skip

    assert [one["code"] for one in said(draft, "activities.WS.rooms")] == ["A", "C", "B"]


def test_two_items_of_one_name_are_refused(draft):
    session = {"id": "S1", "day": 1, "kind": "practice", "minutes": 30, "title": {"en": "Plant"}}

    with pytest.raises(AlreadyThere, match="S1"):
        add_item(
            draft, path="activities.WS.sessions", item=session, note="", base_revision=1, by=None
        )
    with pytest.raises(NoSuchPart, match="has a code"):
        add_item(
            draft, path="activities.WS.sessions", item={"x": 1}, note="", base_revision=1, by=None
        )

    assert draft.revisions.count() == 1


@pytest.mark.parametrize("path", ["activities.WS.sessions.S9", "title.en", "activities.WS"])
def test_what_cannot_be_moved_is_said(draft, path):
    with pytest.raises((NoSuchPart, NothingChanged)):
        move_item(draft, path=path, steps=-1, note="", base_revision=1, by=None)

    assert draft.revisions.count() == 1


def test_the_text_is_saved_as_typed_though_it_has_problems(draft):
    source = garden().replace(b"minutes: 60, title", b"minutes: 45, title # odd")
    source = garden().replace(b"kind: workshop", b"kind: wrkshop") + b"# at the end\n"

    edit_text(draft, source=source, note="", base_revision=1, by=None)

    draft.refresh_from_db()
    assert bytes(draft.source) == source
    problems = examined(bytes(draft.source), "GARDEN").problems
    assert [(one.path, one.line) for one in problems] == [("activities.WS.sessions.S1.kind", 14)]
    with pytest.raises(DocumentProblems):
        publish_blueprint(draft, note="x", by=None)


def test_a_text_that_cannot_be_read_is_not_saved(draft):
    for source in (b"a: [", b"\xff", b"- 1\n"):
        with pytest.raises(DocumentProblems):
            edit_text(draft, source=source, note="", base_revision=1, by=None)

    assert said(draft) == 20


def test_two_edits_of_different_parts_are_merged_and_the_other_is_told(draft):
    edit(draft, MOST, 30, base=1)

    saved = edit(draft, LEAST, 6, base=1, note="Small schools")

    assert (said(draft, MOST), said(draft, LEAST)) == (30, 6)
    assert [one.words for one in saved.others] == ["Workshop: most participants 20 → 30"]
    assert [one.number for one in draft.revisions.all()] == [3, 2, 1]
    assert bytes(draft.source) == garden().replace(b"min: 8, max: 20", b"min: 6, max: 30")


def test_a_text_typed_meanwhile_keeps_its_own_comments_in_the_merge(draft):
    edit(draft, MOST, 30, base=1)
    typed = garden().replace(b"min: 8", b"min: 6") + b"# my own remark\n"

    edit_text(draft, source=typed, note="", base_revision=1, by=None)

    draft.refresh_from_db()
    assert bytes(draft.source) == typed.replace(b"max: 20", b"max: 30")


def test_two_edits_of_one_part_lose_neither(draft):
    edit(draft, MOST, 30, base=1)

    saved = edit(draft, MOST, 40, base=1, note="A large school", by=make.officer())

    aside = saved.revision
    assert (aside.is_set_aside, aside.began_from, aside.number) == (True, 1, 3)
    assert value_at(aside.data, MOST) == 40
    assert (said(draft), draft.change_notes.count()) == (30, 0)
    [part] = disputed(draft, 3).parts
    assert (part.path, part.base, part.theirs, part.ours) == (MOST, 20, 30, 40)
    assert Record.objects.get(act="revision set aside").after["parts"] == [MOST]


@pytest.mark.parametrize(("choice", "most"), [("ours", 40), ("theirs", 30)])
def test_what_was_chosen_stands_and_the_rest_of_the_edit_comes_in(draft, choice, most):
    edit(draft, MOST, 30, base=1)
    typed = garden().replace(b"min: 8, max: 20", b"min: 6, max: 40")
    edit_text(draft, source=typed, note="Schools differ", base_revision=1, by=None)

    settle_revision(draft, revision=3, choices={MOST: choice}, base_revision=2, by=None)

    assert (said(draft, MOST), said(draft, LEAST)) == (most, 6)
    assert [(one.number, one.began_from) for one in draft.revisions.all()][:2] == [(4, 3), (3, 1)]
    with pytest.raises(NothingToChoose):
        disputed(draft, 3)


def test_a_part_without_a_choice_is_refused_and_nothing_changes(draft):
    edit(draft, MOST, 30, base=1)
    edit(draft, MOST, 40, base=1)

    with pytest.raises(ChoicesMissing, match=MOST):
        settle_revision(draft, revision=3, choices={}, base_revision=2, by=None)

    assert (said(draft), draft.revisions.count()) == (30, 3)


def test_choices_shown_before_another_saved_are_asked_again(draft):
    edit(draft, MOST, 30, base=1)
    edit(draft, MOST, 40, base=1)
    edit(draft, MOST, 35, base=2)

    with pytest.raises(DraftMovedOn):
        settle_revision(draft, revision=3, choices={MOST: "ours"}, base_revision=2, by=None)
    settle_revision(draft, revision=3, choices={MOST: "ours"}, base_revision=4, by=None)

    assert said(draft) == 40


def test_a_removal_and_a_change_are_both_shown(draft):
    session = "activities.WS.sessions.S1"
    edit(draft, f"{session}.minutes", 50, base=1)
    edit(draft, session, REMOVED, base=1)

    [part] = disputed(draft, 3).parts

    assert (part.path, part.kind, part.ours) == (session, "removed", REMOVED)
    settle_revision(draft, revision=3, choices={session: "ours"}, base_revision=2, by=None)
    assert said(draft, "activities.WS.sessions") == []


def test_drafts_in_which_items_cannot_be_told_apart_are_chosen_as_wholes(draft):
    twice = garden() + b"locks:\n  - {path: code, level: free}\nbudget_lines:\n"
    twice += b"  - {code: A, title: {en: A}, basis: lump_sum}\n" * 2
    edit_text(draft, source=twice, note="", base_revision=1, by=None)
    edit(draft, MOST, 40, base=1)

    [part] = disputed(draft, 3).parts
    assert part.path == ""
    settle_revision(draft, revision=3, choices={"": "theirs"}, base_revision=2, by=None)

    draft.refresh_from_db()
    assert bytes(draft.source) == twice


def test_only_what_was_set_aside_is_settled(draft):
    edit(draft, MOST, 30)

    with pytest.raises(NothingToChoose):
        settle_revision(draft, revision=2, choices={}, base_revision=2, by=None)


def test_an_import_over_a_draft_is_a_revision_too(draft):
    edit(draft, MOST, 30)

    import_blueprint(
        draft.programme, source=garden(title="New"), note="From a file", by=make.officer()
    )

    assert [one.number for one in Revision.objects.filter(blueprint=draft)] == [3, 2, 1]
    assert value_at(draft.revisions.get(number=2).data, MOST) == 30


def test_the_library_is_edited_without_losing_a_line():
    programme = make.programme("TVP")
    draft = import_blueprint(programme, source=library.source("TVP"), note="", by=None)
    publish_blueprint(draft, note="First", by=None)
    draft = start_draft(programme, by=None)

    saved = edit(draft, "activities.BC3.sessions.D1S1.minutes", 50, note="Shorter")

    old, new = library.source("TVP").decode().splitlines(), bytes(saved.revision.source).decode()
    assert len([line for line in new.splitlines() if line not in old]) == 1
    assert not saved.is_whole
