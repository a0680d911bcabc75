"""Blocks and links: written, checked in words, shown on their page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from karvan.foundation.records.models import Record
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier, WrongState
from karvan.stages.dossiers.models import Block, BlockLink
from karvan.stages.dossiers.services.diagram import (
    LinkSaid,
    add_block,
    change_block,
    change_link,
    delete_block,
    link_blocks,
)
from karvan.stages.dossiers.services.diagram_checks import findings_of, summary_of
from tests.make.dossiers import block, dossier, member, teardown_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench():
    return dossier(state="teardown")


def findings(of, backed=()):
    blocks, links = list(of.blocks.all()), list(of.links.select_related("source", "target"))
    return findings_of(blocks, links, backed=backed)


def codes(of, backed=()):
    return [one.code for one in findings(of, backed)]


def test_blocks_get_the_next_free_code(bench):
    first, second = (
        add_block(bench, name=name, kind="control", by=None) for name in ("Control", "Display")
    )
    delete_block(first, by=None)
    third = add_block(bench, name="Sensor", kind="sensor", side="patient", by=None)

    assert (first.code, second.code, third.code) == ("b1", "b2", "b1")
    assert third.order > second.order
    assert Record.objects.filter(act="block added").count() == 3


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"kind": "magic"}, {"side": "outside"}],
    ids=lambda one: next(iter(one)),
)
def test_a_block_needs_a_name_a_kind_and_a_side(bench, wrong):
    with pytest.raises(NotGiven):
        add_block(bench, **{"name": "A", "kind": "control", **wrong}, by=None)


def test_a_closed_dossier_takes_no_block():
    with pytest.raises(WrongState):
        add_block(dossier(state="superseded"), name="A", kind="control", by=None)


def test_a_link_joins_two_blocks_of_one_dossier(bench):
    one, other = block(bench), block(bench)

    with pytest.raises(NotGiven, match="two different"):
        link_blocks(bench, said=LinkSaid(one.pk, one.pk, "signal"), by=None)
    with pytest.raises(NotOfThisDossier):
        link_blocks(bench, said=LinkSaid(one.pk, block().pk, "signal"), by=None)
    with pytest.raises(NotGiven, match="names its barrier"):
        link_blocks(
            bench, said=LinkSaid(one.pk, other.pk, "signal", crosses_isolation=True), by=None
        )
    assert not BlockLink.objects.exists()


def test_a_link_from_patient_to_mains_without_a_barrier_is_found_until_it_is_named(bench):
    finger = block(bench, name="Finger", side="patient", kind="applied_part")
    supply = block(bench, name="Supply", side="mains", kind="power")
    backed = {finger.pk, supply.pk}
    link = link_blocks(bench, said=LinkSaid(supply.pk, finger.pk, "energy"), by=None)

    (found,) = findings(bench, backed)
    assert found.code == "unnamed_barrier"
    assert "from Supply to Finger" in found.words

    guarded = LinkSaid(
        supply.pk, finger.pk, "energy", crosses_isolation=True, barrier="Transformer T1"
    )
    change_link(link, said=guarded, by=None)

    assert findings(bench, backed) == []
    rows = list(bench.links.select_related("source", "target"))
    words = summary_of(list(bench.blocks.all()), rows, [])
    assert words == "2 blocks, 1 link. Isolated by: Transformer T1."


def test_orphans_a_missing_source_and_blocks_without_a_step_are_found(bench):
    control, display = block(bench, name="Control"), block(bench, name="Display", kind="display")
    block(bench, name="Fan", inferred=True)
    link_blocks(bench, said=LinkSaid(control.pk, display.pk, "data"), by=None)

    found = findings(bench, backed={control.pk})

    assert [(one.code, str(one.block or "")) for one in found] == [
        ("no_source", ""),
        ("orphan", "Fan"),
        ("not_backed", "Display"),
    ]
    assert "Fan is linked to nothing." in [one.words for one in found]


def test_an_empty_diagram_lacks_nothing_yet(bench):
    assert codes(bench) == []


def to(name, of, *more):
    return reverse(f"dossiers:{name}", args=[of.activity.edition.slug, of.pk, *more])


def test_a_team_draws_its_diagram(client, bench):
    client.force_login(member(bench).enrolment.person)
    supply = {"name": "مصدر الطاقة", "kind": "power", "side": "mains"}
    client.post(to("block_add", bench), supply)
    client.post(to("block_add", bench), {"name": "Probe", "kind": "sensor", "side": "patient"})
    mains, probe = Block.objects.all()
    refused = client.post(
        to("link_add", bench),
        {"source": mains.pk, "target": probe.pk, "flow": "energy", "crosses_isolation": "on"},
    )
    client.post(
        to("link_add", bench),
        {
            "source": mains.pk,
            "target": probe.pk,
            "flow": "energy",
            "nominal": "0.000012",
            "unit": "V",
        },
    )
    teardown_step(bench).blocks.add(mains)
    page = client.get(to("diagram", bench))
    arabic = client.get(to("diagram", bench).replace("/en/", "/ar/"))

    assert refused.status_code == 422 and "names its barrier" in refused.text
    assert "names no isolation barrier" in page.text
    assert "Probe is shown by no step" in page.text
    assert "مصدر الطاقة" in page.text and "0.000012 V" in page.text
    assert page.text.index('data-block="') > 0
    assert _lefts(page.text)[probe.pk] < _lefts(page.text)[mains.pk]
    assert _lefts(arabic.text)[probe.pk] > _lefts(arabic.text)[mains.pk]


def test_a_block_is_written_anew_and_taken_away(client, bench):
    client.force_login(member(bench).enrolment.person)
    one, other = block(bench, name="A"), block(bench, name="B")
    link_blocks(bench, said=LinkSaid(one.pk, other.pk, "data"), by=None)

    client.post(to("block", bench, one.pk), {"name": "A2", "kind": "power", "side": "mains"})
    link = BlockLink.objects.get()
    client.post(
        to("link", bench, link.pk), {"source": other.pk, "target": one.pk, "flow": "energy"}
    )
    one.refresh_from_db()
    link.refresh_from_db()
    client.post(to("block_delete", bench, one.pk))

    assert (one.name, one.kind, one.side) == ("A2", "power", "mains")
    assert (link.source, link.flow) == (other, "energy")
    assert not BlockLink.objects.exists()


def test_changing_a_block_is_recorded_with_what_changed(bench):
    one = block(bench, name="A")

    change_block(one, name="B", kind="power", side="mains", inferred=False, by=None)

    last = Record.objects.order_by("number").last()
    assert (last.act, last.before["name"], last.after["name"]) == ("block changed", "A", "B")


def _lefts(text):
    """Where each block's box begins, from the picture in the page."""
    import re

    found = re.findall(r'data-block="(\d+)"[^>]*><rect x="([\d.]+)"', text)
    return {int(key): float(x) for key, x in found}
