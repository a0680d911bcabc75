"""Marks on photographs: on the picture, numbered once each, bound to what they show."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from karvan.stages.dossiers.drawing.marks import Mark, marks_svg
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier
from karvan.stages.dossiers.services.annotating import MarkSaid, annotate_photo
from karvan.stages.dossiers.services.photos import add_photo
from karvan.stages.dossiers.services.teardown_shown import shown
from karvan.stages.dossiers.teardown_queries import step_in
from tests.foundation.files import samples
from tests.make.dossiers import block, dossier, member, part_line, teardown_step

pytestmark = pytest.mark.django_db

LINES = [
    {"bullet": "black", "level": 0, "text": "Turn it over"},
    {"bullet": "red", "level": 0, "text": "Loosen the screw"},
    {"bullet": "blue", "level": 1, "text": "Pull the plug"},
]


@pytest.fixture
def photo():
    step = teardown_step(dossier(state="teardown"), lines=LINES)
    upload = ContentFile(samples.picture("JPEG", (800, 600)), "a.jpg")
    return add_photo(step, upload=upload, by=None)


def annotate(photo, *marks, removed=()):
    return annotate_photo(photo, marks=marks, removed=removed, by=None)


def test_every_shape_comes_back_as_it_was_drawn(photo):
    corners = ((0.1, 0.1), (0.4, 0.1), (0.4, 0.5))
    found = annotate(
        photo,
        MarkSaid("point", 0.5, 0.25, label="Screw under the label"),
        MarkSaid("box", 0.1, 0.2, 0.9, 0.3, colour="green"),
        MarkSaid("arrow", 0.9, 0.9, -0.4, -0.2, colour="blue"),
        MarkSaid("polygon", 0.1, 0.1, points=corners, colour="violet"),
    )

    assert [one.number for one in found] == [1, 2, 3, 4]
    assert [one.shape for one in found] == ["point", "box", "arrow", "polygon"]
    assert (found[2].w, found[2].h) == (-0.4, -0.2)
    assert found[3].points == [[0.1, 0.1], [0.4, 0.1], [0.4, 0.5]]


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (MarkSaid("point", 1.01, 0.5), "off the picture"),
        (MarkSaid("point", float("nan"), 0.5), "off the picture"),
        (MarkSaid("box", 0.9, 0.1, 0.2, 0.2), "off the picture"),
        (MarkSaid("box", 0.1, 0.1, 0.0, 0.2), "width and a height"),
        (MarkSaid("box", 0.5, 0.5, -0.2, 0.2), "width and a height"),
        (MarkSaid("arrow", 0.5, 0.5), "where its head is"),
        (MarkSaid("arrow", 0.5, 0.5, 0.6, 0.0), "off the picture"),
        (MarkSaid("polygon", 0.1, 0.1, points=((0.1, 0.1), (0.2, 0.2))), "three points"),
        (
            MarkSaid("polygon", 0.1, 0.1, points=((0.1, 0.1), (0.2, 0.2), (0.3, 1.2))),
            "off the picture",
        ),
        (MarkSaid("cloud", 0.5, 0.5), "not known"),
        (MarkSaid("point", 0.5, 0.5, colour="icon_note"), "not known"),
        (MarkSaid("point", 0.5, 0.5, line=3), "line that the step does not have"),
    ],
)
def test_a_mark_that_does_not_fit_is_refused_and_named(photo, mark, words):
    with pytest.raises(NotGiven, match=words):
        annotate(photo, MarkSaid("point", 0.5, 0.5), mark)

    assert not photo.annotations.exists()


def test_two_people_who_mark_at_once_do_not_undo_each_other(photo):
    annotate(photo, MarkSaid("point", 0.1, 0.1, number=1, label="By one"))

    annotate(photo, MarkSaid("point", 0.2, 0.2, number=1, label="By another"))

    assert list(photo.annotations.values_list("number", "label")) == [
        (1, "By one"),
        (2, "By another"),
    ]


def test_numbers_can_be_exchanged_but_not_doubled(photo):
    first, second = annotate(photo, MarkSaid("point", 0.1, 0.1), MarkSaid("point", 0.2, 0.2))

    annotate(
        photo,
        MarkSaid("point", 0.1, 0.1, number=2, key=first.key),
        MarkSaid("point", 0.2, 0.2, number=1, key=second.key),
    )
    assert list(photo.annotations.values_list("number", "x")) == [(1, 0.2), (2, 0.1)]

    with pytest.raises(NotGiven, match="stands on two"):
        annotate(
            photo,
            MarkSaid("point", 0.1, 0.1, number=2, key=first.key),
            MarkSaid("point", 0.3, 0.2, number=2),
        )


def test_marks_are_taken_away_and_strange_ones_refused(photo):
    first, second = annotate(photo, MarkSaid("point", 0.1, 0.1), MarkSaid("point", 0.2, 0.2))

    (left,) = annotate(photo, removed=[first.key])
    assert left == second
    with pytest.raises(NotOfThisDossier, match="no longer there"):
        annotate(photo, MarkSaid("point", 0.3, 0.3, key=uuid.uuid4()))
    with pytest.raises(NotOfThisDossier):
        annotate(photo, MarkSaid("point", 0.3, 0.3, block=block().pk))
    with pytest.raises(NotOfThisDossier):
        annotate(photo, MarkSaid("point", 0.3, 0.3, part=part_line().pk))


def test_lines_name_the_marks_of_their_colour_and_those_bound_to_them(photo):
    annotate(
        photo,
        MarkSaid("point", 0.1, 0.1, colour="red"),
        MarkSaid("point", 0.2, 0.2, colour="black", line=2),
        MarkSaid("point", 0.3, 0.3, colour="black"),
        MarkSaid("point", 0.4, 0.4, colour="blue", line=0),
    )

    lines = shown(step_in(photo.step.dossier, photo.step.pk)).lines

    assert [line.marks for line in lines] == [("4",), ("1",), ("2",)]


def test_a_mark_is_drawn_where_it_lies_whatever_the_shape_of_the_picture():
    drawn = marks_svg([Mark(7, "box", 0.5, 0.5, 0.25, 0.5)], width=500, height=1000)

    assert 'viewBox="0 0 1000 2000"' in drawn
    assert '<rect x="500.0" y="1000.0" width="250.0" height="1000.0"' in drawn
    assert ">7</text>" in drawn
    assert marks_svg([], width=500, height=1000) == ""


def test_the_number_of_a_mark_at_the_corner_stays_on_the_picture():
    drawn = marks_svg([Mark(1, "point", 1.0, 0.0)], width=1000, height=500)

    assert 'cx="968.0" cy="32.0"' in drawn


def to(photo):
    of = photo.step.dossier
    return reverse("dossiers:photo", args=[of.activity.edition.slug, of.pk, photo.pk])


def typed(*rows, initial=0):
    data = {"mark-TOTAL_FORMS": str(len(rows)), "mark-INITIAL_FORMS": str(initial)}
    for at, row in enumerate(rows):
        data |= {f"mark-{at}-{name}": value for name, value in row.items()}
    return data


ROW = {"shape": "point", "colour": "red", "x": "0.5", "y": "0.25"}
EMPTY = {"shape": "point", "colour": "red"}


def test_marks_are_typed_in_without_scripts(client, photo):
    client.force_login(member(photo.step.dossier).enrolment.person)

    outline = {**ROW, "shape": "polygon", "points": "0.1,0.1 0.4,0.1 0.4,0.5"}
    answer = client.post(to(photo), typed(ROW, outline, EMPTY), follow=True)
    point, polygon = photo.annotations.all()
    changed = typed(
        {**ROW, "key": point.key, "label": "Screw"},
        {**outline, "key": polygon.key, "DELETE": "on"},
        initial=2,
    )
    client.post(to(photo), changed)

    assert "2 marks are kept." in answer.text
    (left,) = photo.annotations.all()
    assert (left.label, left.x) == ("Screw", 0.5)


def test_what_was_typed_stays_where_a_mark_is_wrong(client, photo):
    client.force_login(member(photo.step.dossier).enrolment.person)

    off = client.post(to(photo), typed({**ROW, "x": "1.5", "label": "My label"}))
    small = client.post(to(photo), typed({**ROW, "shape": "box", "label": "My label"}))
    odd = client.post(to(photo), typed({**ROW, "points": "here and there"}))

    assert [one.status_code for one in (off, small, odd)] == [422] * 3
    assert "My label" in off.text and "From the left" in off.text
    assert "My label" in small.text and "width and a height" in small.text
    assert "two numbers from 0 to 1" in odd.text
    assert not photo.annotations.exists()
