"""Screens of the teardown through the real client: forms, a queue's answers, the order of steps."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from karvan.stages.dossiers.models import StepPhoto, TeardownStep
from tests.foundation.files import samples
from tests.make.dossiers import block, dossier, member, teardown_step

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def bench():
    return dossier(state="teardown")


@pytest.fixture
def inside(client, bench):
    client.force_login(member(bench).enrolment.person)
    return client


def to(name, of, *more):
    return reverse(f"dossiers:{name}", args=[of.activity.edition.slug, of.pk, *more])


def rows(**fields):
    """A whole form of a step, its rows empty but for those given."""
    return {
        "title": "Lift the board",
        "direction": "remove",
        "line-TOTAL_FORMS": "2",
        "line-INITIAL_FORMS": "0",
        "fastener-TOTAL_FORMS": "1",
        "fastener-INITIAL_FORMS": "0",
        **fields,
    }


def picture(name="IMG.jpg"):
    return SimpleUploadedFile(name, samples.picture("JPEG", (800, 600)), "image/jpeg")


def test_a_quick_step_comes_with_its_photograph(inside, bench):
    typed = {"title": "Open", "direction": "open", "text": "Turn it over\n\nPull the feet off"}

    inside.post(to("step_quick", bench), {**typed, "photo": picture()})
    page = inside.get(to("teardown", bench))

    step = TeardownStep.objects.get()
    assert [line["text"] for line in step.lines] == ["Turn it over", "Pull the feet off"]
    assert step.photos.count() == 1
    assert "Pull the feet off" in page.text
    assert 'loading="lazy"' in page.text and 'width="800"' in page.text


def test_a_whole_step_is_written_and_written_anew(inside, bench):
    power = block(bench)
    typed = {
        "line-0-text": "Loosen both screws",
        "line-0-bullet": "red",
        "line-0-level": "1",
        "line-1-bullet": "black",
        "line-1-level": "0",
        "fastener-0-type": "M3 screw",
        "fastener-0-count": "2",
        "fastener-0-move": "out",
        "blocks": [power.pk],
        "tools": "PH0\nSpudger\n",
        "minutes": "7",
    }

    inside.post(to("step_new", bench), rows(**typed))
    step = TeardownStep.objects.get()
    form = inside.get(to("step", bench, step.pk))
    anew = rows(**{**typed, "line-INITIAL_FORMS": "1", "line-0-text": "Loosen all screws"})
    inside.post(to("step", bench, step.pk), anew)
    page = inside.get(to("teardown", bench))

    step.refresh_from_db()
    assert step.lines == [{"bullet": "red", "level": 1, "text": "Loosen all screws"}]
    assert step.tools == ["PH0", "Spudger"]
    assert list(step.blocks.all()) == [power]
    assert "Loosen both screws" in form.text
    assert "2 × <bdi>M3 screw</bdi> still out" in page.text


def test_a_row_that_is_wrong_keeps_what_was_typed(inside, bench):
    answer = inside.post(
        to("step_new", bench),
        rows(**{"fastener-0-type": "M3 screw", "fastener-0-move": "out", "tools": "PH0"}),
    )

    assert answer.status_code == 422
    assert "Say how many." in answer.text and "M3 screw" in answer.text and "PH0" in answer.text
    assert not TeardownStep.objects.exists()


def test_steps_move_up_and_down_and_go(inside, bench):
    first, second = teardown_step(bench, title="a"), teardown_step(bench, title="b")

    inside.post(to("step_move", bench, second.pk), {"places": "up"})
    assert [one.title for one in bench.steps.order_by("order")] == ["b", "a"]

    inside.post(to("step_delete", bench, second.pk))
    first.refresh_from_db()
    assert first.order == 1


def test_a_step_of_another_dossier_is_not_found(inside, bench):
    strange = teardown_step(dossier(state="teardown"))

    assert inside.get(to("step", bench, strange.pk)).status_code == 404


def test_a_queue_sends_a_step_and_its_photograph_once_each(inside, bench):
    key, photo_key = str(uuid.uuid4()), str(uuid.uuid4())
    typed = {"title": "Open", "direction": "open", "text": "Turn it", "key": key}

    answers = [inside.post(to("step_quick", bench), typed, headers=JSON) for _ in range(2)]
    where = answers[0].json()["photos"]
    photos = [
        inside.post(where, {"photo": picture(), "key": photo_key}, headers=JSON) for _ in range(2)
    ]

    assert [one.status_code for one in (*answers, *photos)] == [200] * 4
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert photos[0].json()["id"] == photos[1].json()["id"]
    assert "data-photo" in photos[0].json()["html"]
    assert (TeardownStep.objects.count(), StepPhoto.objects.count()) == (1, 1)


def test_a_queue_is_told_why_something_is_not_taken(inside, bench):
    step = teardown_step(bench)
    where = to("step_photos", bench, step.pk)
    paper = SimpleUploadedFile("a.jpg", b"%PDF-1.7", "image/jpeg")

    no_picture = inside.post(where, {"photo": paper, "key": str(uuid.uuid4())}, headers=JSON)
    no_file = inside.post(where, {"key": str(uuid.uuid4())}, headers=JSON)
    no_key = inside.post(where, {"photo": picture(), "key": "12"}, headers=JSON)
    no_title = inside.post(to("step_quick", bench), {"direction": "open"}, headers=JSON)

    for answer, words in (
        (no_picture, "PDF"),
        (no_file, "No photograph"),
        (no_key, "damaged"),
        (no_title, "required"),
    ):
        assert answer.status_code == 422
        assert words in answer.json()["reason"]
    assert not StepPhoto.objects.exists()


def test_several_photographs_at_once_are_taken_and_the_bad_one_is_named(inside, bench):
    step = teardown_step(bench)
    bad = SimpleUploadedFile("b.jpg", b"no picture at all", "image/jpeg")

    answer = inside.post(
        to("step_photos", bench, step.pk), {"photo": [picture(), bad, picture()]}, follow=True
    )

    assert step.photos.count() == 2
    assert "b.jpg" in answer.text


def test_the_page_of_a_device_that_is_not_cleared_says_so(client):
    bench = dossier(state="draft")
    client.force_login(member(bench).enrolment.person)

    page = client.get(to("teardown", bench))
    refused = client.post(to("step_quick", bench), {"title": "Open", "direction": "open"})

    assert "not cleared for opening" in page.text
    assert "next-photo" not in page.text
    assert refused.status_code == 422 and "not cleared" in refused.text


def test_the_page_costs_the_same_queries_however_many_steps(
    inside, bench, django_assert_max_num_queries
):
    for _ in range(8):
        inside.post(
            to("step_quick", bench), {"title": "a", "direction": "open", "photo": picture()}
        )

    with django_assert_max_num_queries(24):
        inside.get(to("teardown", bench))
