"""Numbers of agenda items: "7", "7.2". What they sort by, which is next, which follow a move."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..models import AgendaItem

_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3}){0,2}")


def is_number(text: str) -> bool:
    """True for "7", "7.2" and "7.2.1"."""
    return bool(_NUMBER.fullmatch(text))


def sort_key(number: str) -> tuple[int, ...]:
    """What numbers sort by: 7.2 before 7.10."""
    return tuple(int(part) for part in re.findall(r"\d+", number))


def parent_of(number: str) -> str:
    """The number of the item that one stands under, "" at the top."""
    return number.rpartition(".")[0]


def next_number(items: Sequence[AgendaItem], under: str = "") -> str:
    """The number after the last one at the top, or under an item."""
    last = max(
        (sort_key(one.number)[-1] for one in items if parent_of(one.number) == under), default=0
    )
    return f"{under}.{last + 1}" if under else str(last + 1)


def moved(items: Sequence[AgendaItem], item: AgendaItem, up: bool) -> list[AgendaItem]:
    """The items in their new order when one, with those under it, changes places with its neighbour.

    The same order where there is none to change places with.
    """
    ordered = sorted(items, key=lambda one: one.position)
    level = [one for one in ordered if parent_of(one.number) == parent_of(item.number)]
    at = next(place for place, one in enumerate(level) if one.pk == item.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(level):
        return ordered
    first, second = (level[other], level[at]) if up else (level[at], level[other])
    kept = {
        one.pk for one in (*_with_those_under(ordered, first), *_with_those_under(ordered, second))
    }
    start = next(place for place, one in enumerate(ordered) if one.pk in kept)
    rest = [one for one in ordered if one.pk not in kept]
    swapped = [*_with_those_under(ordered, second), *_with_those_under(ordered, first)]
    return [*rest[:start], *swapped, *rest[start:]]


def numbered(ordered: Sequence[AgendaItem]) -> dict[int, str]:
    """Each item's number by its place in the order, by its key; depth stays what it is."""
    counts: dict[str, int] = {}
    named: dict[str, str] = {"": ""}
    numbers: dict[int, str] = {}
    for item in ordered:
        above = named.get(parent_of(item.number), parent_of(item.number))
        counts[above] = counts.get(above, 0) + 1
        number = f"{above}.{counts[above]}" if above else str(counts[above])
        named[item.number] = number
        numbers[item.pk] = number
    return numbers


def _with_those_under(ordered: Sequence[AgendaItem], item: AgendaItem) -> list[AgendaItem]:
    return [one for one in ordered if one.pk == item.pk or one.number.startswith(f"{item.number}.")]
