"""What a trial shows: who comes in and goes out, what it costs, which quota binds. Codes only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats
from karvan.stages.calls.models import Call

from .gauge import gauge_svg
from .models import SelectionRun
from .naming import codes_named
from .pool import Pool
from .quotas import find_quota
from .reasons import change_in_words, clash_in_words, points

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Named:
    """The first of those who come in or go out, by code, and how many more there are."""

    codes: tuple[str, ...]
    more: int

    @property
    def count(self) -> int:
        return len(self.codes) + self.more


@dataclass(frozen=True, slots=True)
class QuotaState:
    """How one row of the quotas stands in a trial. ``state`` is a mark's key, "" for none."""

    inside: int | None
    state: str
    word: str
    gauge: SafeString


@dataclass(frozen=True, slots=True)
class WayOut:
    """A change that would make a cohort possible, what it costs, and the fields it sets."""

    words: str
    cost: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrialShown:
    """A trial in words. ``said`` is the whole in a sentence, for those who listen."""

    said: str
    is_feasible: bool
    total: str
    against_marks: str
    against_start: str
    proof: str
    came_in: Named
    went_out: Named
    states: tuple[QuotaState, ...]
    ways_out: tuple[WayOut, ...]
    ways_more: bool


def trial_shown(
    call: Call, pool: Pool, trial: Any, start: Any, *, run: SelectionRun | None, costs: Any = None
) -> TrialShown:
    """A trial as the room shows it, set against ``start`` (None: against nothing).

    ``costs`` are those of the ways out; without them the changes alone are told.
    Cost: one query, for those who are named.
    """
    changed = set(trial.chosen) ^ set(start.chosen if start else ())
    came = [number for number in trial.chosen if number in changed] if start else []
    went = [number for number in start.chosen if number in changed] if start else []
    if not trial.is_feasible:
        came = went = []
    codes = codes_named(call, [*came[:MOST_NAMED], *went[:MOST_NAMED]], run)
    shown = TrialShown(
        said="",
        is_feasible=trial.is_feasible,
        total=total_in_words(trial) if trial.is_feasible else clash_of(trial),
        against_marks=against_marks(trial.lost) if trial.is_feasible else "",
        against_start=against_start(trial, start, len(came), len(went)),
        proof=_proof(trial),
        came_in=_named(came, codes),
        went_out=_named(went, codes),
        states=tuple(quota_states(pool, trial)),
        ways_out=tuple(ways_out(trial, costs)),
        ways_more=costs is None and bool(trial.ways_out),
    )
    return _with_said(shown)


def quota_states(pool: Pool, trial: Any) -> Iterable[QuotaState]:
    """Each quota of the trial's setting: how many are in, and whether it decides, by word and shape."""
    clashing = {_base(trial, key) for key in trial.clash}
    binding = {_base(trial, key) for key in trial.binding}
    for quota in trial.setting.quotas:
        inside = trial.people.counted(quota) if trial.people else None
        is_set = quota["floor"] is not None or quota["ceiling"] is not None
        state, word = "", ""
        if quota["key"] in clashing:
            state, word = "late", _("clashes")
        elif quota["key"] in binding:
            state, word = "locked", _("binds")
        elif is_set and trial.is_feasible:
            state, word = "kept", _("kept by itself")
        share = pool.people.counted(quota) / pool.people.total if pool.people.total else 0.0
        line = gauge_svg(trial.setting.places, quota["floor"], quota["ceiling"], share, inside)
        yield QuotaState(inside, state, word, line)


def total_in_words(trial: Any) -> str:
    """How many people are in and what they come to."""
    people = trial.people.total if trial.people else 0
    return ngettext(
        "%(people)s person in, %(points)s points in all.",
        "%(people)s people in, %(points)s points in all.",
        people,
    ) % {"people": formats.number(people), "points": points(trial.value)}


def against_marks(lost: int) -> str:
    """What the quotas cost against marks alone, in points of all together."""
    if lost <= 0:
        return _("As many points as by marks alone.")
    return _("%(points)s points fewer than by marks alone.") % {"points": points(lost)}


def against_start(trial: Any, start: Any, came: int, went: int) -> str:
    """What changes against a run, or against the quotas one began with; "" where there is nothing."""
    if start is None or not trial.is_feasible:
        return ""
    name = (
        _("Against run %(number)s") % {"number": start.run.number}
        if start.run
        else _("Against the call's own quotas")
    )
    if not came and not went:
        return _("%(start)s: nothing changes.") % {"start": name}
    gained = trial.value - start.value
    told = {"start": name, "came": came, "went": went, "points": points(abs(gained))}
    if gained < 0:
        return _("%(start)s: %(came)s come in, %(went)s go out, %(points)s points fewer.") % told
    return _("%(start)s: %(came)s come in, %(went)s go out, %(points)s points more.") % told


def clash_of(trial: Any) -> str:
    """Which quotas of a trial cannot be kept together."""
    return clash_in_words(_as_run(trial))


def ways_out(trial: Any, costs: Any) -> list[WayOut]:
    """What would make a cohort possible, cheapest first; with its cost where that was worked out."""
    listed = [(one.changes, one) for one in costs] if costs else [(c, None) for c in trial.ways_out]
    found: dict[str, WayOut] = {}
    for changes, cost in listed:
        told = [_change(one) for one in changes]
        words = "; ".join(change_in_words(_as_run(trial), one) for one in told)
        found.setdefault(words, WayOut(words, _cost(cost), fields_with(trial.setting, told)))
    return list(found.values())


def fields_with(setting: Any, changes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The fields of the form once changes are made to a setting."""
    values: dict[str, Any] = {"places": setting.places, "seed": setting.seed}
    if setting.is_corrected:
        values["is_corrected"] = "on"
    for quota in setting.quotas:
        for side in ("floor", "ceiling"):
            values[f"{side}:{quota['key']}"] = "" if quota[side] is None else quota[side]
    for change in changes:
        if change["quota"] is None:
            values["places"] = change["after"]
        elif base := find_quota(setting.quotas, change["quota"]):
            values[f"{change['side']}:{base['key']}"] = change["after"]
    return values


def _change(change: Any) -> dict[str, Any]:
    return {
        "quota": change.quota, "side": change.side, "before": change.before, "after": change.after,
    }  # fmt: skip


def _cost(cost: Any) -> str:
    if cost is None:
        return ""
    moved = ngettext(
        "moves a limit by %(n)s person", "moves limits by %(n)s people", cost.people_moved
    ) % {"n": formats.number(cost.people_moved)}
    lost = against_marks(cost.merit_lost)
    swapped = ngettext(
        "%(n)s person in who would not be by marks alone",
        "%(n)s people in who would not be by marks alone",
        len(cost.came_in),
    ) % {"n": formats.number(len(cost.came_in))}
    return formats.in_a_row([moved, swapped, lost], mark=";")


def _named(numbers: Sequence[str], codes: Mapping[str, str]) -> Named:
    first = numbers[:MOST_NAMED]
    return Named(tuple(codes.get(one, one) for one in first), len(numbers) - len(first))


def _proof(trial: Any) -> str:
    if not trial.is_feasible:
        return ""
    if trial.gap == 0:
        return _("Proved: no cohort within these quotas has more.")
    return _("Not proved to the end: another cohort might have up to %(gap)s points more.") % {
        "gap": points(trial.gap)
    }


def _with_said(shown: TrialShown) -> TrialShown:
    parts = [shown.total, shown.against_marks, shown.against_start]
    return TrialShown(
        **{name: getattr(shown, name) for name in TrialShown.__slots__ if name != "said"},
        said=" ".join(part for part in parts if part),
    )


def _base(trial: Any, key: str) -> str:
    quota = find_quota(trial.setting.quotas, key)
    return str(quota["key"]) if quota else key


def _as_run(trial: Any) -> Any:
    """What the sentences ask of a run: its quotas and its clash. It is never saved."""
    return SelectionRun(
        quotas=[dict(quota) for quota in trial.setting.quotas], clash={"quotas": list(trial.clash)}
    )
