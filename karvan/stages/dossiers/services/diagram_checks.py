"""What a block diagram lacks, each said in words: orphans, no source, a barrier that is not named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.stages.dossiers.models import Block, BlockLink


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right: its code, and the block or the link it is about."""

    code: str  # orphan, no_source, unnamed_barrier, not_backed
    block: Block | None = None
    link: BlockLink | None = None

    @property
    def words(self) -> str:
        """The finding in the reader's language."""
        if self.code == "orphan":
            return _("%(block)s is linked to nothing.") % {"block": self.block}
        if self.code == "not_backed":
            return _(
                "%(block)s is shown by no step of the teardown and not marked as inferred."
            ) % {"block": self.block}
        if self.code == "unnamed_barrier" and self.link:
            return _(
                "The link from %(source)s to %(target)s joins patient and mains, "
                "and names no isolation barrier."
            ) % {"source": self.link.source, "target": self.link.target}
        return _("No block is a source of energy.")


def findings_of(
    blocks: Sequence[Block], links: Sequence[BlockLink], *, backed: Collection[int]
) -> list[Finding]:
    """Everything a diagram lacks, the gravest first; nothing for a diagram without blocks.

    ``backed`` are the numbers of the blocks that a teardown step shows.
    """
    if not blocks:
        return []
    linked = {pk for one in links for pk in (one.source_id, one.target_id)}
    found = [Finding("unnamed_barrier", link=one) for one in links if is_unguarded(one)]
    if all(one.kind != Block.Kind.POWER for one in blocks):
        found.append(Finding("no_source"))
    found += [Finding("orphan", block=one) for one in blocks if one.pk not in linked]
    found += [
        Finding("not_backed", block=one)
        for one in blocks
        if not one.inferred and one.pk not in backed
    ]
    return found


def is_unguarded(link: BlockLink) -> bool:
    """True for a link between patient and mains that names no barrier."""
    sides = {link.source.side, link.target.side}
    across = sides == {Block.Side.PATIENT, Block.Side.MAINS}
    return across and not (link.crosses_isolation and link.barrier.strip())


def summary_of(
    blocks: Sequence[Block], links: Sequence[BlockLink], findings: Sequence[Finding]
) -> str:
    """The diagram's finding in a few sentences: what a reader who does not see it has to know."""
    many, joined = len(blocks), len(links)
    said = [
        ngettext("%(many)s block", "%(many)s blocks", many) % {"many": many}
        + ", "
        + ngettext("%(many)s link", "%(many)s links", joined) % {"many": joined}
        + "."
    ]
    barriers = sorted({one.barrier for one in links if one.crosses_isolation})
    if barriers:
        said.append(_("Isolated by: %(barriers)s.") % {"barriers": ", ".join(barriers)})
    elif any(one.side == Block.Side.PATIENT for one in blocks):
        said.append(_("No link crosses an isolation."))
    said += [one.words for one in findings if one.code in ("unnamed_barrier", "no_source")]
    return " ".join(said)
