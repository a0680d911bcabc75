"""The matrix of risks (severity by probability), its limits, and the rules of what remains.

The way is that of ISO 14971: a hazard is followed to its harm, estimated, controlled, and what
remains is judged. No rows known: numbers in, zones and broken rules out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEVELS = (1, 2, 3, 4, 5)
LOW, MEDIUM, HIGH = "low", "medium", "high"
ZONES: dict[str, Promise] = {
    LOW: gettext_lazy("acceptable"),
    MEDIUM: gettext_lazy("to be reduced"),
    HIGH: gettext_lazy("not acceptable"),
}
ZONE_MARKS = {LOW: "kept", MEDIUM: "waiting", HIGH: "dropped"}
SEVERITIES: dict[int, Promise] = {
    1: gettext_lazy("negligible"),
    2: gettext_lazy("minor"),
    3: gettext_lazy("serious"),
    4: gettext_lazy("critical"),
    5: gettext_lazy("catastrophic"),
}
PROBABILITIES: dict[int, Promise] = {
    1: gettext_lazy("improbable"),
    2: gettext_lazy("remote"),
    3: gettext_lazy("occasional"),
    4: gettext_lazy("probable"),
    5: gettext_lazy("frequent"),
}
# Row by row of severity 1 to 5, each by probability 1 to 5. A dossier may have its own.
DEFAULT_CELLS = (
    (LOW, LOW, LOW, LOW, MEDIUM),
    (LOW, LOW, MEDIUM, MEDIUM, MEDIUM),
    (LOW, MEDIUM, MEDIUM, HIGH, HIGH),
    (MEDIUM, MEDIUM, HIGH, HIGH, HIGH),
    (MEDIUM, HIGH, HIGH, HIGH, HIGH),
)
INHERENT, PROTECTIVE, INFORMATION = "inherent_safety", "protective_measure", "information"
YES, NO, BENEFIT = "yes", "no", "benefit_outweighs"

Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Where a risk stands."""

    severity: int
    probability: int

    def __str__(self) -> str:
        return f"{self.severity} × {self.probability}"


@dataclass(frozen=True, slots=True)
class Control:
    """What is done about a risk. ``test_result``: of the last run of its test, "" for none."""

    text: str
    option: str
    has_test: bool = False
    has_analysis: bool = False
    test_result: str = ""

    @property
    def is_shown(self) -> bool:
        """True if a test or an analysis is named for it."""
        return self.has_test or self.has_analysis


def cells_of(limits: Mapping[str, Any] | None) -> Cells:
    """The dossier's own cells, or the usual ones where it has none that make a matrix."""
    rows = (limits or {}).get("cells")
    if not rows or wrong_cells(rows):
        return DEFAULT_CELLS
    return tuple(tuple(row) for row in rows)


def wrong_cells(rows: Sequence[Sequence[str]]) -> str:
    """What is wrong with cells, in a sentence; "" where nothing is.

    More harm or more often can never be less serious.
    """
    if len(rows) != len(LEVELS) or any(len(row) != len(LEVELS) for row in rows):
        return _("The matrix has five rows of five cells.")
    order = {zone: at for at, zone in enumerate(ZONES)}
    if any(zone not in order for row in rows for zone in row):
        return _("Every cell is one of: %(zones)s.") % {
            "zones": ", ".join(map(str, ZONES.values()))
        }
    for severity in LEVELS:
        for probability in LEVELS:
            here = order[rows[severity - 1][probability - 1]]
            for other in ((severity + 1, probability), (severity, probability + 1)):
                if max(other) <= len(LEVELS) and order[rows[other[0] - 1][other[1] - 1]] < here:
                    return _(
                        "Severity %(more)s × %(often)s is judged milder than %(severity)s × "
                        "%(probability)s; more harm, or the same harm more often, cannot be."
                    ) % {
                        "more": other[0],
                        "often": other[1],
                        "severity": severity,
                        "probability": probability,
                    }
    return ""


def zone(point: Point, cells: Cells = DEFAULT_CELLS) -> str:
    """The zone of a point."""
    return cells[point.severity - 1][point.probability - 1]


def broken_rules(
    before: Point,
    after: Point,
    *,
    controls: Sequence[Control],
    judged: str,
    reason: str,
    cells: Cells = DEFAULT_CELLS,
) -> list[str]:
    """Sentences that say which rule a judgement breaks, and by which control; [] where none."""
    broken = [
        sentence
        for sentence in (
            _worse(before, after),
            _nothing_done(before, after, controls),
            _severity_fell(before, after, controls),
            _by_information(before, after, controls, cells),
            _red_is_not_acceptable(after, judged, cells),
            _("Say why the benefit outweighs what remains.")
            if judged == BENEFIT and not reason.strip()
            else "",
        )
        if sentence
    ]
    if judged != NO:
        broken += [sentence for one in controls if (sentence := _not_shown(one))]
    return broken


def probability_rule(probability: int, p1: int | None, p2: int | None) -> str:
    """A sentence where the probability of the harm is above one of its two parts; "" else.

    A harm needs both: that the situation arises (P1) and that it leads to harm (P2).
    """
    least = min((one for one in (p1, p2) if one is not None), default=None)
    if least is None or probability <= least:
        return ""
    return _(
        "The harm needs both P1 and P2, so its probability (%(probability)s) cannot be above the "
        "lower of them (%(least)s)."
    ) % {"probability": probability, "least": least}


def _worse(before: Point, after: Point) -> str:
    if after.severity <= before.severity and after.probability <= before.probability:
        return ""
    return _(
        "What remains (%(after)s) cannot be more than what was there (%(before)s). If a control "
        "brings a new danger, write that as a risk of its own."
    ) % {"after": after, "before": before}


def _nothing_done(before: Point, after: Point, controls: Sequence[Control]) -> str:
    if controls or after == before:
        return ""
    return _("No control is written, so what remains is what was there: %(before)s.") % {
        "before": before
    }


def _severity_fell(before: Point, after: Point, controls: Sequence[Control]) -> str:
    if after.severity >= before.severity or not controls:
        return ""
    if any(one.option == INHERENT for one in controls):
        return ""
    return _(
        "Severity may fall from %(before)s to %(after)s only through inherent safety. None of "
        "these is that: %(controls)s."
    ) % {
        "before": before.severity,
        "after": after.severity,
        "controls": _named(controls),
    }


def _by_information(before: Point, after: Point, controls: Sequence[Control], cells: Cells) -> str:
    alone = bool(controls) and all(one.option == INFORMATION for one in controls)
    if not alone or zone(before, cells) != HIGH or zone(after, cells) != LOW:
        return ""
    return _(
        "Information alone cannot bring a risk from “%(red)s” to “%(green)s”. Only this is done: "
        "%(controls)s. Add inherent safety or a protective measure."
    ) % {"red": ZONES[HIGH], "green": ZONES[LOW], "controls": _named(controls)}


def _red_is_not_acceptable(after: Point, judged: str, cells: Cells) -> str:
    if judged != YES or zone(after, cells) != HIGH:
        return ""
    return _(
        "What remains (%(after)s) lies where it is not acceptable. Reduce it further, or say why "
        "the benefit outweighs it."
    ) % {"after": after}


def _not_shown(control: Control) -> str:
    if not control.is_shown:
        return _("Every control is shown by a test or an analysis. “%(control)s” has neither.") % {
            "control": control.text
        }
    if control.has_test and not control.has_analysis and control.test_result == "fail":
        return _("The last run of the test of “%(control)s” failed: it does not hold.") % {
            "control": control.text
        }
    return ""


def _named(controls: Sequence[Control]) -> str:
    return ", ".join(f"“{one.text}”" for one in controls)
