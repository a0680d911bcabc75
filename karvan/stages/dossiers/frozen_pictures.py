"""The pictures of a release, from its snapshot: for the public page and for paper."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from .drawing.diagram import Words, diagram_svg, mirrored
from .drawing.layout import Edge, Node, laid_out
from .drawing.marks import Mark, marks_svg
from .models import Block, BlockLink
from .snapshots import Snapshot

# What the page's stylesheet says, for a picture that stands alone.
ON_PAPER = """<style>
text { fill: #1f2430; font: 12px "IBM Plex Sans", sans-serif }
.name { font-size: 14px; font-weight: 600 }
.note { fill: #5b6270 }
.lane { fill: #f4f2ec }
.lane-name, .barrier-name { font-weight: 600 }
.border { stroke: #8a909c; stroke-dasharray: 2 6 }
.barrier { stroke: #9c2a2a; stroke-width: 2 }
.block rect { fill: #fff; stroke: #1f2430; stroke-width: 1.5 }
.block[data-inferred] rect { stroke-dasharray: 6 4 }
.link path { fill: none; stroke: #1f2430; stroke-width: 1.5 }
.link .under { stroke: #fff; stroke-width: 5 }
.link polygon { fill: #1f2430 }
[data-flow=energy] path:not(.under) { stroke-width: 3.5 }
[data-flow=data] path:not(.under) { stroke-dasharray: 7 4 }
[data-flow=material] path:not(.under) { stroke-dasharray: 2 4; stroke-width: 3 }
</style>"""


def finding_of(frozen: Snapshot) -> str:
    """What the diagram shows, in a sentence, for who does not see it."""
    blocks, links = frozen["parts"]["blocks"], frozen["parts"]["links"]
    crossing = [one["barrier"] for one in links if one["crosses_isolation"]]
    said = ngettext("%(count)s block", "%(count)s blocks", len(blocks)) % {"count": len(blocks)}
    joined = ngettext("%(count)s link", "%(count)s links", len(links)) % {"count": len(links)}
    if not crossing:
        return _("%(blocks)s and %(links)s; none crosses the isolation.") % {
            "blocks": said,
            "links": joined,
        }
    return _("%(blocks)s and %(links)s; the isolation is crossed at: %(barriers)s.") % {
        "blocks": said,
        "links": joined,
        "barriers": ", ".join(crossing),
    }


def diagram_of(frozen: Snapshot, *, on_paper: bool = False) -> SafeString:
    """The diagram as SVG in the active language; "" where there is no block."""
    blocks = frozen["parts"]["blocks"]
    if not blocks:
        return SafeString("")
    numbers = {one["key"]: number for number, one in enumerate(blocks)}
    kinds, flows = dict(Block.Kind.choices), dict(BlockLink.Flow.choices)
    nodes = [
        Node(
            numbers[one["key"]],
            one["name"],
            str(kinds.get(one["kind"], "")),
            one["side"],
            one["inferred"],
        )
        for one in blocks
    ]
    edges = [
        Edge(
            numbers[one["source"]],
            numbers[one["target"]],
            one["flow"],
            str(flows.get(one["flow"], "")),
            " ".join(part for part in (one["medium"], one["nominal"], one["unit"]) if part),
            one["barrier"] if one["crosses_isolation"] else "",
        )
        for one in frozen["parts"]["links"]
    ]
    layout = laid_out(nodes, edges)
    sides = dict(Block.Side.choices)
    words = Words(
        title=_("Block diagram of %(title)s") % {"title": frozen["dossier"]["title"]},
        finding=finding_of(frozen),
        lanes={key: str(sides[key]) for key in ("patient", "secondary", "mains")},
        language=(get_language() or "en").split("-")[0],
    )
    drawn = diagram_svg(mirrored(layout) if get_language_bidi() else layout, words=words)
    if on_paper:
        head, _tag, rest = drawn.partition(">")
        drawn = f"{head}>{ON_PAPER}{rest}"
    return SafeString(drawn)


def marks_of(frozen: Snapshot, photo: dict[str, Any]) -> list[dict[str, Any]]:
    """The marks on one photograph, by their numbers."""
    return [one for one in frozen["parts"]["annotations"] if one["photo"] == photo["key"]]


def frozen_mark(one: dict[str, Any]) -> Mark:
    """A frozen mark as the drawing takes it."""
    points = tuple((float(x), float(y)) for x, y in one["points"])
    at = (one["x"], one["y"], one["w"], one["h"])
    return Mark(one["number"], one["shape"], *at, points, one["colour"])


def marks_over(frozen: Snapshot, photo: dict[str, Any]) -> SafeString:
    """The marks of a photograph as SVG to lie over it; "" where there are none."""
    marks = [frozen_mark(one) for one in marks_of(frozen, photo)]
    return SafeString(marks_svg(marks, width=photo["width"], height=photo["height"]))
