"""The block diagram as a page shows it: rows in, a picture in the reader's language out."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats
from karvan.stages.dossiers.drawing.diagram import Words, diagram_svg, mirrored
from karvan.stages.dossiers.drawing.layout import Edge, Node, laid_out
from karvan.stages.dossiers.models import Block, BlockLink, Dossier

LANES: dict[str, str | Promise] = {
    "patient": Block.Side.PATIENT.label,
    "secondary": Block.Side.SECONDARY.label,
    "mains": Block.Side.MAINS.label,
}


def picture_of(
    dossier: Dossier, blocks: Sequence[Block], links: Sequence[BlockLink], *, finding: str
) -> SafeString:
    """The diagram in three lanes, mirrored for a reader of a right-to-left language."""
    layout = laid_out([_node(one) for one in blocks], [_edge(one) for one in links])
    words = Words(
        title=_("Block diagram of %(title)s") % {"title": dossier.title},
        finding=finding,
        lanes={key: str(label) for key, label in LANES.items()},
        language=(get_language() or "en").split("-")[0],
    )
    turned = mirrored(layout) if get_language_bidi() else layout
    return SafeString(diagram_svg(turned, words=words))


def _node(block: Block) -> Node:
    note = str(block.get_kind_display())
    if block.inferred:
        note = f"{note}, {_('inferred')}"
    return Node(block.pk, block.name, note, block.side, block.inferred)


def _edge(link: BlockLink) -> Edge:
    barrier = link.barrier if link.crosses_isolation else ""
    return Edge(
        link.source_id,
        link.target_id,
        link.flow,
        str(link.get_flow_display()),
        carried(link),
        barrier,
    )


def carried(link: BlockLink) -> str:
    """What a link carries: "230 V", "SpO₂ signal, 3.3 V"."""
    nominal = ""
    if link.nominal is not None:
        places = -int(link.nominal.normalize().as_tuple().exponent)
        nominal = f"{formats.number(link.nominal, digits=max(places, 0))} {link.unit}".strip()
    return ", ".join(part for part in (link.medium, nominal) if part)
