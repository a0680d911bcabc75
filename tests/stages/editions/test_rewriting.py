"""An edition's design is changed as a text: read, compared by key, held against the locks, merged."""

from __future__ import annotations

import pytest
import yaml

from karvan.foundation.records.models import Record
from karvan.stages.blueprints import library
from karvan.stages.blueprints.document.reading import read
from karvan.stages.blueprints.document.writing import in_lines
from karvan.stages.editions.errors import (
    DesignMoved,
    NothingChanges,
    ReasonMissing,
    TextRefused,
    UnknownDesign,
    WrongState,
)
from karvan.stages.editions.models import Departure, Edition
from karvan.stages.editions.queries import (
    design_at,
    design_token,
    document_of,
    standing_departures,
)
from karvan.stages.editions.services import depart, depart_by_text, weigh_text
from tests import make

from .adopted import adopt

pytestmark = pytest.mark.django_db
CAMP = "activities.BC3"
DAYS = f"{CAMP}.duration.days"
DURATION = f"{CAMP}.duration"


def text_of(edition, under=""):
    data = document_of(edition)
    if under:
        for key in under.split("."):
            named = (
                {one.get("code") or one.get("id"): one for one in data}
                if isinstance(data, list)
                else data
            )
            data = named[key]
    else:
        data = {key: part for key, part in data.items() if key not in ("locks", "default_lock")}
    return in_lines(data)


def write(edition, source, *, under="", base="", reason="As in practice", **more):
    return depart_by_text(
        edition,
        source=source,
        under=under,
        reason=reason,
        base=base or design_token(edition),
        by=None,
        **more,
    )


@pytest.mark.parametrize("code", library.codes())
def test_design_written_as_text_reads_back_as_itself(code):
    data = library.data(code)

    assert read(in_lines(data))[0] == data


def test_every_difference_of_the_whole_text_is_one_departure_with_one_reason():
    edition = adopt()
    source = text_of(edition).replace("days: 3", "days: 2").replace("weeks: 6", "weeks: 4")

    made = write(edition, source)

    assert {(one.path, one.before, one.after) for one in made} == {
        (DAYS, 3, 2),
        ("activities.AC6.duration.weeks", 6, 4),
    }
    assert {(one.reason, one.level, one.cause, one.version) for one in made} == {
        ("As in practice", "bounded", "local", 1)
    }
    assert Record.objects.filter(act="departed").count() == 1


def test_one_part_is_written_alone():
    edition = adopt()

    [made] = write(edition, "{days: 2, contact_minutes: 1275}", under=DURATION)

    assert (made.path, made.after) == (DAYS, 2)


def test_back_to_the_blueprint_ends_the_departure_and_none_begins():
    edition = adopt()
    depart(edition, path=DAYS, after=2, reason="x", by=None)

    write(edition, text_of(edition).replace("days: 2", "days: 3"))

    assert not standing_departures(edition).exists()
    assert document_of(edition) == edition.blueprint.data


def test_whole_part_that_departed_ends_when_its_text_is_as_in_the_blueprint():
    edition = adopt()
    path = f"{CAMP}.sessions"
    sessions = document_of(edition)["activities"][0]["sessions"]
    depart(
        edition, path=path, after=[{**one, "minutes": 20} for one in sessions], reason="x", by=None
    )

    write(edition, in_lines(sessions), under=path)

    assert not standing_departures(edition).exists()


def test_session_is_added_taken_out_and_moved_in_one_text():
    edition = adopt()
    path = f"{CAMP}.sessions"
    listed = [dict(one) for one in document_of(edition)["activities"][0]["sessions"]]
    del listed[4]
    listed[0]["day"] = 2
    words = {"en": "Visit", "fr": "Visite", "ar": "زيارة", "az": "Səfər"}
    listed.append({"id": "VISIT", "day": 3, "kind": "visit", "minutes": 60, "title": words})

    made = {one.path: one.after for one in write(edition, in_lines(listed), under=path)}

    assert set(made) == {f"{path}.D1S1.day", f"{path}.D1S5", f"{path}.VISIT"}
    assert made[f"{path}.D1S5"] is None
    assert document_of(edition)["activities"][0]["sessions"] == listed


def test_list_in_another_order_is_one_departure():
    edition = adopt()
    path = f"{CAMP}.sessions"
    listed = [dict(one) for one in document_of(edition)["activities"][0]["sessions"]]
    listed[0], listed[1] = listed[1], {**listed[0], "minutes": 30}

    [made] = write(edition, in_lines(listed), under=path)

    assert made.path == path
    assert document_of(edition)["activities"][0]["sessions"] == listed


def test_text_in_several_languages_is_one_departure():
    edition = adopt()
    words = {"en": "Welcome", "fr": "Accueil", "ar": "ترحيب", "az": "Qarşılama"}

    [made] = write(edition, in_lines(words), under=f"{CAMP}.sessions.D1S1.title")

    assert (made.path, made.after) == (f"{CAMP}.sessions.D1S1.title", words)


def test_every_refusal_is_told_at_once_with_line_lock_owner_and_part():
    edition = adopt()
    source = (
        text_of(edition)
        .replace("days: 3", "days: 9")
        .replace("min_attendance_percent: 80", "min_attendance_percent: 10", 1)
        .replace("weekday: friday", "weekday: tuesday")
    )

    with pytest.raises(TextRefused) as refused:
        write(edition, source)

    told = str(refused.value)
    lines = source.splitlines()
    for word, path in (
        ("days: 9", DAYS),
        ("min_attendance_percent: 10", f"{CAMP}.award.certificate.min_attendance_percent"),
    ):
        line = next(at for at, one in enumerate(lines, 1) if word in one)
        assert f"Line {line}, {path}:" in told
    assert str(edition.programme.owner) in told
    assert "TVP version 1" in told
    assert Departure.objects.count() == 0


def test_one_refused_difference_keeps_all_the_others_out():
    edition = adopt()

    with pytest.raises(TextRefused):
        write(
            edition, text_of(edition).replace("days: 3", "days: 2").replace("weeks: 6", "weeks: 9")
        )

    assert Departure.objects.count() == 0


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("days: [", "not readable as YAML"),
        ("", "The document is empty"),
        ("{days: 3, days: 2, contact_minutes: 1275}", "written twice"),
        ("{days: 3, contact_minutes: many}", "must be a whole number"),
        ("{days: 3, contact_minutes: 1275, hours: 8}", "is not known here"),
        ("{days: 3}", "is missing"),
        ("[1, 2]", "must be"),
    ],
)
def test_text_that_is_no_design_is_refused_in_words(source, words):
    edition = adopt()

    with pytest.raises(TextRefused, match=words):
        write(edition, source, under=DURATION)

    assert Departure.objects.count() == 0


def test_code_written_twice_is_refused_and_hides_nothing():
    edition = adopt()
    path = f"{CAMP}.sessions"
    listed = document_of(edition)["activities"][0]["sessions"]

    with pytest.raises(TextRefused, match="used twice"):
        write(edition, in_lines([*listed, {**listed[0], "minutes": 10}]), under=path)


def test_locks_are_not_a_countrys_to_write():
    version = make.blueprint(
        make.programme("FREE"), data={**library.data("TVP"), "default_lock": "free"}
    )
    edition = adopt(version)
    freed = {**document_of(edition), "locks": []}

    with pytest.raises(TextRefused, match="an edition changes none of them"):
        write(edition, yaml.safe_dump(freed, allow_unicode=True))
    with pytest.raises(Exception, match="an edition changes none of them"):
        depart(edition, path="default_lock", after="bounded", reason="x", by=None)

    assert Departure.objects.count() == 0


def test_text_that_says_what_stands_changes_nothing():
    edition = adopt()

    with pytest.raises(NothingChanges):
        write(edition, text_of(edition))


def test_text_needs_a_reason_and_an_edition_that_goes_on():
    edition = adopt()
    source = text_of(edition).replace("days: 3", "days: 2")
    with pytest.raises(ReasonMissing):
        write(edition, source, reason=" ")
    Edition.objects.update(state="cancelled")

    with pytest.raises(WrongState):
        write(edition, source)


def test_design_of_a_token_is_what_stood_then():
    edition = adopt()
    before, token = document_of(edition), design_token(edition)
    depart(edition, path=DAYS, after=2, reason="x", by=None)
    after, later = document_of(edition), design_token(edition)
    depart(edition, path=DAYS, after=3, reason="x", by=None)

    assert design_at(edition, token) == before
    assert design_at(edition, later) == after


@pytest.mark.parametrize("token", ["", "x", "999:", "1:7", "1:x"])
def test_token_of_no_design_of_this_edition_is_refused(token):
    edition = adopt()

    with pytest.raises(UnknownDesign):
        depart_by_text(edition, source="{}", under="", reason="x", base=token, by=None)


def test_two_people_change_different_parts_and_both_stand():
    edition = adopt()
    base, source = design_token(edition), text_of(edition).replace("days: 3", "days: 2")
    depart(edition, path="activities.AC6.duration.weeks", after=4, reason="Theirs", by=None)

    made = write(edition, source, base=base)

    assert [one.path for one in made] == [DAYS]
    assert {one.reason for one in standing_departures(edition)} == {"Theirs", "As in practice"}


def test_two_people_change_one_part_and_both_values_are_shown():
    edition = adopt()
    base, source = design_token(edition), text_of(edition).replace("days: 3", "days: 2")
    depart(edition, path=DAYS, after=4, reason="Theirs", by=None)

    with pytest.raises(DesignMoved):
        write(edition, source, base=base)

    [clash] = weigh_text(edition, source=source, under="", base=base).clashes
    assert (clash.path, clash.base, clash.mine, clash.theirs) == (DAYS, 3, 2, 4)
    assert [one.after for one in standing_departures(edition)] == [4]


@pytest.mark.parametrize(("stands", "days"), [("mine", 2), ("theirs", 4)])
def test_what_was_chosen_stands(stands, days):
    edition = adopt()
    base = design_token(edition)
    source = text_of(edition).replace("days: 3", "days: 2").replace("weeks: 6", "weeks: 5")
    depart(edition, path=DAYS, after=4, reason="Theirs", by=None)

    write(edition, source, base=base, settled={DAYS: stands})

    assert document_of(edition)["activities"][0]["duration"]["days"] == days
    assert document_of(edition)["activities"][1]["duration"]["weeks"] == 5


def test_weighing_says_in_words_what_would_change_and_what_would_not_fit_and_writes_nothing():
    edition = adopt()
    source = text_of(edition).replace("days: 3", "days: 2")

    weighed = weigh_text(edition, source=source, under="", base=design_token(edition))

    assert [one.words for one in weighed.planned] == [("Boot camp: days 3 → 2",)]
    assert weighed.planned[0].lock.level == "bounded"
    assert weighed.is_clear
    assert {one.path.split(".")[3] for one in weighed.loose} >= {"D3S1", "D3S2"}
    assert all(one.line for one in weighed.loose)
    assert Departure.objects.count() == 0
