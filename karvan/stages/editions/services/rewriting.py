"""A design written as text: what it would change, what refuses it, and the act of taking it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.engines.merging import ABSENT, Conflict, merge, resolved
from karvan.foundation.people.models import Person
from karvan.stages.blueprints.document import REMOVED, differences, human_title, lock_of
from karvan.stages.blueprints.document.checks import meaning_findings
from karvan.stages.blueprints.document.checks.codes import codes_are_single
from karvan.stages.blueprints.document.nodes import Node
from karvan.stages.blueprints.document.paths import join, named

from .. import queries
from ..errors import DesignMoved, NothingChanges, TextRefused, UnknownDesign
from ..models import Departure, Edition
from .departing import LAW, edition_to_change, malformed, refusal_of, write_steps
from .reading_text import Clash, Planned, Refused, Typed, read_typed
from .standing import Standing, Step, lies_in, standing_of, steps_to

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a text would do to an edition's design.

    planned: each departure that would begin or end, in words, with the lock that allows it.
    refused: everything that stands against it, with its line.
    clashes: what somebody else changed meanwhile to something else: choose.
    meanwhile: what others changed meanwhile and stays as they have it, in words.
    loose:   what would not fit the rest of the design yet.
    """

    planned: tuple[Planned, ...] = ()
    refused: tuple[Refused, ...] = ()
    clashes: tuple[Clash, ...] = ()
    meanwhile: tuple[str, ...] = ()
    loose: tuple[Refused, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_clear(self) -> bool:
        """True if it can be taken as it is."""
        return bool(self.steps) and not self.refused and not self.clashes


@transaction.atomic
def depart_by_text(
    edition: Edition,
    *,
    source: str,
    under: str,
    reason: str,
    base: str,
    by: Person | None,
    settled: Mapping[str, str] | None = None,
) -> list[Departure]:
    """Take a design, or the part of it ``under`` a path, as it is written in a text.

    Every part that differs from what stands becomes a departure, with one reason for all;
    what is as in the blueprint again ends its departure. All or nothing.

    ``base`` names the design from which the writer began (``queries.design_token``). What
    others changed since then stays; where both changed one part, ``settled`` says by path
    whether "mine" or "theirs" is to stand. Returns the departures begun, or those ended.

    Raises:
        TextRefused: the text cannot be read, has not the shape of a design, or locks refuse it.
        DesignMoved: others changed the same parts meanwhile, and it was not said what stands.
        NothingChanges: the text says what stands already.
        UnknownDesign: ``base`` is none of the edition's designs.
        ReasonMissing, WrongState: as for ``depart``.
    """
    edition = edition_to_change(edition, reason)
    weighed = weigh_text(edition, source=source, under=under, base=base, settled=settled)
    if weighed.refused:
        raise TextRefused(_told(weighed.refused))
    if weighed.clashes:
        raise DesignMoved(
            _(
                "Somebody changed the same parts while you were writing. Nothing is lost: both "
                "values stand below; choose which is to hold, and save again."
            )
        )
    if not weighed.steps:
        raise NothingChanges(_("The text says what stands already; nothing would change."))
    return write_steps(edition, standing_of(edition), weighed.steps, reason=reason, by=by)


def weigh_text(
    edition: Edition,
    *,
    source: str,
    under: str,
    base: str,
    settled: Mapping[str, str] | None = None,
) -> Weighed:
    """What a text would change and what stands against it; nothing is written.

    Raises:
        UnknownDesign: ``base`` is none of the edition's designs.
    Cost: a second at most for the library's programmes: each difference is held against its lock.
    """
    try:
        began = queries.design_at(edition, base)
    except ValueError as error:
        raise UnknownDesign(
            _("This page does not say from which design it began. Open it again.")
        ) from error
    typed = read_typed(source, under=under, began=began, law=LAW)
    refused = (*typed.refused, *_shapeless(typed, began))
    if refused:
        return Weighed(refused=refused)
    held = standing_of(edition)
    present = held.design
    target, clashes, meanwhile = _brought_together(began, typed.design, present, settled or {})
    steps = steps_to(held, target)
    return Weighed(
        planned=_planned(held, steps, target),
        refused=_refusals(edition, held, steps, typed),
        clashes=clashes,
        meanwhile=meanwhile,
        loose=_loose(typed, target, present),
        steps=steps,
    )


def _shapeless(typed: Typed, began: Any) -> list[Refused]:
    """What has not the shape of a design, and codes that stand twice."""
    found = sorted(malformed(typed.design) - malformed(began))
    # A code written twice hides one of its two parts: they could not be compared by key.
    twice = codes_are_single(Node(typed.design))
    found += sorted({(named(typed.design, raw), message) for raw, message in twice})
    return [typed.refusal(path, message) for path, message in found]


def _findings(data: Any) -> set[tuple[str, str]]:
    return {(named(data, raw), message) for raw, message in meaning_findings(data)}


def _brought_together(
    began: Any, typed: Any, present: Any, settled: Mapping[str, str]
) -> tuple[Any, tuple[Clash, ...], tuple[str, ...]]:
    """The text with what others changed since it was begun, and what both changed otherwise."""
    meanwhile = tuple(one.words for one in differences(began, present))
    if not meanwhile:
        return typed, (), ()
    merged = merge(began, typed, present)
    chosen = {
        one.path: one.theirs for one in merged.conflicts if settled.get(join(one.path)) == THEIRS
    }
    clashes = tuple(
        _clash(one, present)
        for one in merged.conflicts
        if settled.get(join(one.path)) not in (MINE, THEIRS)
    )
    return resolved(merged, chosen), clashes, meanwhile


def _clash(one: Conflict, present: Any) -> Clash:
    path = join(one.path)
    base, mine, theirs = (
        REMOVED if value is ABSENT else value for value in (one.base, one.ours, one.theirs)
    )
    return Clash(path, human_title(present, path), base, mine, theirs)


def _planned(held: Standing, steps: tuple[Step, ...], target: Any) -> tuple[Planned, ...]:
    """Each step in words. What goes back to the blueprint is one that ends."""
    found = differences(held.design, target)
    planned = []
    for path, value in steps:
        words = tuple(one.words for one in found if lies_in(one.path, path))
        if not words:  # the part differs where only what stands around it has been changed
            words = (human_title(target, path),)
        ends = len(held.put(path, value).standing) < len(held.standing)
        planned.append(Planned(path, words, lock_of(held.base, path), ends))
    return tuple(planned)


def _refusals(
    edition: Edition, held: Standing, steps: tuple[Step, ...], typed: Typed
) -> tuple[Refused, ...]:
    found = []
    for path, value in steps:
        try:
            refusal = refusal_of(edition, held, path, value)
        except ValueError as error:
            found.append(typed.refusal(path, str(error)))
            continue
        if refusal is not None:
            found.append(replace(typed.refusal(refusal.path, refusal.message), lock=refusal.lock))
        held = held.put(path, value)
    return tuple(found)


def _loose(typed: Typed, target: Any, present: Any) -> tuple[Refused, ...]:
    """What the text puts at odds with the rest; it may be settled by a later departure."""
    found = sorted(_findings(target) - _findings(present))
    return tuple(typed.refusal(path, message) for path, message in found)


def _told(refused: tuple[Refused, ...]) -> str:
    """All that stands against a text, a line each."""
    head = ngettext(
        "%(count)s thing stands against it. Nothing was saved; the text is below as you wrote it.",
        "%(count)s things stand against it. Nothing was saved; the text is below as you wrote it.",
        len(refused),
    ) % {"count": len(refused)}
    return "\n".join((head, *map(str, refused)))
