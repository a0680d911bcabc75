"""Sets of quotas: kept under a name, loaded, renamed, deleted, and compared side by side."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.reviews.blind import reading_code
from karvan.stages.selection.errors import NameTaken
from karvan.stages.selection.models import QuotaSet
from karvan.stages.selection.services import delete_quota_set, rename_quota_set, save_quota_set
from tests import make

from .pool import read_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return read_call((90, "M"), (80, "M"), (70, "F"))


def where(call, name, **more):
    activity = call.activity
    kwargs = {"edition": activity.edition.slug, "activity": activity.code, **more}
    return reverse(f"selection:{name}", kwargs=kwargs)


def numbers(floor=None, ceiling=None):
    return {"women": {"floor": floor, "ceiling": ceiling}}


def test_set_is_saved_and_saved_again_under_its_name(call):
    officer = make.officer()
    save_quota_set(call, name="Half", places=2, numbers=numbers(1), by=officer)

    again = save_quota_set(call, name=" Half ", places=3, numbers=numbers(2), by=officer)

    assert QuotaSet.objects.count() == 1
    assert (again.places, again.numbers["women"]["floor"]) == (3, 2)
    assert [r.act for r in Record.objects.all()] == ["saved quota set"] * 2


def test_set_is_renamed_but_not_to_a_name_there_is(call):
    one, other = make.quota_set(call, name="One"), make.quota_set(call, name="Other")

    rename_quota_set(one, name="First", by=None)
    with pytest.raises(NameTaken):
        rename_quota_set(other, name="First", by=None)

    assert sorted(str(s) for s in QuotaSet.objects.all()) == ["First", "Other"]


def test_deleted_set_leaves_its_numbers_on_record(call):
    kept = make.quota_set(call, numbers=numbers(1))

    delete_quota_set(kept, by=make.officer())

    assert QuotaSet.objects.count() == 0
    assert Record.objects.get().before["numbers"] == numbers(1)


def test_what_is_typed_is_saved_loaded_renamed_and_deleted_on_screen(sign_in, call):
    client = sign_in(make.officer())
    typed = {
        "places": "2", "seed": "s", "floor:women": "2", "ceiling:women": "", "name": "More women",
    }  # fmt: skip

    saved = client.post(where(call, "save_set"), typed)
    kept = QuotaSet.objects.get()
    loaded = client.get(saved["Location"])
    change = where(call, "change_set", pk=kept.pk)
    client.post(change, {"name": "Most women"})
    renamed = client.get(where(call, "compare_sets"))
    client.post(change, {"name": "Most women", "act": "delete"})

    assert 'name="floor:women" value="2"' in loaded.text
    assert "More women" in loaded.text
    assert "Most women" in renamed.text
    assert QuotaSet.objects.count() == 0


def test_set_with_numbers_that_contradict_themselves_is_not_saved(sign_in, call):
    client = sign_in(make.officer())

    page = client.post(
        where(call, "save_set"),
        {"places": "2", "seed": "s", "floor:women": "2", "ceiling:women": "1", "name": "Wrong"},
    )

    assert page.status_code == 422
    assert QuotaSet.objects.count() == 0


def test_sets_stand_side_by_side_with_who_differs(sign_in, call):
    make.quota_set(call, name="By marks", numbers=numbers())
    make.quota_set(call, name="One woman", numbers=numbers(floor=1))
    make.quota_set(call, name="Too many", numbers=numbers(floor=2))
    second, woman = (reading_code(call.applications.order_by("pk")[at]) for at in (1, 2))

    page = sign_in(make.role("auditor")).get(where(call, "compare_sets"))

    assert "As many points as by marks alone." in page.text
    assert "10 points fewer than by marks alone." in page.text
    assert "there are: Women." in page.text
    assert [page.text.count(one) for one in (second, woman)] == [1, 1]
    assert "Rename or delete" not in page.text


def test_at_most_four_sets_are_compared(sign_in, call):
    for _n in range(5):
        make.quota_set(call, numbers=numbers())

    page = sign_in(make.officer()).get(where(call, "compare_sets"))

    assert page.text.count('scope="col"') == 4


def test_set_of_another_call_is_not_found(sign_in, call):
    other = make.quota_set(make.call())

    answer = sign_in(make.officer()).post(where(call, "change_set", pk=other.pk), {"name": "X"})

    assert answer.status_code == 404
