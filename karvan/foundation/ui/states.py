"""The states a thing can be in, each with its word, its shape and its tone, the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class State:
    """``key`` is also the id of the shape in ``marks.svg``; ``tone`` only adds a colour."""

    key: str
    word: str | Promise
    tone: str


STATES = {
    state.key: state
    for state in (
        State("open", pgettext_lazy("state", "open"), "quiet"),
        State("in_progress", pgettext_lazy("state", "in progress"), "now"),
        State("done", pgettext_lazy("state", "done"), "good"),
        State("kept", pgettext_lazy("state", "kept"), "good"),
        State("changed", pgettext_lazy("state", "changed"), "wait"),
        State("late", pgettext_lazy("state", "late"), "bad"),
        State("dropped", pgettext_lazy("state", "dropped"), "bad"),
        State("unknown", pgettext_lazy("state", "unknown"), "quiet"),
        State("locked", pgettext_lazy("state", "locked"), "plain"),
        State("draft", pgettext_lazy("state", "draft"), "quiet"),
        State("waiting", pgettext_lazy("state", "waiting"), "wait"),
    )
}


def state_of(key: str) -> State:
    """The state with this key.

    Raises:
        ValueError: there is no such state.
    """
    found = STATES.get(str(key))
    if found is None:
        raise ValueError(f"no state {key!r}; the states are {', '.join(STATES)}")
    return found
