"""What a person says of a step, checked, and the balance of the fasteners over all steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.texts import fold
from karvan.stages.dossiers.errors import NotGiven
from karvan.stages.dossiers.models import TeardownStep

# The colours and signs a line can begin with; their names are those of oManual guides.
BULLETS: dict[str, str | Promise] = {
    "black": pgettext_lazy("bullet", "Black"),
    "red": pgettext_lazy("bullet", "Red"),
    "orange": pgettext_lazy("bullet", "Orange"),
    "yellow": pgettext_lazy("bullet", "Yellow"),
    "green": pgettext_lazy("bullet", "Green"),
    "light_blue": pgettext_lazy("bullet", "Light blue"),
    "blue": pgettext_lazy("bullet", "Blue"),
    "violet": pgettext_lazy("bullet", "Violet"),
    "icon_note": pgettext_lazy("bullet", "Note"),
    "icon_caution": pgettext_lazy("bullet", "Caution"),
    "icon_reminder": pgettext_lazy("bullet", "Reminder"),
}
COLOURS = tuple(code for code in BULLETS if not code.startswith("icon_"))
MOST_LEVELS = 2
MOST_LINES = 60
OUT, IN = "out", "in"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a step: a bullet's colour or sign, how deep it stands, and its text."""

    text: str
    bullet: str = "black"
    level: int = 0

    def stored(self) -> dict[str, Any]:
        return {"bullet": self.bullet, "level": self.level, "text": self.text}


@dataclass(frozen=True, slots=True)
class Fastener:
    """How many fasteners of one type come out or go back in a step."""

    type: str
    count: int
    move: str = OUT

    def stored(self) -> dict[str, Any]:
        return {"type": self.type, "count": self.count, "move": self.move}


@dataclass(frozen=True, slots=True)
class StepSaid:
    """Everything a person says of one step. ``blocks`` and ``parts`` are numbers of rows."""

    title: str
    direction: str
    lines: tuple[Line, ...] = ()
    tools: tuple[str, ...] = ()
    fasteners: tuple[Fastener, ...] = ()
    fasteners_note: str = ""
    minutes: int | None = None
    risk_note: str = ""
    reversible: bool = True
    blocks: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The fields of the step's row, without what is bound to it."""
        return {
            "title": self.title.strip(),
            "direction": self.direction,
            "lines": [line.stored() for line in self.lines],
            "tools": [tool.strip() for tool in self.tools if tool.strip()],
            "fasteners": [one.stored() for one in self.fasteners],
            "fasteners_note": self.fasteners_note.strip(),
            "minutes": self.minutes,
            "risk_note": self.risk_note.strip(),
            "reversible": self.reversible,
        }


@dataclass(frozen=True, slots=True)
class Balance:
    """Fasteners of one type over all steps; ``note`` explains a difference."""

    type: str
    out: int
    back: int
    note: str

    @property
    def still_out(self) -> int:
        return self.out - self.back

    @property
    def is_explained(self) -> bool:
        return not self.still_out or bool(self.note)


def check_said(said: StepSaid) -> None:
    """Refuse what no step can say.

    Raises:
        NotGiven: the title is missing, or a line or a fastener does not fit; it says which.
    """
    if not said.title.strip():
        raise NotGiven(_("Give the step a title."))
    if said.direction not in TeardownStep.Direction.values:
        raise NotGiven(_("Say what is done in this step."))
    if len(said.lines) > MOST_LINES:
        raise NotGiven(_("A step takes at most %(most)s lines.") % {"most": MOST_LINES})
    for number, line in enumerate(said.lines, 1):
        if not line.text.strip():
            raise NotGiven(_("Line %(number)s has no text.") % {"number": number})
        if line.bullet not in BULLETS or not 0 <= line.level <= MOST_LEVELS:
            raise NotGiven(
                _("Line %(number)s has a bullet or a level that is not known.") % {"number": number}
            )
    for number, one in enumerate(said.fasteners, 1):
        if not one.type.strip() or one.count < 1 or one.move not in (OUT, IN):
            raise NotGiven(
                _("Fastener %(number)s needs a type, and a number of at least one.")
                % {"number": number}
            )


def balance_of(steps: Iterable[TeardownStep]) -> list[Balance]:
    """Each type of fastener with how many came out and went back, those that differ first.

    Types are the same however they are spelled in case and accents. A difference is
    explained where a step that moves the type says why.
    """
    seen: dict[str, list[Any]] = {}
    for step in steps:
        for one in step.fasteners:
            entry = seen.setdefault(fold(str(one["type"])), [str(one["type"]), 0, 0, []])
            entry[1 if one["move"] == OUT else 2] += int(one["count"])
            if step.fasteners_note and step.fasteners_note not in entry[3]:
                entry[3].append(step.fasteners_note)
    found = [Balance(name, out, back, " ".join(why)) for name, out, back, why in seen.values()]
    return sorted(found, key=lambda one: (one.is_explained, one.still_out == 0))


def said_of(step: TeardownStep) -> StepSaid:
    """What a step's row says, in the form that ``change_step`` takes."""
    return StepSaid(
        title=step.title,
        direction=step.direction,
        lines=tuple(_line(one) for one in step.lines),
        tools=tuple(step.tools),
        fasteners=tuple(Fastener(o["type"], o["count"], o["move"]) for o in step.fasteners),
        fasteners_note=step.fasteners_note,
        minutes=step.minutes,
        risk_note=step.risk_note,
        reversible=step.reversible,
        blocks=tuple(sorted(step.blocks.values_list("pk", flat=True))),
        parts=tuple(sorted(step.parts.values_list("pk", flat=True))),
    )


def _line(one: Mapping[str, Any]) -> Line:
    return Line(str(one["text"]), str(one["bullet"]), int(one["level"]))
