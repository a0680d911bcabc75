"""A version is signed, each of its changes has a reason, and what stands with it never changes."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from karvan.foundation.records.models import Record
from karvan.stages.blueprints import library
from karvan.stages.blueprints.document import DocumentProblems
from karvan.stages.blueprints.errors import NothingNew, NotSigned, Unexplained
from karvan.stages.blueprints.models import ChangeNote, CorePart
from karvan.stages.blueprints.services import import_blueprint, publish_blueprint
from tests import make

pytestmark = pytest.mark.django_db
DAYS = "activities.BC3.duration.days"


def officer(name, **fields):
    return make.officer(of=make.person(name, **fields))


def first(programme=None):
    programme = programme or make.programme("TVP")
    draft = import_blueprint(programme, source=library.source("TVP"), note="", by=None)
    return publish_blueprint(draft, note="As agreed", by=None)


def second_draft():
    """A draft in which a text and a bound differ from version 1."""
    version = first()
    text = library.source("TVP").decode()
    text = text.replace("min: 24\n    max: 125", "min: 24\n    max: 120")
    text = text.replace(
        "appeal_days, level: bounded, min: 5", "appeal_days, level: bounded, min: 4", 1
    )
    draft = import_blueprint(version.programme, source=text.encode(), note="", by=None)
    assert draft.number == 2
    return draft


def test_a_person_signs_with_the_name_of_the_account():
    draft = import_blueprint(make.programme("TVP"), source=library.source("TVP"), note="", by=None)
    leyla = officer("Leyla Əliyeva")

    version = publish_blueprint(draft, note="First", signature="  leyla  ƏLIYEVA ", by=leyla)

    assert (version.signed_name, version.published_by) == ("leyla ƏLIYEVA", leyla)
    assert Record.objects.get(act="version published").after["signed"] is True


@pytest.mark.parametrize("signature", ["", "  ", "Somebody Else", "Leyla"])
def test_another_name_is_no_signature_and_nothing_is_published(signature):
    draft = import_blueprint(make.programme("TVP"), source=library.source("TVP"), note="", by=None)

    with pytest.raises(NotSigned, match="Leyla Aliyeva"):
        publish_blueprint(draft, note="First", signature=signature, by=officer("Leyla Aliyeva"))

    draft.refresh_from_db()
    assert (draft.state, CorePart.objects.count()) == ("draft", 0)


def test_a_name_in_another_script_is_a_signature():
    draft = import_blueprint(make.programme("TVP"), source=library.source("TVP"), note="", by=None)
    leyla = officer("Leyla Aliyeva", names={"Arab": "ليلى علييفا"})

    version = publish_blueprint(draft, note="First", signature="ليلى علييفا", by=leyla)

    assert version.signed_name == "ليلى علييفا"


def test_every_difference_must_say_why_and_those_that_do_not_are_listed():
    draft = second_draft()

    with pytest.raises(Unexplained) as refused:
        publish_blueprint(draft, note="Smaller", by=None)

    assert [one.path for one in refused.value.parts] == [
        "locks.activities.BC3.cohort.max.max",
        "locks.activities.BC3.selection.appeal_days.min",
    ]
    assert "Nobody has said why 2 parts differ" in str(refused.value)
    draft.refresh_from_db()
    assert (draft.state, ChangeNote.objects.count()) == ("draft", 0)


def test_one_note_above_speaks_for_all_inside():
    version = publish_blueprint(
        second_draft(), note="Smaller", notes={"locks": "The halls are smaller"}, by=None
    )

    assert version.number == 2
    assert list(version.change_notes.values_list("path", "note")) == [
        ("locks", "The halls are smaller")
    ]


def test_a_note_on_what_does_not_differ_any_more_goes():
    draft = second_draft()
    ChangeNote.objects.create(blueprint=draft, path=DAYS, note="Old", made_at=timezone.now())

    version = publish_blueprint(draft, note="Smaller", notes={"locks": "Halls"}, by=None)

    assert list(version.change_notes.values_list("path", flat=True)) == ["locks"]


def test_a_draft_that_says_what_is_published_is_not_published():
    version = first()
    draft = make.blueprint(
        version.programme, number=2, state="draft", source=library.source("TVP"), data=version.data
    )

    with pytest.raises(NothingNew):
        publish_blueprint(draft, note="Again", by=None)


def test_a_draft_with_problems_is_not_published():
    programme = make.programme("TVP")
    source = library.source("TVP").replace(b"format: boot_camp", b"format: camp", 1)
    draft = make.blueprint(programme, state="draft", source=source, data=library.data("TVP"))

    with pytest.raises(DocumentProblems):
        publish_blueprint(draft, note="First", by=None)

    draft.refresh_from_db()
    assert draft.state == "draft"


def test_publishing_writes_down_what_no_country_may_change():
    version = first()

    core = dict(version.core_parts.values_list("path", "is_open"))
    assert core["indicators"] is False
    assert core["indicators.REACH.target"] is True
    assert core["activities.BC3.award"] is False
    assert core["activities.BC3.selection.rubric"] is False
    assert "activities.BC3.selection.rubric.PROBLEM" not in core  # its lock fixes the whole rubric


def test_the_database_keeps_core_parts_notes_and_revisions_of_a_published_version():
    version = publish_blueprint(second_draft(), note="Smaller", notes={"locks": "Halls"}, by=None)
    part = version.core_parts.filter(path="indicators")

    for act in (
        lambda: part.update(is_open=True),
        lambda: part.delete(),
        lambda: version.change_notes.update(note="Other"),
        lambda: version.change_notes.all().delete(),
        lambda: version.revisions.update(note="Other"),
        lambda: version.revisions.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            act()

    assert part.get().is_open is False


def test_the_database_lets_a_draft_change_what_stands_with_it():
    draft = second_draft()
    CorePart.objects.create(blueprint=draft, path="indicators")

    draft.core_parts.update(is_open=True)
    draft.core_parts.all().delete()
    draft.revisions.all().delete()

    assert draft.revisions.count() == 0
