"""An edition's departures as they stand while new ones are put in: which end, what each changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from karvan.stages.blueprints.document import (
    REMOVED,
    Change,
    UnknownPath,
    changes,
    value_at,
    with_value,
)
from karvan.stages.blueprints.document.core_parts import closed_part, core_parts
from karvan.stages.blueprints.document.languages import is_words

from .. import queries
from ..models import Departure, Edition

Step = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """A version's document and the departures that stand on it, in their order."""

    base: Any
    standing: tuple[Departure, ...]

    @property
    def design(self) -> Any:
        """The document with all of them put in."""
        return queries.with_departures(self.base, self.standing)

    def inside(self, path: str) -> tuple[Departure, ...]:
        """Those at a part or inside it: a departure on the part ends them."""
        return tuple(one for one in self.standing if lies_in(one.path, path))

    def without(self, path: str) -> Any:
        """The document as it would be if nothing departed at this part or inside it."""
        return queries.with_departures(
            self.base, [one for one in self.standing if not lies_in(one.path, path)]
        )

    def put(self, path: str, value: Any) -> Standing:
        """What stands once this value is at this part; nothing is saved."""
        kept = tuple(one for one in self.standing if not lies_in(one.path, path))
        if is_at(queries.with_departures(self.base, kept), path, value):
            return Standing(self.base, kept)
        after = None if value is REMOVED else value
        return Standing(self.base, (*kept, Departure(path=path, after=after)))


def standing_of(edition: Edition) -> Standing:
    """What stands in an edition now. One query, two without its blueprint."""
    return Standing(edition.blueprint.data, tuple(queries.standing_departures(edition)))


def lies_in(path: str, part: str) -> bool:
    """Whether a path is a part's own or lies inside it."""
    return path == part or path.startswith(f"{part}.")


def value_or_none(data: Any, path: str) -> Any:
    """What stands at a path, ``REMOVED`` where nothing does."""
    try:
        return value_at(data, path)
    except UnknownPath:
        return REMOVED


def is_at(data: Any, path: str, value: Any) -> bool:
    """Whether a part has this very value already."""
    present = value_or_none(data, path)
    if present is REMOVED or value is REMOVED:
        return present is value
    return next(changes(present, value), None) is None


def steps_at(stands: Standing, path: str, value: Any) -> tuple[Step, ...]:
    """A departure on one part; on the smallest parts where it is, or holds, a core part.

    No edition replaces a core part, so that the parts beside it change one by one.
    """
    if closed_part(core_parts(stands.base), path) is None:
        return ((path, value),)
    return steps_to(stands, with_value(stands.design, path, value))


def steps_to(stands: Standing, target: Any) -> tuple[Step, ...]:
    """The fewest departures that make a design of this one, what goes back to the blueprint first.

    A departure ends where the target has what would stand without it; of the rest, each
    smallest part that differs is one. A list in another order is one, with all that is in it;
    so is a text in its languages.
    """
    steps: list[Step] = []
    for one in sorted(stands.standing, key=lambda one: one.path.count(".")):
        goal = value_or_none(target, one.path)
        if one in stands.standing and is_at(stands.without(one.path), one.path, goal):
            steps.append((one.path, goal))
            stands = stands.put(one.path, goal)
    for change in apart(tuple(changes(stands.design, target)), target):
        steps.append((change.path, change.after))
    return tuple(steps)


def apart(found: Sequence[Change], target: Any) -> Iterator[Change]:
    """The changes, with a list that is reordered and a text in languages taken whole.

    They stand in place of what changes inside them.
    """
    orders = [one.path for one in found if _is_order(one, target)]
    wholes = [*orders, *(path for one in found if (path := _whole_of(one, target)))]
    given: set[str] = set()
    for one in found:
        path = next((whole for whole in wholes if lies_in(one.path, whole)), "")
        if not path:
            yield one
        elif path not in given:
            given.add(path)
            yield Change(path, one.before, value_at(target, path))


def _whole_of(change: Change, target: Any) -> str:
    """The text in languages that a change lies in, "" where it lies in none."""
    above = change.path.rpartition(".")[0]
    return above if above and is_words(value_or_none(target, above)) else ""


def _is_order(change: Change, target: Any) -> bool:
    """A change of order holds the names of the items, not the items that stand there."""
    return change.after is not REMOVED and change.after != value_or_none(target, change.path)
