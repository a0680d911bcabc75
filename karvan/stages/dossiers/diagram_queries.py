"""Named reads of block diagrams."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from .models import Block, BlockLink, Dossier, TeardownStep


def blocks_in(dossier: Dossier) -> list[Block]:
    """The blocks in their order."""
    return list(Block.objects.filter(dossier=dossier))


def links_in(dossier: Dossier) -> list[BlockLink]:
    """The links with both their blocks, in the order of writing."""
    return list(BlockLink.objects.filter(dossier=dossier).select_related("source", "target"))


def backed_in(dossier: Dossier) -> dict[int, list[int]]:
    """For each block's number the numbers of the steps that show it."""
    found: dict[int, list[int]] = {}
    pairs = TeardownStep.blocks.through.objects.filter(teardownstep__dossier=dossier)
    rows = pairs.order_by("teardownstep__order").values_list("block_id", "teardownstep__order")
    for block, order in rows:
        found.setdefault(block, []).append(order)
    return found


def block_in(dossier: Dossier, pk: int) -> Block:
    """One block of the dossier, or 404."""
    return get_object_or_404(Block.objects.select_related("dossier"), pk=pk, dossier=dossier)


def link_in(dossier: Dossier, pk: int) -> BlockLink:
    """One link of the dossier, or 404."""
    rows = BlockLink.objects.select_related("dossier", "source", "target")
    return get_object_or_404(rows, pk=pk, dossier=dossier)
