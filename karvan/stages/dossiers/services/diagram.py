"""Blocks and links of the diagram: written, changed, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.errors import NotGiven, NotOfThisDossier
from karvan.stages.dossiers.models import Block, BlockLink, Dossier

from .editing import locked_dossier

MOST_BLOCKS = 120


@dataclass(frozen=True, slots=True)
class LinkSaid:
    """What a person says of one link; ``source`` and ``target`` are numbers of blocks."""

    source: int
    target: int
    flow: str
    medium: str = ""
    nominal: Decimal | None = None
    unit: str = ""
    crosses_isolation: bool = False
    barrier: str = ""


@transaction.atomic
def add_block(
    dossier: Dossier,
    *,
    name: str,
    kind: str,
    by: Person | None,
    side: str = Block.Side.NONE,
    inferred: bool = False,
) -> Block:
    """Add a block after the last one; its code is the next free "b1", "b2", …

    Raises:
        Stopped, WrongState: the dossier is not changed now.
        NotGiven: a name, a kind or a side is missing, or there are too many blocks.
    """
    held = locked_dossier(dossier)
    _check_block(name, kind, side)
    codes = set(held.blocks.values_list("code", flat=True))
    if len(codes) >= MOST_BLOCKS:
        raise NotGiven(_("A diagram takes at most %(most)s blocks.") % {"most": MOST_BLOCKS})
    code = next(f"b{n}" for n in range(1, len(codes) + 2) if f"b{n}" not in codes)
    last = held.blocks.aggregate(last=Max("order"))["last"] or 0
    block = Block.objects.create(
        dossier=held,
        code=code,
        name=name.strip(),
        kind=kind,
        side=side,
        inferred=inferred,
        order=last + 1,
        author=by,
    )
    record("block added", block, by=by, scope=held.scope, after=_told(block))
    return block


@transaction.atomic
def change_block(
    block: Block, *, name: str, kind: str, side: str, inferred: bool, by: Person | None
) -> Block:
    """Write a block anew.

    Raises:
        Stopped, WrongState, NotGiven: as for ``add_block``.
    """
    held = locked_dossier(block.dossier)
    _check_block(name, kind, side)
    block = Block.objects.select_for_update().get(pk=block.pk)
    before = _told(block)
    block.name, block.kind, block.side, block.inferred = name.strip(), kind, side, inferred
    block.save()
    record("block changed", block, by=by, scope=held.scope, before=before, after=_told(block))
    return block


@transaction.atomic
def delete_block(block: Block, *, by: Person | None) -> None:
    """Take a block away, and with it its links.

    Raises:
        Stopped, WrongState: the dossier is not changed now.
    """
    held = locked_dossier(block.dossier)
    record("block deleted", block, by=by, scope=held.scope, before=_told(block))
    block.delete()


@transaction.atomic
def link_blocks(dossier: Dossier, *, said: LinkSaid, by: Person | None) -> BlockLink:
    """Link two blocks.

    Raises:
        Stopped, WrongState: the dossier is not changed now.
        NotGiven: both ends are one block, or a barrier is missing.
        NotOfThisDossier: a block belongs to another dossier.
    """
    held = locked_dossier(dossier)
    link = BlockLink(dossier=held, author=by)
    _write(link, said, held)
    record("blocks linked", link, by=by, scope=held.scope, after=_told_link(link))
    return link


@transaction.atomic
def change_link(link: BlockLink, *, said: LinkSaid, by: Person | None) -> BlockLink:
    """Write a link anew.

    Raises:
        Stopped, WrongState, NotGiven, NotOfThisDossier: as for ``link_blocks``.
    """
    held = locked_dossier(link.dossier)
    link = BlockLink.objects.select_for_update().get(pk=link.pk)
    _write(link, said, held)
    record("link changed", link, by=by, scope=held.scope, after=_told_link(link))
    return link


@transaction.atomic
def delete_link(link: BlockLink, *, by: Person | None) -> None:
    """Take a link away.

    Raises:
        Stopped, WrongState: the dossier is not changed now.
    """
    held = locked_dossier(link.dossier)
    record("link deleted", link, by=by, scope=held.scope, before=_told_link(link))
    link.delete()


def _check_block(name: str, kind: str, side: str) -> None:
    if not name.strip():
        raise NotGiven(_("Give the block a name."))
    if kind not in Block.Kind.values or side not in Block.Side.values:
        raise NotGiven(_("Say what kind of block it is, and on which side."))


def _write(link: BlockLink, said: LinkSaid, dossier: Dossier) -> None:
    if said.source == said.target:
        raise NotGiven(_("A link joins two different blocks."))
    if dossier.blocks.filter(pk__in=(said.source, said.target)).count() != 2:
        raise NotOfThisDossier(_("A block named here belongs to another dossier."))
    if said.flow not in BlockLink.Flow.values:
        raise NotGiven(_("Say what flows through the link."))
    if said.crosses_isolation and not said.barrier.strip():
        raise NotGiven(
            _("A link that crosses the isolation names its barrier, such as “optocoupler”.")
        )
    link.source_id, link.target_id, link.flow = said.source, said.target, said.flow
    link.medium, link.nominal, link.unit = said.medium.strip(), said.nominal, said.unit.strip()
    link.crosses_isolation, link.barrier = said.crosses_isolation, said.barrier.strip()
    link.save()


def _told(block: Block) -> dict[str, Any]:
    return {"name": block.name, "kind": block.kind, "side": block.side}


def _told_link(link: BlockLink) -> dict[str, Any]:
    return {"from": link.source.code, "to": link.target.code, "kind": link.flow}
