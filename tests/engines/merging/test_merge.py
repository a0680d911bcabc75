"""What a merge does with each kind of change, on a small programme one can read."""

from copy import deepcopy

import pytest

from karvan.engines.merging import ABSENT, Change, Conflict, check_merge, merge

BASE = {
    "days": 3,
    "title": {"en": "Boot camp", "fr": "Camp"},
    "languages": ["en", "fr"],
    "sessions": [
        {"id": "S1", "minutes": 60, "roles": ["HEAD"]},
        {"id": "S2", "minutes": 90, "roles": ["HEAD"]},
    ],
    "anchors": [{"en": "none"}, {"en": "some"}],
}


def after(**changes):
    return {**deepcopy(BASE), **changes}


def merged(ours, theirs, **options):
    answer = merge(BASE, ours, theirs, **options)
    assert check_merge(BASE, ours, theirs, answer, options.get("keep", ())) == ()
    return answer


def test_changes_of_different_parts_are_both_in_the_document():
    ours = after(days=2, title={"en": "Boot camp", "fr": "Stage"})
    theirs = after(title={"en": "Boot camp", "fr": "Camp", "ar": "معسكر"})

    answer = merged(ours, theirs)

    assert answer.document == after(days=2, title={"en": "Boot camp", "fr": "Stage", "ar": "معسكر"})
    assert answer.conflicts == ()
    assert answer.ours == (Change(("days",), 3, 2), Change(("title", "fr"), "Camp", "Stage"))
    assert answer.theirs == (Change(("title", "ar"), ABSENT, "معسكر"),)


def test_a_change_that_both_made_is_told_once():
    answer = merged(after(days=2), after(days=2))

    assert answer.document == after(days=2)
    assert (answer.ours, answer.theirs) == ((), ())
    assert answer.both == (Change(("days",), 3, 2),)


def test_a_part_that_both_changed_differently_is_a_conflict_and_ours_stands():
    answer = merged(after(days=2), after(days=4))

    assert answer.document == after(days=2)
    assert answer.conflicts == (Conflict(("days",), "changed", 3, 2, 4),)
    assert (answer.ours, answer.theirs, answer.both) == ((), (), ())


@pytest.mark.parametrize("other", [True, 1.0, "1"])
def test_a_value_of_another_type_is_another_value(other):
    assert merge({"n": 1}, {"n": 1}, {"n": other}).theirs == (Change(("n",), 1, other),)
    assert merge({"n": [1]}, {"n": [other]}, {"n": [1]}).ours == (Change(("n",), [1], [other]),)


def test_one_who_removes_what_the_other_changed_inside_is_one_conflict():
    ours = after(sessions=[{"id": "S1", "minutes": 45, "roles": []}, BASE["sessions"][1]])
    theirs = after(sessions=[BASE["sessions"][1]])

    answer = merged(ours, theirs)

    path = ("sessions", "S1")
    assert answer.conflicts == (
        Conflict(path, "removed", BASE["sessions"][0], ours["sessions"][0], ABSENT),
    )
    assert answer.document == ours


def test_what_we_removed_and_they_changed_stays_away_until_decided():
    ours = after(sessions=[BASE["sessions"][1]])
    theirs = after(sessions=[{"id": "S1", "minutes": 45, "roles": []}, BASE["sessions"][1]])

    answer = merged(ours, theirs)

    assert [conflict.kind for conflict in answer.conflicts] == ["removed"]
    assert answer.document == ours


def test_what_both_added_is_merged_inside_and_contested_only_where_it_differs():
    common = {"id": "S3", "minutes": 30}
    ours = after(sessions=[*BASE["sessions"], {**common, "room": "HALL", "slots": 5}])
    theirs = after(sessions=[*BASE["sessions"], {**common, "room": "LAB", "day": 2}])

    answer = merged(ours, theirs)

    assert answer.conflicts == (
        Conflict(("sessions", "S3", "room"), "added", ABSENT, "HALL", "LAB"),
    )
    assert answer.document["sessions"][2] == {**common, "room": "HALL", "slots": 5, "day": 2}


def test_a_list_of_plain_values_is_one_value():
    answer = merged(after(languages=["en", "ar"]), after(languages=["en", "fr", "az"]))

    assert answer.conflicts == (
        Conflict(("languages",), "changed", ["en", "fr"], ["en", "ar"], ["en", "fr", "az"]),
    )


def test_rows_without_identity_are_merged_by_position_while_they_stay_as_many():
    ours = after(anchors=[{"en": "nothing"}, {"en": "some"}])
    theirs = after(anchors=[{"en": "none"}, {"en": "some", "fr": "peu"}])

    answer = merged(ours, theirs)

    assert answer.document["anchors"] == [{"en": "nothing"}, {"en": "some", "fr": "peu"}]
    assert answer.theirs == (Change(("anchors", "1", "fr"), ABSENT, "peu"),)


def test_rows_without_identity_are_one_value_when_a_side_has_more():
    ours = after(anchors=[{"en": "nothing"}, {"en": "some"}])
    theirs = after(anchors=[*BASE["anchors"], {"en": "all"}])

    assert [c.path for c in merged(ours, theirs).conflicts] == [("anchors",)]


def test_rows_that_would_get_one_identity_twice_are_a_conflict():
    answer = merge([{}, {}], [{"id": "a"}, {}], [{}, {"id": "a"}])

    assert [(c.path, c.kind) for c in answer.conflicts] == [((), "changed")]
    assert (answer.ours, answer.theirs, answer.both) == ((), (), ())


def test_an_item_that_would_lose_its_name_is_a_conflict():
    base, ours, theirs = [{"code": "a", "id": "a"}], [{"code": "a"}], [{"id": "a"}]

    answer = merge(base, ours, theirs)

    assert answer.conflicts == (Conflict(("a",), "changed", base[0], ours[0], theirs[0]),)
    assert answer.document == ours
    assert (answer.ours, answer.theirs, answer.both) == ((), (), ())


def test_a_kept_value_stays_ours_though_only_they_changed_it():
    theirs = after(days=5, title={"en": "Camp", "fr": "Camp"})

    answer = merged(after(), theirs, keep=[("days",)])

    assert answer.document == after(title=theirs["title"])
    assert answer.kept == (Change(("days",), 3, 5),)
    assert answer.theirs == (Change(("title", "en"), "Boot camp", "Camp"),)


def test_a_part_with_a_kept_value_is_not_removed():
    answer = merged(after(), after(sessions=[]), keep=[("sessions", "S2", "minutes")])

    assert answer.document["sessions"] == [BASE["sessions"][1]]
    assert answer.kept == (Change(("sessions", "S2"), BASE["sessions"][1], ABSENT),)
    assert answer.conflicts == ()


def test_a_part_with_a_kept_value_is_not_contested_when_they_remove_it():
    ours = after(sessions=[{"id": "S1", "minutes": 45, "roles": []}, BASE["sessions"][1]])

    answer = merged(ours, after(sessions=[]), keep=[("sessions", "S1")])

    assert answer.document["sessions"] == [ours["sessions"][0]]
    assert answer.conflicts == ()
    assert [change.after for change in answer.kept] == [ABSENT]


@pytest.mark.parametrize("theirs", ["none", ["a"], [{"id": "S1"}, {}], None])
def test_what_holds_a_kept_value_is_not_replaced(theirs):
    answer = merged(after(), after(sessions=theirs), keep=[("sessions", "S1", "minutes")])

    assert answer.document == BASE
    assert answer.kept


def test_what_we_removed_and_keep_so_stays_away():
    ours = after(sessions=[BASE["sessions"][1]])
    theirs = after(sessions=[{"id": "S1", "minutes": 45}, BASE["sessions"][1]])

    answer = merged(ours, theirs, keep=[("sessions", "S1")])

    assert answer.document == ours
    assert answer.conflicts == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "path"),
    [
        ([{"t": 1, "id": "a"}], [{"t": 2}], ("a", "t")),  # we gave the row a name
        ([{"t": 1}], [{"t": 2, "id": "a"}], ("0", "t")),  # they did, so "0" would not be found
    ],
)
def test_a_kept_value_in_a_row_that_gets_a_name_stays_where_ours_has_it(ours, theirs, path):
    answer = merge([{"t": 1}], ours, theirs, keep=[path])

    assert answer.document == ours
    assert answer.conflicts == ()


def test_a_kept_item_stands_where_we_had_it():
    ours = after(sessions=[BASE["sessions"][0], {"id": "OWN"}, BASE["sessions"][1]])
    theirs = after(sessions=[BASE["sessions"][1], {"id": "S3"}])

    answer = merged(ours, theirs, keep=[("sessions", "S1")])

    assert [item["id"] for item in answer.document["sessions"]] == ["S1", "OWN", "S2", "S3"]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"sessions": [{"id": "S1"}, {"id": "S1"}]}, "two items of sessions are named 'S1'"),
        ({"a": {"b": {1, 2}}}, "{1, 2} at a.b is no JSON value"),
        ({"a": [{"id": "x", "t": (1,)}]}, r"\(1,\) at a.x.t is no JSON value"),
        ({"a": float("nan")}, "nan at a is no JSON value"),
        ({"a": {2: "b"}}, "key 2 at a is no text"),
        (ABSENT, "ABSENT at the document is no JSON value"),
    ],
)
def test_what_is_no_document_is_refused_with_the_value_and_its_path(document, words):
    for three in ((document, {}, {}), ({}, document, {}), ({}, {}, document)):
        with pytest.raises(ValueError, match=words):
            merge(*three)


def test_a_document_without_a_bottom_is_refused():
    endless = {}
    endless["a"] = endless

    with pytest.raises(ValueError, match="more than 100 levels deep"):
        merge({}, endless, {})


@pytest.mark.parametrize("keep", ["days", ["days"], [("days", 1)], [["days"]]])
def test_a_path_to_keep_must_be_a_tuple_of_texts(keep):
    with pytest.raises(ValueError, match="path"):
        merge(BASE, BASE, BASE, keep=keep)


def test_other_identities_may_be_named():
    base, ours = [{"no": "1", "x": 1}], [{"no": "0"}, {"no": "1", "x": 1}]
    theirs = [{"no": "1", "x": 2}]

    answer = merge(base, ours, theirs, identities=("no",))

    assert answer.document == [{"no": "0"}, {"no": "1", "x": 2}]
    with pytest.raises(ValueError, match="identities must be several keys, got 'no'"):
        merge(base, ours, theirs, identities="no")
