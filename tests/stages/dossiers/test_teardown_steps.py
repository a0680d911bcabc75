"""Steps of a teardown: gapless numbers, keys taken once, fasteners that balance."""

from __future__ import annotations

import uuid

import pytest

from karvan.foundation.records.models import Record
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier, Stopped, WrongState
from karvan.stages.dossiers.models import TeardownStep
from karvan.stages.dossiers.services.teardown import (
    add_step,
    change_step,
    delete_step,
    move_step,
    seen_of,
)
from karvan.stages.dossiers.services.teardown_said import (
    Fastener,
    Line,
    StepSaid,
    balance_of,
    said_of,
)
from tests import make
from tests.make.dossiers import block, dossier, part_line

pytestmark = pytest.mark.django_db


def said(title="Open the case", **more):
    return StepSaid(title=title, direction="open", **more)


@pytest.fixture
def opened():
    return dossier(state="teardown")


def titles(of):
    return [(one.order, one.title) for one in of.steps.order_by("order")]


def test_steps_are_numbered_in_the_order_in_which_they_are_written(opened):
    for title in "abc":
        add_step(opened, said=said(title), by=None)

    assert titles(opened) == [(1, "a"), (2, "b"), (3, "c")]
    assert Record.objects.filter(act="step added").count() == 3


def test_moving_and_deleting_leave_no_gap(opened):
    a, b, c, d = (add_step(opened, said=said(title), by=None) for title in "abcd")

    move_step(d, places=-1, by=None)
    move_step(a, places=-1, by=None)  # it is the first already
    move_step(a, places=99, by=None)
    delete_step(b, by=None)

    assert titles(opened) == [(1, "d"), (2, "c"), (3, "a")]


def test_the_same_key_gives_the_same_step(opened):
    key = uuid.uuid4()

    first = add_step(opened, said=said(), by=None, key=key)
    again = add_step(opened, said=said("Something else"), by=None, key=key)

    assert first == again
    assert titles(opened) == [(1, "Open the case")]


def test_a_key_of_another_dossier_is_refused(opened):
    key = uuid.uuid4()
    add_step(opened, said=said(), by=None, key=key)

    with pytest.raises(NotOfThisDossier):
        add_step(dossier(state="teardown"), said=said(), by=None, key=key)


def test_everything_said_comes_back(opened):
    power, screw = block(opened), part_line(opened)
    whole = StepSaid(
        title="Lift the board",
        direction="remove",
        lines=(Line("Loosen both screws", "red", 0), Line("افصل الكابل", "icon_caution", 1)),
        tools=("PH0 screwdriver", "Spudger"),
        fasteners=(Fastener("M3 × 8 screw", 2, "out"),),
        fasteners_note="Kept in bag 4",
        minutes=12,
        risk_note="The capacitor may hold a charge",
        reversible=False,
        blocks=(power.pk,),
        parts=(screw.pk,),
    )

    step = add_step(opened, said=whole, by=None)

    assert said_of(step) == whole


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (StepSaid(title=" ", direction="open"), "title"),
        (StepSaid(title="a", direction="burn"), "what is done"),
        (said(lines=(Line("a"), Line("  "))), "Line 2"),
        (said(lines=(Line("a", bullet="puce"),)), "Line 1"),
        (said(lines=(Line("a", level=3),)), "Line 1"),
        (said(fasteners=(Fastener("M3", 0),)), "Fastener 1"),
    ],
)
def test_what_no_step_can_say_is_refused_and_named(opened, wrong, words):
    with pytest.raises(NotGiven, match=words):
        add_step(opened, said=wrong, by=None)

    assert not opened.steps.exists()


def test_blocks_and_parts_of_another_dossier_are_refused(opened):
    strange = dossier()

    with pytest.raises(NotOfThisDossier):
        add_step(opened, said=said(blocks=(block(strange).pk,)), by=None)
    with pytest.raises(NotOfThisDossier):
        add_step(opened, said=said(parts=(part_line(strange).pk,)), by=None)


def test_steps_wait_for_the_clearance():
    with pytest.raises(WrongState, match="not cleared"):
        add_step(dossier(state="draft"), said=said(), by=None)


def test_a_stopped_bench_takes_no_step(opened):
    step = add_step(opened, said=said(), by=None)
    opened.stopped_at, opened.stopped_by, opened.stop_reason = (
        make.moment(2026, 9, 3),
        make.person(),
        "Smoke",
    )
    opened.save()

    for act in (
        lambda: add_step(opened, said=said(), by=None),
        lambda: change_step(step, said=said("b"), by=None),
        lambda: move_step(step, places=1, by=None),
        lambda: delete_step(step, by=None),
    ):
        with pytest.raises(Stopped, match="Smoke"):
            act()


def test_a_step_that_somebody_changed_meanwhile_is_not_overwritten(opened):
    step = add_step(opened, said=said(), by=None)
    seen = seen_of(step)
    change_step(step, said=said("By one"), by=None, seen=seen)

    with pytest.raises(WrongState, match="Somebody else"):
        change_step(step, said=said("By another"), by=None, seen=seen)
    change_step(step, said=said("By one"), by=None, seen=seen)  # sent twice: nothing to do

    assert TeardownStep.objects.get().title == "By one"


def test_fasteners_that_did_not_go_back_are_named_until_explained(opened):
    out = add_step(opened, said=said(fasteners=(Fastener("M3 screw", 5, "out"),)), by=None)
    add_step(opened, said=said(fasteners=(Fastener("m3 Screw", 2, "in"),)), by=None)
    add_step(opened, said=said(fasteners=(Fastener("Clip", 1, "out"),)), by=None)
    add_step(opened, said=said(fasteners=(Fastener("Clip", 1, "in"),)), by=None)

    screw, clip = balance_of(opened.steps.all())
    assert (screw.type, screw.still_out, screw.is_explained) == ("M3 screw", 3, False)
    assert (clip.still_out, clip.is_explained) == (0, True)

    why = said(fasteners=(Fastener("M3 screw", 5, "out"),), fasteners_note="Three were stripped")
    change_step(out, said=why, by=None)

    screw = next(one for one in balance_of(opened.steps.all()) if one.type == "M3 screw")
    assert (screw.still_out, screw.is_explained, screw.note) == (3, True, "Three were stripped")
